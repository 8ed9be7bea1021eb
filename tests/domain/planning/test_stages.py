from fractions import Fraction

from app.domain.planning.ground import Ground, survey
from app.domain.planning.stages import goal_of, means_of, next_goal, stage_of
from tests.planner.small import Spec, pack, scorecard, sheet

NOTHING: frozenset[str] = frozenset()


def ground(*specs: Spec) -> Ground:
    return survey(sheet(), scorecard(s.score() for s in specs), pack(specs), NOTHING)


def test_a_stage_needs_its_gates_and_its_floors() -> None:
    low = ground(Spec("a", 1, gates={1: 2}), Spec("b", 1, dimension="e"))
    goal = goal_of(low, low.levels, 1)
    assert (goal.gates, goal.short, goal.is_met) == ({"a": 2}, {}, False)
    assert goal_of(low, {"a": 2, "b": 1}, 1).is_met


def test_levels_missing_to_a_floor_are_whole_and_enough() -> None:
    # Floor 1.75 of three questions is 5.25, so six levels; four are there.
    few = ground(Spec("a", 1), Spec("b", 1), Spec("c", 2))
    assert goal_of(few, few.levels, 2).short == {"d": 2}
    assert not goal_of(few, {"a": 1, "b": 2, "c": 2}, 2).is_met
    assert goal_of(few, {"a": 2, "b": 2, "c": 2}, 2).is_met


def test_a_mean_exactly_at_its_floor_is_enough() -> None:
    four = ground(*(Spec(q, level) for q, level in zip("abcd", (0, 1, 1, 1), strict=True)))
    assert stage_of(four, four.levels) == 1


def test_a_stage_stands_on_every_stage_below() -> None:
    gap = ground(Spec("a", 4, gates={1: 1}), Spec("b", 3, dimension="d", gates={1: 4}))
    assert stage_of(gap, gap.levels) == 0
    assert stage_of(gap, {"a": 4, "b": 4}) == 4
    assert next_goal(gap, {"a": 4, "b": 4}) is None


def test_a_dimension_without_an_applicable_question_fails_every_floor() -> None:
    empty = ground(Spec("a", 4), Spec("b", dimension="e", applies=False))
    assert goal_of(empty, empty.levels, 1).hopeless == ("e",)
    assert stage_of(empty, empty.levels) == 0
    assert means_of(empty, empty.levels) == {"d": Fraction(4), "e": None}
