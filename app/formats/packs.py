"""A questionnaire pack: a YAML or JSON file that is read into one frozen Questionnaire, or refused with every problem.

The digest is the SHA-256 of the content alone: key order, comments, line breaks, ``1`` or ``1.0``, and whether the
file is YAML or JSON make no difference to it.
"""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from pydantic import BaseModel, ValidationError

from app.domain.questionnaire import (
    Belief,
    Citation,
    Claim,
    ContextChoice,
    ContextQuestion,
    Gate,
    Myth,
    MythLink,
    Named,
    Question,
    Questionnaire,
    Reference,
    Role,
    Rules,
    Source,
    Stage,
    Step,
)
from app.formats import pack_schema as schema
from app.formats.pack_checks import check_extremes, check_size, check_structure
from app.formats.pack_ids import check_ids
from app.formats.pack_outline import outline
from app.formats.pack_scoring import Part, Scoring
from app.formats.pack_words import in_words
from app.formats.places import PACK_BYTES, Document, read_document
from app.formats.problems import Problems
from app.formats.shapes import said

FORMAT = "mythmark/questionnaire@1"


def load_questionnaire(data: bytes, name: str) -> Questionnaire:
    """Read a pack; ``name`` is what problems call the file. Raises Problems with every problem there is."""
    document = read_document(data, name, PACK_BYTES)
    hopeless = [*_other_kind(document.data), *check_size(document.data)]
    if hopeless:
        raise Problems(document.problems(hopeless))
    pack, found = _validate(document)
    readable = outline(document.data)
    found.extend(chain(check_ids(readable), check_structure(readable)))
    if pack is None or found:
        raise Problems(document.problems(found))
    questionnaire = _questionnaire(pack, digest(document.data))
    found.extend(check_extremes(questionnaire))
    if found:
        raise Problems(document.problems(found))
    return questionnaire


def _other_kind(data: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """One word on a file that never was a pack, instead of every key that it lacks."""
    if not isinstance(data, dict):
        yield (), f"a questionnaire pack is a mapping that begins with format: {FORMAT}"
        return
    form = data.get("format", FORMAT)
    if not isinstance(form, str) or form.partition("@")[0] != FORMAT.partition("@")[0]:
        yield ("format",), f"this is not a questionnaire pack: the format is {said(form)}; write {FORMAT}"


def _validate(document: Document) -> tuple[schema.Pack | None, list[tuple[tuple[str | int, ...], str]]]:
    try:
        return schema.Pack.model_validate(document.data), []
    except ValidationError as error:
        return None, list(in_words(error.errors(include_url=False, include_input=False), _keys()))


def _keys(part: type[BaseModel] = Part) -> Iterator[str]:
    """Every key of every part of a pack."""
    yield from (field.alias or name for name, field in part.model_fields.items())
    for below in part.__subclasses__():
        yield from _keys(below)


def digest(content: object) -> str:
    """SHA-256 of the canonical JSON of plain data, as 64 hexadecimal digits."""
    text = json.dumps(_canonical(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: object) -> object:
    """Plain data without keys that say nothing, numbers in one spelling only."""
    if isinstance(value, dict):
        return {key: _canonical(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_canonical(part) for part in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else {"number": f"{value.normalize():f}"}
    return value


def _questionnaire(pack: schema.Pack, content_digest: str) -> Questionnaire:
    order = {myth.id: number for number, myth in enumerate(pack.myths)}
    names = pack.level_names
    return Questionnaire(
        id=pack.id,
        version=pack.version,
        digest=content_digest,
        title=pack.title,
        answer_rule=pack.answer_rule,
        glossary=tuple((entry.term, entry.meaning) for entry in pack.glossary),
        dimensions=tuple(Named(d.id, d.name) for d in pack.dimensions),
        families=tuple(Named(f.id, f.name) for f in pack.families),
        roles=tuple(Role(r.id, r.name, r.family) for r in pack.roles),
        level_names=(names[0], names[1], names[2], names[3], names[4]),
        stages=tuple(Stage(s.stage, s.name, s.summary) for s in pack.stages),
        rules=_rules(pack.scoring),
        context=tuple(_context(entry) for entry in pack.context),
        references=tuple(Reference(r.id, r.title, r.url, r.verification) for r in pack.references),
        sources=tuple(Source(s.id, s.kind, s.stance) for s in pack.sources),
        claims=tuple(
            Claim(c.id, c.source, c.number, c.claim, c.reality, tuple(c.canonical), c.primary) for c in pack.claims
        ),
        myths=tuple(_myth(entry) for entry in pack.myths),
        beliefs=tuple(Belief(b.id, b.rev, b.myth, b.keyed, b.text) for b in pack.beliefs),
        pulse=tuple(pack.pulse),
        questions=tuple(_question(entry, order) for entry in pack.questions),
    )


def _context(entry: schema.ContextEntry) -> ContextQuestion:
    choices = (
        ContextChoice(c.value, c.label, tuple(c.not_applicable), c.overlay, c.ends_assessment) for c in entry.choices
    )
    return ContextQuestion(entry.id, entry.text, entry.kind, tuple(choices))


def _myth(entry: schema.MythEntry) -> Myth:
    return Myth(
        id=entry.id,
        name=entry.name,
        short=entry.short,
        statement=entry.statement,
        reality=entry.reality,
        dimensions=tuple(entry.dimensions),
        covers=tuple(entry.covers),
        symptoms=tuple(entry.symptoms),
        cost_risk=entry.cost_risk,
        neutral_treatment=entry.neutral_treatment,
    )


def _question(entry: schema.QuestionEntry, order: dict[str, int]) -> Question:
    """One question; what the file writes as a mapping is put in order, because a mapping has none."""
    weights = sorted(entry.myths.items(), key=lambda item: order[item[0]])
    anchors = entry.anchors
    return Question(
        id=entry.id,
        rev=entry.rev,
        overlay=entry.overlay,
        dimension=entry.dimension,
        capability=entry.capability,
        text=entry.text,
        ladder=entry.ladder,
        anchors=(anchors.level_0, anchors.level_1, anchors.level_2, anchors.level_3, anchors.level_4),
        evidence=tuple(entry.evidence),
        myths=tuple(MythLink(myth, 1 if weight > 0 else -1, abs(weight)) for myth, weight in weights),
        best_roles=tuple(entry.best_roles),
        citations=tuple(Citation(c.reference, c.locator) for c in entry.citations),
        gates=tuple(Gate(int(stage), level) for stage, level in sorted(entry.gates.items())),
        na_allowed=entry.na_condition is not None,
        na_condition=entry.na_condition,
        answer_note=entry.answer_note,
        steps=tuple(_step(entry.id, step) for step in sorted(entry.steps, key=lambda step: step.id)),
    )


def _step(question: str, entry: schema.StepEntry) -> Step:
    return Step(
        id=entry.id,
        question=question,
        to_level=int(entry.id[-1]),
        title=entry.title,
        what=entry.what,
        days=entry.days,
        prerequisites=tuple(entry.prerequisites),
        benefit=entry.benefit,
        who=entry.who,
    )


def _rules(scoring: Scoring) -> Rules:
    myths, agreement, roadmap = scoring.myths, scoring.agreement, scoring.roadmap
    points, floors, caps = roadmap.points, scoring.floors, scoring.evidence_caps
    return Rules(
        best_role_weight=scoring.role_weights.best,
        other_role_weight=scoring.role_weights.other,
        evidence_caps=(caps.E0, caps.E1, caps.E2),
        floors=(floors["1"], floors["2"], floors["3"], floors["4"]),
        coverage_min=scoring.publication.coverage_min,
        questions_min=scoring.publication.questions_min,
        na_share_max=scoring.publication.na_share_max,
        ad_max=agreement.ad_max,
        rwg_null_variance=agreement.rwg_null_variance,
        family_gap=agreement.family_gap,
        myth_weight_share_min=myths.weight_share_min,
        myth_positive_min=myths.positive_min,
        belief_respondents_min=myths.respondents_min,
        debunked_from=myths.debunked_from,
        believed_below=myths.believed_below,
        belief_split=myths.belief_split,
        provisional_below=myths.provisional_below,
        k_behaviour=scoring.anonymity.k_behaviour,
        k_belief=scoring.anonymity.k_belief,
        replicates=scoring.ranges.replicates,
        range_low=scoring.ranges.low,
        range_high=scoring.ranges.high,
        bootstrap_respondents_min=scoring.ranges.respondents_min,
        common_share_min=scoring.change.common_share_min,
        points_gate=points.gate,
        points_floor=points.floor,
        points_level=points.level,
        points_myth=points.myth,
        points_waiting=points.waiting,
        points_stage=points.stage,
        actions_per_quarter_max=roadmap.actions_per_quarter_max,
        capacity_reserve=roadmap.capacity_reserve,
        quick_win_days_max=roadmap.quick_win.days_max,
        quick_win_points_min=roadmap.quick_win.points_min,
    )
