"""The verdicts on the myths: what is done, what is said, and the gap between the two (measurement.md 4.7, 4.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from app.domain.questionnaire import MAX_LEVEL, Questionnaire, Rules
from app.domain.scorecard import VERDICT_OF, MythScore, QuestionScore
from app.domain.sheet import Cell, Sheet

#: How many of the myths that are said but not done the plan works on, by rank gap (measurement.md 5.0, rule 4).
FOCUS_SAID_NOT_DONE = 3


@dataclass(frozen=True, slots=True)
class Behaviour:
    """B with what it rests on: answered weight over all weight, and how many + questions were answered."""

    index: Fraction | None
    evidence_share: Fraction
    positive: int

    def suffices(self, rules: Rules) -> bool:
        """The evidence rule of 4.7."""
        return self.evidence_share >= rules.myth_weight_share_min and self.positive >= rules.myth_positive_min


def behaviour(myth: str, levels: Mapping[str, int | None], questionnaire: Questionnaire) -> Behaviour:
    """B over the supported levels; unknown and inapplicable questions count nowhere but in the evidence share."""
    total = answered = weighted = Fraction(0)
    positive = 0
    for question, link in questionnaire.links_to(myth):
        total += link.weight
        level = levels.get(question.id)
        if level is None:
            continue
        share = Fraction(level, MAX_LEVEL)
        answered += link.weight
        weighted += link.weight * (share if link.polarity > 0 else 1 - share)
        positive += link.polarity > 0
    return Behaviour(
        index=weighted / answered if answered else None,
        evidence_share=answered / total if total else Fraction(0),
        positive=positive,
    )


def cell_of(done: Fraction | None, said: Fraction | None, *, enough: bool, rules: Rules) -> Cell:
    """The cell of the verdict table; ``said`` None means beliefs are missing."""
    if not enough or done is None:
        return "not-enough-evidence"
    if said is None:
        return "behaviour-only"
    agreed_with = said < rules.belief_split
    if done >= rules.debunked_from:
        return "done-not-believed" if agreed_with else "debunked"
    if done >= rules.believed_below:
        return "contested" if agreed_with else "in-transition"
    return "believed" if agreed_with else "said-not-done"


def judge_myths(
    scores: Mapping[str, QuestionScore], sheet: Sheet, questionnaire: Questionnaire
) -> dict[str, MythScore]:
    """Every myth of the questionnaire, in its order."""
    levels = {qid: score.supported for qid, score in scores.items()}
    judged = {m.id: _judge(m.id, levels, sheet, questionnaire) for m in questionnaire.myths}
    gaps = rank_gaps({m: (score.behaviour, score.belief) for m, score in judged.items()})
    ranked = {m: replace(score, rank_gap=gaps.get(m)) for m, score in judged.items()}
    focus = in_focus(ranked)
    return {m: replace(score, in_focus=m in focus) for m, score in ranked.items()}


def _judge(myth: str, levels: Mapping[str, int | None], sheet: Sheet, questionnaire: Questionnaire) -> MythScore:
    rules = questionnaire.rules
    done = behaviour(myth, levels, questionnaire)
    said = sheet.beliefs[myth]
    cell = cell_of(done.index, said.index, enough=done.suffices(rules), rules=rules)
    verdict = VERDICT_OF.get(cell)
    if verdict is None:  # behaviour alone can debunk; anything less lingers
        verdict = "debunked" if done.index is not None and done.index >= rules.debunked_from else "lingering"
    provisional = None if sheet.ranges.provisional is None else myth in sheet.ranges.provisional
    whys = (
        "too few of its questions are answered" if cell == "not-enough-evidence" else None,
        said.reason,
        sheet.ranges.reasons.get("provisional"),
    )
    return MythScore(
        id=myth,
        behaviour=done.index,
        belief=said.index,
        evidence_share=done.evidence_share,
        verdict=verdict,
        cell=cell,
        rank_gap=None,
        undecided=said.undecided,
        provisional=provisional,
        in_focus=False,
        questions=tuple(q.id for q, _ in questionnaire.links_to(myth)),
        beliefs=tuple(b.id for b in questionnaire.beliefs_about(myth)),
        why="; ".join(why for why in whys if why) or None,
    )


def rank_gaps(indices: Mapping[str, tuple[Fraction | None, Fraction | None]]) -> dict[str, int]:
    """Rank of B minus rank of S over the myths that have both; rank 1 is the largest, ties by myth id."""
    both = {m: (done, said) for m, (done, said) in indices.items() if done is not None and said is not None}
    by_done = sorted(both, key=lambda m: (-both[m][0], m))
    by_said = sorted(both, key=lambda m: (-both[m][1], m))
    said_rank = {m: rank for rank, m in enumerate(by_said)}
    return {m: rank - said_rank[m] for rank, m in enumerate(by_done)}


def in_focus(myths: Mapping[str, MythScore]) -> frozenset[str]:
    """Every believed myth, and of those said but not done the three with the largest rank gap, ties by id."""
    believed = {m for m, score in myths.items() if score.cell == "believed"}
    said = [m for m, score in myths.items() if score.cell == "said-not-done"]
    said.sort(key=lambda m: (-(myths[m].rank_gap or 0), m))
    return frozenset(believed.union(said[:FOCUS_SAID_NOT_DONE]))
