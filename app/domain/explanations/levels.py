"""Levels of questions and means of dimensions, explained (measurement.md 4.1 to 4.3)."""

from collections.abc import Iterable
from fractions import Fraction

from app.domain.explain import Explanation, Term
from app.domain.questionnaire import MAX_LEVEL, Question
from app.domain.report import wording as w
from app.domain.result import Result
from app.domain.scorecard import DimensionScore, QuestionScore


def explain_levels(result: Result) -> tuple[Explanation, ...]:
    """For each question with a level: the claimed level, and the supported level after the evidence cap."""
    card = result.scorecard
    found: list[Explanation] = []
    for question in result.questionnaire.questions:
        score = card.questions.get(question.id) or card.overlay.get(question.id)
        if score and score.claimed is not None and score.supported is not None:
            found.append(_claimed(result, question, score))
            found.append(_supported(result, question, score))
    return tuple(found)


def _claimed(result: Result, question: Question, score: QuestionScore) -> Explanation:
    facts = score.facts
    weights = facts.weights if facts.origin in ("votes", "hands") else None
    terms = tuple(Term(f"votes for level {n}", Fraction(n), weight) for n, weight in enumerate(weights or ()) if weight)
    return Explanation(
        key=f"questions.{question.id}.claimed",
        title=f"{question.capability}: level {score.claimed}",
        value=Fraction(score.claimed or 0),
        arithmetic="lower median" if terms else "",
        terms=terms,
        text=_origin(result, score),
        rule="4.1",
    )


def _origin(result: Result, score: QuestionScore) -> tuple[str, ...]:
    """Where a level comes from, in sentences."""
    facts = score.facts
    if facts.origin == "agreed":
        said = [f"The room agreed on level {score.claimed}."]
        if facts.differs_from_votes:
            said.append("The votes alone would give a level that is two away or more.")
    else:
        rule = "the smallest level at which the answers up to it carry at least half of all weight"
        said = [f"{'A show of hands' if facts.origin == 'hands' else 'The votes'} decided: {rule}."]
        said.append(
            "Each role has a fixed voice, shared by its members; a role that is not best placed has half of one."
        )
        if result.sheet.anonymity == "anonymous":
            said.append("The single answers are anonymous, so the explanation starts at the level.")
    if facts.origin == "agreed" and facts.respondents == "0":
        return tuple(said)
    return (*said, w.answers(facts.respondents))


def _supported(result: Result, question: Question, score: QuestionScore) -> Explanation:
    grade = score.facts.evidence.grade
    cap = result.questionnaire.rules.evidence_caps[grade]
    why = ("No artefact is named", "An artefact is named", "An artefact was seen by a second person")[grade]
    bites = (score.claimed or 0) > cap
    ending = f"so the claim of level {score.claimed} counts as {cap}." if bites else "so the claim counts in full."
    return Explanation(
        key=f"questions.{question.id}.supported",
        title=f"{question.capability}: level {score.supported} supported",
        value=Fraction(score.supported or 0),
        arithmetic="",
        terms=(
            Term("level claimed", Fraction(score.claimed or 0)),
            Term(f"at most, with E{int(grade)}", Fraction(cap)),
        ),
        text=(
            "The smaller of the two counts.",
            f"{why} (E{int(grade)}), which supports level {cap} at most, {ending}",
            *_origin(result, score),
        ),
        rule="4.2",
    )


def explain_dimensions(result: Result) -> tuple[Explanation, ...]:
    """For each dimension: the means of claimed and supported levels, the bounds; in a pulse the mean of the asked."""
    found: list[Explanation] = []
    for dimension in result.questionnaire.dimensions:
        asked = [
            (q, result.scorecard.questions[q.id])
            for q in result.questionnaire.core_of(dimension.id)
            if q.id in result.scorecard.questions
        ]
        found += _dimension(dimension.name, result.scorecard.dimensions[dimension.id], asked)
    return tuple(found)


def mean_of(levels: Iterable[int]) -> str:
    """``(1 + 0 + 2) / 3``."""
    parts = [str(level) for level in levels]
    return f"({' + '.join(parts)}) / {len(parts)}"


def _terms(pairs: Iterable[tuple[Question, QuestionScore]], *, claimed: bool) -> tuple[Term, ...]:
    levels = ((q, s.claimed if claimed else s.supported) for q, s in pairs)
    return tuple(Term(q.capability, Fraction(level)) for q, level in levels if level is not None)


def _dimension(name: str, score: DimensionScore, asked: list[tuple[Question, QuestionScore]]) -> list[Explanation]:
    supported = [s.supported for _, s in asked if s.supported is not None]
    if not supported:
        return []
    if score.pulse is not None:
        text = f"The mean of the {w.counted(len(supported), 'asked question')}, not of the dimension."
        title = f"{name}, asked questions: {w.level(score.pulse)}"
        key, arithmetic = f"dimensions.{score.id}.pulse", mean_of(supported)
        return [Explanation(key, title, score.pulse, arithmetic, _terms(asked, claimed=False), (text,), "4.12")]
    return [*_means(name, score, asked), *_bounds(name, score, asked)]


def _means(name: str, score: DimensionScore, asked: list[tuple[Question, QuestionScore]]) -> list[Explanation]:
    """The supported and the claimed mean; nothing where the dimension is not published."""
    if score.supported is None or score.claimed is None:
        return []
    supported = [s.supported for _, s in asked if s.supported is not None]
    claimed = [s.claimed for _, s in asked if s.claimed is not None]
    text = [f"{w.capital(w.counted(len(supported), 'level'))}, added and divided; every question counts the same."]
    if left_out := [q.capability for q, s in asked if not s.applies]:
        text.append(f"{w.capital(w.listed(left_out))} {w.agree(len(left_out), 'is', 'are')} left out: not applicable.")
    before = "The same mean over the claimed levels, before evidence limits them."
    return [
        Explanation(
            key=f"dimensions.{score.id}.supported",
            title=f"{name}: {w.level(score.supported)}",
            value=score.supported,
            arithmetic=mean_of(supported),
            terms=_terms(asked, claimed=False),
            text=tuple(text),
            rule="4.3",
        ),
        Explanation(
            key=f"dimensions.{score.id}.claimed",
            title=f"{name}, as claimed: {w.level(score.claimed)}",
            value=score.claimed,
            arithmetic=mean_of(claimed),
            terms=_terms(asked, claimed=True),
            text=(before,),
            rule="4.3",
        ),
    ]


def _bounds(name: str, score: DimensionScore, asked: list[tuple[Question, QuestionScore]]) -> list[Explanation]:
    """Whatever the unknown answers are, the mean lies between these; nothing where all are known."""
    unknown = [q.capability for q, s in asked if s.applies and s.supported is None]
    if not unknown or score.low is None or score.high is None:
        return []
    levels = [s.supported for _, s in asked if s.supported is not None]
    total, count, rest = " + ".join(map(str, levels)), len(levels) + len(unknown), len(unknown)
    said = "If every answer that is not known were 0, and if every one were 4: the truth lies between."
    text = (said, f"Not known: {w.listed(unknown)}.")
    terms = _terms(asked, claimed=False)
    ends = (
        ("low", "at least", score.low, f"({total}) / {count}"),
        ("high", "at most", score.high, f"({total} + {rest} * {MAX_LEVEL}) / {count}"),
    )
    return [
        Explanation(
            f"dimensions.{score.id}.{end}", f"{name}, {most} {w.level(value)}", value, arithmetic, terms, text, "4.3"
        )
        for end, most, value, arithmetic in ends
    ]
