"""Behaviour index, belief index and rank gap of each myth, explained (measurement.md 4.7, 4.8)."""

from fractions import Fraction

from app.domain.explain import Explanation, Term
from app.domain.questionnaire import MAX_LEVEL, MythLink, Question
from app.domain.report import wording as w
from app.domain.result import Result
from app.domain.scorecard import MythScore

_SCALE_TOP = 5


def explain_myths(result: Result) -> tuple[Explanation, ...]:
    """B, the share of weight answered, S and the rank gap of each myth; a pulse repeats numbers it did not measure."""
    myths = result.scorecard.myths
    if not myths or result.sheet.variant == "pulse":
        return ()
    found: list[Explanation] = []
    for myth in result.questionnaire.myths:
        score = myths[myth.id]
        found += [*_behaviour(result, myth.name, score), *_belief(result, myth.name, score)]
        found += _rank_gap(myths, myth.name, score)
    return tuple(found)


def gain(link: MythLink, level: int) -> Fraction:
    """What one question adds: its weight times how far its level speaks against the myth."""
    share = Fraction(level, MAX_LEVEL)
    return link.weight * (share if link.polarity > 0 else 1 - share)


def known_links(result: Result, myth: str) -> list[tuple[Question, MythLink, int]]:
    """The questions of a myth that have a supported level, in the order of the pack."""
    found = []
    for question, link in result.questionnaire.links_to(myth):
        score = result.scorecard.questions.get(question.id)
        if score and score.supported is not None:
            found.append((question, link, score.supported))
    return found


def _behaviour(result: Result, name: str, score: MythScore) -> list[Explanation]:
    links = known_links(result, score.id)
    weights = " + ".join(w.exact(link.weight) for _, link, _ in links)
    total = " + ".join(w.exact(link.weight) for _, link in result.questionnaire.links_to(score.id))
    found: list[Explanation] = []
    if score.behaviour is not None and links:
        parts = (
            f"{w.exact(link.weight)} * "
            + (f"{level} / {MAX_LEVEL}" if link.polarity > 0 else f"(1 - {level} / {MAX_LEVEL})")
            for _, link, level in links
        )
        text = ["Each level is divided by four, weighted and added; the sum is divided by the weights."]
        if any(link.polarity < 0 for _, link, _ in links):
            text.append("A question with a minus counts the other way round: one less a quarter of its level.")
        found.append(
            Explanation(
                f"myths.{score.id}.behaviour",
                f"{name}, what you do: {w.percent(score.behaviour)} of 100",
                score.behaviour,
                f"({' + '.join(parts)}) / ({weights})",
                tuple(Term(q.capability, Fraction(level), link.weight * link.polarity) for q, link, level in links),
                tuple(text),
                "4.7",
            )
        )
    share = Explanation(
        f"myths.{score.id}.evidence_share",
        f"{name}, weight answered: {w.percent(score.evidence_share)} of 100",
        score.evidence_share,
        f"({weights or '0'}) / ({total})",
        (),
        ("The weight of the questions that have a level, divided by the weight of all its questions.",),
        "4.7",
    )
    return [*found, share]


def _belief(result: Result, name: str, score: MythScore) -> list[Explanation]:
    if score.belief is None:
        return []
    facts = result.sheet.beliefs.get(score.id)
    counts = facts.counts if facts else {}
    parts: list[str] = []
    terms: list[Term] = []
    for belief in result.questionnaire.beliefs_about(score.id):
        for value, count in enumerate(counts.get(belief.id, ()), start=1):
            if count:
                against = f"({_SCALE_TOP} - {value})" if belief.keyed == "myth" else f"({value} - 1)"
                parts.append(f"{count} * {against} / {MAX_LEVEL}")
                terms.append(Term(f"{belief.id}, answer {value}", Fraction(value), Fraction(count)))
    given = sum(sum(counts.get(b.id, ())) for b in result.questionnaire.beliefs_about(score.id))
    text = [
        (
            "The mean over all opinions, from 0 (full agreement with the myth) to 100 (full disagreement); "
            "a statement of the documented reality counts the other way round."
        )
    ]
    if result.sheet.anonymity == "anonymous":
        text.append("Opinions are anonymous, so the explanation starts at this number.")
    arithmetic = f"({' + '.join(parts)}) / {given}" if parts else ""
    return [
        Explanation(
            f"myths.{score.id}.belief",
            f"{name}, in words: {w.percent(score.belief)} of 100",
            score.belief,
            arithmetic,
            tuple(terms),
            tuple(text),
            "4.7",
        )
    ]


def _rank_gap(myths: dict[str, MythScore], name: str, score: MythScore) -> list[Explanation]:
    if score.rank_gap is None or score.behaviour is None or score.belief is None:
        return []
    both = [m for m in myths.values() if m.behaviour is not None and m.belief is not None]
    by_deed = [m.id for m in sorted(both, key=lambda m: (-(m.behaviour or 0), m.id))].index(score.id) + 1
    by_word = [m.id for m in sorted(both, key=lambda m: (-(m.belief or 0), m.id))].index(score.id) + 1
    return [
        Explanation(
            f"myths.{score.id}.rank_gap",
            f"{name}: rank gap {w.signed(score.rank_gap, 0)}",
            Fraction(score.rank_gap),
            f"{by_deed} - {by_word}",
            (Term("place by what you do", Fraction(by_deed)), Term("place by words", Fraction(by_word))),
            (("The place among your myths by practice, less the place by words; place one is the largest value."),),
            "4.8",
        )
    ]
