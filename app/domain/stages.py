"""The stage: gates, floors and the weakest link; what blocks the next one, and what one answer could change (4.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from app.domain.dimensions import Tally, tally
from app.domain.questionnaire import LEVELS, Questionnaire
from app.domain.scorecard import Blocker, Counterfactual, QuestionScore

LAST_STAGE = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """One question as gates see it. ``level`` None is unknown."""

    level: int | None
    applies: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class Position:
    """All core questions as gates and floors see them; means are None where a dimension may not be published."""

    standings: Mapping[str, Standing]
    means: Mapping[str, Fraction | None]


def supported_position(scores: Mapping[str, QuestionScore], questionnaire: Questionnaire) -> Position:
    """The position by supported levels."""
    return _position(scores, questionnaire, lambda s: s.supported, lambda t: t.supported)


def claimed_position(scores: Mapping[str, QuestionScore], questionnaire: Questionnaire) -> Position:
    """The position by claimed levels; contested questions open no gate here either (4.14)."""
    return _position(scores, questionnaire, lambda s: s.claimed, lambda t: t.claimed)


def _position(
    scores: Mapping[str, QuestionScore],
    questionnaire: Questionnaire,
    level: Callable[[QuestionScore], int | None],
    total: Callable[[Tally], int],
) -> Position:
    standings = {
        qid: Standing(level(score), score.applies, score.facts.contested)
        for qid, score in scores.items()
        if questionnaire.by_id[qid].is_core
    }
    means: dict[str, Fraction | None] = {}
    for dimension in questionnaire.dimensions:
        found = tally(scores, questionnaire.core_of(dimension.id))
        publish = found.may_be_published(questionnaire.rules)
        means[dimension.id] = Fraction(total(found), found.answered) if publish else None
    return Position(standings, means)


def blockers(position: Position, stage: int, questionnaire: Questionnaire) -> tuple[Blocker, ...]:
    """What a stage asks that does not hold: gates first by id, then floors in the order of the dimensions."""
    gates = (_closed_gate(position.standings.get(q), q, need) for q, need in questionnaire.gates(stage))
    floor = questionnaire.rules.floors[stage - 1]
    floors = (_missed_floor(position.means[d.id], d.id, floor) for d in questionnaire.dimensions)
    return tuple(b for b in (*gates, *floors) if b is not None)


def _closed_gate(standing: Standing | None, question: str, need: int) -> Blocker | None:
    if standing is None or standing.level is None:
        waived = standing is not None and not standing.applies
        return None if waived else Blocker("gate", question, None, Fraction(need), "unknown")
    have = Fraction(standing.level)
    if have < need:
        return Blocker("gate", question, have, Fraction(need), "below")
    return Blocker("gate", question, have, Fraction(need), "contested") if standing.contested else None


def _missed_floor(have: Fraction | None, dimension: str, floor: Fraction) -> Blocker | None:
    if have is None:
        return Blocker("floor", dimension, None, floor, "not published")
    return Blocker("floor", dimension, have, floor, "below") if have < floor else None


def stage_of(position: Position, questionnaire: Questionnaire) -> int:
    """The largest stage whose gates and floors hold, and those of every stage below it."""
    reached = 0
    while reached < LAST_STAGE and not blockers(position, reached + 1, questionnaire):
        reached += 1
    return reached


def counterfactual(scores: Mapping[str, QuestionScore], questionnaire: Questionnaire) -> Counterfactual | None:
    """The question whose smallest change raises the supported stage: fewest levels, then id (4.14)."""
    position = supported_position(scores, questionnaire)
    today = stage_of(position, questionnaire)
    if today == LAST_STAGE:
        return None
    # One answer moves its own gate and its own dimension's floor: with anything else in the way it need not be tried.
    in_the_way = {blocker.of for blocker in blockers(position, today + 1, questionnaire)}
    found: list[tuple[int, str, Counterfactual]] = []
    for qid, score in scores.items():
        question = questionnaire.by_id[qid]
        if not (score.applies and question.is_core) or in_the_way - {qid, question.dimension}:
            continue
        start = score.supported or 0
        may_settle = score.supported is None or score.facts.contested
        for level in LEVELS[start if may_settle else start + 1 :]:
            position = supported_position({**scores, qid: _settled_at(score, level)}, questionnaire)
            if not blockers(position, today + 1, questionnaire):
                stage = stage_of(position, questionnaire)
                found.append((level - start, qid, Counterfactual(qid, score.supported, level, stage)))
                break
    return min(found, key=lambda f: f[:2])[2] if found else None


def _settled_at(score: QuestionScore, level: int) -> QuestionScore:
    facts = replace(score.facts, status="level", contested=False)
    return QuestionScore(facts, max(level, score.claimed or 0), level)
