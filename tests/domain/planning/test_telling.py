from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.planning.ground import survey
from app.domain.planning.opening import Opening, open_quarter
from app.domain.planning.telling import order_of_work, tell_quarter, unlocked_by
from tests.planner.small import Spec, pack, scorecard, sheet

SPECS = (
    Spec("a", 0, days=(2, 4, 1, 1), needs={2: ("z@1",)}, gates={1: 2}),
    Spec("b", 1, days=(1, 1, 1, 1), needs={2: ("a@2", "c@2")}),
    Spec("c", None, days=(3, 4, 1, 1)),
    Spec("z", 0, days=(2, 1, 1, 1), in_focus=True),
)


@pytest.fixture
def opening() -> Opening:
    ground = survey(sheet(), scorecard(s.score() for s in SPECS), pack(SPECS), frozenset())
    return open_quarter(ground, ground.levels, {})


def test_prerequisites_come_first_then_gates_then_points_per_day_then_id(opening: Opening) -> None:
    # The gate a@2 waits for z@1; z@1 (3 points in 2 days) beats c@1 (2 in 3), then a@2 goes before z@2 (3 in 1).
    chosen = {"c@1", "z@1", "a@1", "a@2", "z@2"}
    assert order_of_work(opening, chosen) == ("a@1", "z@1", "a@2", "z@2", "c@1")


def test_equal_urgency_is_ordered_by_id() -> None:
    specs = (Spec("b"), Spec("a"))
    ground = survey(sheet(), scorecard(s.score() for s in specs), pack(specs), frozenset())
    assert order_of_work(open_quarter(ground, ground.levels, {}), {"b@1", "a@1"}) == ("a@1", "b@1")


def test_a_step_unlocks_what_can_begin_at_the_quarters_end(opening: Opening) -> None:
    unlocks = unlocked_by(opening, frozenset({"a@1", "a@2", "z@1", "c@1"}))
    # b@2 still lacks c@2; a@2 is unlocked by both that it needs, though it is done in the same quarter.
    assert unlocks == {"a@1": ("a@2",), "a@2": ("a@3",), "c@1": ("c@2",), "z@1": ("a@2", "z@2")}


def test_what_a_quarter_says_of_each_action(opening: Opening) -> None:
    quarter = tell_quarter(opening, frozenset({"z@1", "a@1", "c@1"}), 2)
    first, second, third = quarter.actions
    assert (first.id, first.points, first.quick_win, first.clarify) == ("a@1", 6, True, False)
    assert (second.id, second.points, second.quick_win) == ("z@1", 3, True)
    assert (third.id, third.points, third.quick_win, third.clarify) == ("c@1", 2, False, True)
    assert (first.title, first.backlog, first.kind, first.needs) == ("Raise a", "team", "build", ())
    assert (quarter.number, quarter.points, quarter.days) == (2, 11, 7)


def test_a_quick_win_is_short_worthwhile_and_can_begin_at_once(opening: Opening) -> None:
    chosen = frozenset({"a@1", "a@2", "z@1", "z@2"})
    quick = {a.id: a.quick_win for a in tell_quarter(opening, chosen, 1).actions}
    assert quick == {"a@1": True, "a@2": False, "z@1": True, "z@2": False}


def test_the_quarters_end_is_projected(opening: Opening) -> None:
    quarter = tell_quarter(opening, frozenset({"a@1", "a@2", "z@1"}), 1)
    assert quarter.dimensions == {"d": Fraction(1)}
    assert (quarter.stage_before, quarter.stage_after) == (0, 1)
    assert quarter.points == 6 + 6 + 3 + 10


def test_nothing_chosen_is_an_empty_quarter(opening: Opening) -> None:
    quarter = tell_quarter(opening, frozenset(), 4)
    assert (quarter.actions, quarter.points, quarter.days, quarter.stage_after) == ((), 0, 0, 0)


def test_the_backlog_is_that_of_the_pack(opening: Opening) -> None:
    led = replace(opening.candidates["a@1"], step=replace(opening.candidates["a@1"].step, who="leadership"))
    told = replace(opening, candidates={**opening.candidates, "a@1": led})
    assert tell_quarter(told, frozenset({"a@1"}), 1).actions[0].backlog == "leadership"
