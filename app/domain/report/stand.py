"""Where we stand: the radar, the capability heat map, and each dimension with its questions."""

from app.domain.answers import Evidence
from app.domain.questionnaire import Question
from app.domain.report import wording as w
from app.domain.report.heat import heat
from app.domain.report.pages import DimensionBlock, QuestionRow, Stand
from app.domain.report.radar import radar
from app.domain.report.reading import Reading
from app.domain.scorecard import QuestionScore

_DEFINED = 2


def stand(reading: Reading) -> Stand:
    """The section on where the team stands."""
    blocks = tuple(b for d in reading.questionnaire.dimensions if (b := _dimension(reading, d.id, d.name)).rows)
    return Stand(
        headline=headline(reading),
        radar=radar(reading),
        heat=heat(reading),
        dimensions=blocks,
        overlay=_overlay(reading),
    )


def headline(reading: Reading) -> str:
    """The finding over the section: furthest along and least far, as far as it may be said."""
    if reading.sheet.no_live_model:
        return "Nothing is scored before the first model is live"
    shown = reading.published
    if reading.is_pulse:
        known, asked = len(reading.levels), len(reading.scored)
        return (
            "Every asked question has a level"
            if known == asked
            else f"{w.capital(w.of(known, asked))} asked questions {'has' if known <= 1 else 'have'} a level"
        )
    if not shown:
        return "Too few answers to show a dimension"
    best, worst = max(shown.values()), min(shown.values())
    hidden = len(reading.questionnaire.dimensions) - len(shown)
    ending = f"; {w.number(hidden)} more {w.agree(hidden, 'has', 'have')} too few answers" if hidden else ""
    if len(shown) == 1:
        return f"{reading.dimension(next(iter(shown)))} stands at {w.level(best)}{ending}"
    if w.level(best) == w.level(worst):
        which = "Both" if len(shown) == 2 else f"All {w.number(len(shown))}"
        return (
            f"{which} dimensions that can be shown stand at {w.level(best)}" + ending
            if hidden
            else f"All dimensions stand at {w.level(best)}"
        )
    top = w.listed(reading.within(key) for key, value in shown.items() if value == best)
    low = w.listed(reading.within(key) for key, value in shown.items() if value == worst)
    verb = w.agree(sum(value == best for value in shown.values()), "is", "are")
    return f"{w.capital(top)} {verb} furthest along at {w.level(best)}, {low} least at {w.level(worst)}{ending}"


def _dimension(reading: Reading, dimension: str, name: str) -> DimensionBlock:
    asked = [(q, s) for q, s in reading.scored if q.dimension == dimension]
    return DimensionBlock(
        id=dimension,
        name=name,
        finding=_finding(reading, asked),
        rows=tuple(_row(reading, q, s) for q, s in asked),
        why=reading.why(f"dimensions.{dimension}.*"),
    )


def _finding(reading: Reading, asked: list[tuple[Question, QuestionScore]]) -> str:
    known = [s.supported for _, s in asked if s.supported is not None]
    if not known:
        return "No question here has a level yet"
    reach = sum(level >= _DEFINED for level in known)
    blocking = {b.of for b in reading.gates} & {q.id for q, _ in asked}
    verb = "is" if reach <= 1 else "are"
    if reach == len(known):
        said = "The one answered capability is" if reach == 1 else f"All {w.number(reach)} answered capabilities are"
    else:
        said = f"{w.capital(w.of(reach, len(known)))} answered capabilities {verb}"
    gates = f"; {w.counted(len(blocking), 'gate')} {w.agree(len(blocking), 'is', 'are')} open" if blocking else ""
    return f"{said} at level 2 or above{gates}"


def evidence_lines(evidence: Evidence) -> tuple[str, ...]:
    """Each artefact: title, place, date, and who saw it."""
    lines = []
    for item in evidence.items:
        details = [
            item.place or "",
            w.date(item.date) if item.date else "",
            f"seen by {item.seen_by}" if item.seen_by else "",
        ]
        rest = ", ".join(d for d in details if d)
        lines.append(f"{item.title} ({rest})" if rest else item.title)
    return tuple(lines)


def level_of(score: QuestionScore) -> str:
    """The supported level, or why there is none."""
    if score.supported is not None:
        return str(score.supported)
    return "does not apply" if score.facts.status == "na" else "not known"


def _row(reading: Reading, question: Question, score: QuestionScore) -> QuestionRow:
    facts = score.facts
    graded = score.supported is not None
    above = graded and score.claimed is not None and score.claimed > (score.supported or 0)
    shown = "; ".join(evidence_lines(facts.evidence))
    grade = int(facts.evidence.grade)
    evidence = "" if not graded else f"E{grade}: {shown}" if shown else f"E{grade}" if grade else "none named"
    why = reading.why(f"questions.{question.id}.supported")
    return QuestionRow(
        id=question.id,
        capability=question.capability,
        level=level_of(score),
        claimed=str(score.claimed) if above else "",
        evidence=evidence,
        note=note(score),
        flags=_flags(reading, question, score),
        why=why[0] if why else None,
    )


def note(score: QuestionScore) -> str:
    """What the room noted, or why the question has no level."""
    facts = score.facts
    return "; ".join(
        dict.fromkeys(text for text in (facts.note, facts.reason if score.supported is None else None) if text)
    )


def _flags(reading: Reading, question: Question, score: QuestionScore) -> tuple[str, ...]:
    facts, stage = score.facts, reading.stage
    graded = score.supported is not None
    gate = any(b.of == question.id for b in reading.gates)
    flags = (
        (gate, f"open gate of stage {stage.next}" if stage and not reading.is_pulse else "open gate"),
        (facts.contested, "contested"),
        (facts.votes_apart and facts.origin == "agreed", "votes were apart"),
        (facts.differs_from_votes, "differs from the votes"),
        (facts.single_source and graded, "single source"),
        (facts.visibility_gap, "visibility gap"),
        (bool(stage and question.id in stage.withdrawn), "gate has fallen"),
    )
    return tuple(text for holds, text in flags if holds)


def _overlay(reading: Reading) -> DimensionBlock | None:
    asked = [(q, reading.card.overlay[q.id]) for q in reading.questionnaire.questions if q.id in reading.card.overlay]
    if not asked:
        return None
    mean = reading.card.overlay_mean
    finding = "None of these questions has a level yet"
    if mean is not None:
        finding = f"The overlay stands at {w.level(mean)}; it enters no dimension, gate, myth or plan"
    name = w.capital(w.listed(o.replace("_", " ").replace("-", " ") for o in reading.sheet.overlays) or "overlay")
    return DimensionBlock(
        "overlay",
        f"{name} systems" if name.lower() == "generative" else name,
        finding,
        tuple(_row(reading, q, s) for q, s in asked),
        (),
    )
