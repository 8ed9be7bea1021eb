"""The appendix: every question in full, the method, every explanation, the sources, the limits, the provenance."""

from app import __version__
from app.domain.questionnaire import Question
from app.domain.report import wording as w
from app.domain.report.limits import limits
from app.domain.report.method import method
from app.domain.report.pages import Appendix, AppendixQuestion, MethodSection, ReferenceEntry, Table
from app.domain.report.reading import Reading
from app.domain.report.stand import evidence_lines, level_of, note
from app.domain.scorecard import QuestionScore


def appendix(reading: Reading) -> Appendix:
    """Everything for the reader who checks."""
    pack = reading.questionnaire
    return Appendix(
        questions=_questions(reading),
        method=(*method(pack.rules), *_sources(reading)),
        explanations=reading.explanations,
        claims=_claims(reading),
        references=tuple(
            ReferenceEntry(f"[{n}] {r.title}", r.url, w.sentence(r.verification))
            for n, r in enumerate(pack.references, start=1)
        ),
        limits=limits(),
        provenance=_provenance(reading),
    )


def _questions(reading: Reading) -> tuple[tuple[str, tuple[AppendixQuestion, ...]], ...]:
    groups = []
    for dimension in reading.questionnaire.dimensions:
        asked = tuple(_question(reading, q, s) for q, s in reading.scored if q.dimension == dimension.id)
        if asked:
            groups.append((dimension.name, asked))
    extra = tuple(
        _question(reading, q, reading.card.overlay[q.id])
        for q in reading.questionnaire.questions
        if q.id in reading.card.overlay
    )
    return (*groups, ("Overlay", extra)) if extra else tuple(groups)


def _question(reading: Reading, question: Question, score: QuestionScore) -> AppendixQuestion:
    claimed = score.claimed is not None and score.supported is not None and score.claimed > score.supported
    return AppendixQuestion(
        id=question.id,
        capability=question.capability,
        text=question.text,
        level=f"{level_of(score)} (claimed {score.claimed})" if claimed else level_of(score),
        anchor=reading.statement(question.id, score.supported) if score.supported is not None else "",
        evidence=evidence_lines(score.facts.evidence),
        note=note(score),
        citations=_citations(reading, question),
    )


def _citations(reading: Reading, question: Question) -> str:
    number = {r.id: n for n, r in enumerate(reading.questionnaire.references, start=1)}
    return "; ".join(
        f"[{number[c.reference]}] {c.locator}".strip() for c in question.citations if c.reference in number
    )


def _claims(reading: Reading) -> Table:
    """The documented claims in our words, with the myths they belong to."""
    pack = reading.questionnaire
    rows = tuple(
        (
            f"{reading.source_letters.get(claim.source, claim.source)}: {claim.number}",
            claim.claim,
            claim.reality,
            "; ".join(pack.myths_by_id[m].name for m in claim.canonical if m in pack.myths_by_id),
        )
        for claim in pack.claims
    )
    return Table("Claims in print, in our words", ("Where", "Claim", "Documented reality", "Myth"), rows, (False,) * 4)


def _sources(reading: Reading) -> tuple[MethodSection, ...]:
    """The documents in which the myths were found, with the stance to allow for."""
    lines = [
        f"{reading.source_letters[s.id]}: {s.kind}. To allow for: {w.sentence(s.stance)}"
        for s in reading.questionnaire.sources
    ]
    title = "The documents in which the myths were found"
    return (MethodSection(title, "4.7", " ".join(lines)),) if lines else ()


def _provenance(reading: Reading) -> tuple[tuple[str, str], ...]:
    sheet, pack = reading.sheet, reading.questionnaire
    terms = {
        "anonymous": "anonymous: counts are published, never a person's answer",
        "open": "open: who answered what is known to the team",
    }
    capacity = reading.roadmap.capacity_days
    entries = [
        ("Questionnaire", f"{pack.id} {pack.version}, {pack.title}" if pack.title else f"{pack.id} {pack.version}"),
        ("Digest of the questionnaire", pack.digest),
        ("Digest of the input", reading.result.input_digest),
        ("Program", f"Mythmark {__version__}"),
        ("Variant", "pulse" if reading.is_pulse else "full assessment"),
        ("Date", w.date(sheet.date)),
        ("Terms", terms[sheet.anonymity]),
        ("Answered by", w.people(sheet.respondents)),
        ("Live models in scope", w.listed(sheet.scope) or "not listed"),
        ("Capacity", "not stated" if capacity is None else f"{w.days(capacity)} a quarter"),
    ]
    return tuple((label, text) for label, text in entries if text)
