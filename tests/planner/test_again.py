"""A plan computed anew: optimal under the pins, with its price, and with a reason where a pin cannot be held."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.effort import effort_ratio, scaled_days
from app.planner.again import Again, Wish, plan_again
from tests.planner.reference import Enumeration, Found
from tests.planner.small import Spec, pack, scorecard, sheet
from tests.planner.strategies import Case, cases

SPECS = (Spec("a", 0, days=(2, 4, 6, 8), gates={1: 2}), Spec("b", 0, days=(3, 3, 3, 3)))
NONE: frozenset[str] = frozenset()


def again(case: Case, pins: frozenset[str] = NONE, drops: frozenset[str] = NONE) -> Again:
    made = plan_again(
        sheet(target_levels=case.targets),
        scorecard(s.score() for s in case.specs),
        pack(case.specs, case.rules),
        Wish(Decimal(case.capacity), pins, drops),
    )
    assert made is not None
    return made


def small(days: int, *pins: str, drops: frozenset[str] = NONE) -> Again:
    card = scorecard(s.score() for s in SPECS)
    made = plan_again(sheet(), card, pack(SPECS), Wish(Decimal(days), frozenset(pins), drops))
    assert made is not None
    return made


def found(made: Again) -> list[Found | None]:
    return [
        Found(sorted(a.id for a in q.actions), q.points, q.days, q.stage_before, q.stage_after) for q in made.quarters
    ]


@settings(max_examples=40, deadline=None)
@given(cases(candidates_max=9), st.data())
def test_it_is_the_best_plan_that_holds_the_pins_and_leaves_out_the_drops(case: Case, data: st.DataObject) -> None:
    steps = Enumeration(case.specs, case.rules, case.targets, NONE).candidates()
    chosen = data.draw(st.lists(st.sampled_from(steps), max_size=3, unique=True)) if steps else []
    pins, drops = frozenset(chosen[:2]), frozenset(chosen[2:])
    made = again(case, pins, drops)
    held = pins - {pin for pin, _ in made.refused}
    reference = Enumeration(case.specs, case.rules, case.targets, drops)
    first = reference.quarter(case.capacity, held)
    assert first is not None
    assert found(made) == [first, *(reference.quarter(case.capacity) for _ in range(3))]
    free = Enumeration(case.specs, case.rules, case.targets, NONE)
    quarters = [free.quarter(case.capacity) for _ in range(4)]
    assert made.free_points == tuple(q.points for q in quarters if q is not None)
    assert made.free_points[0] >= made.quarters[0].points


@settings(max_examples=40, deadline=None)
@given(cases(candidates_max=9), st.data())
def test_only_pins_that_no_first_quarter_can_hold_are_refused(case: Case, data: st.DataObject) -> None:
    steps = Enumeration(case.specs, case.rules, case.targets, NONE).candidates()
    pins = frozenset(data.draw(st.sets(st.sampled_from(steps), max_size=2))) if steps else NONE
    refused = [pin for pin, _ in again(case, pins).refused]
    possible = Enumeration(case.specs, case.rules, case.targets, NONE).quarter(case.capacity, pins) is not None
    assert possible is not bool(refused)
    if len(refused) == 1:
        assert Enumeration(case.specs, case.rules, case.targets, NONE).quarter(case.capacity, pins) is None


def test_a_refused_pin_says_why_and_the_plan_is_made_without_it() -> None:
    made = small(6, "b@4", "nothing@1")
    assert made.refused == (
        ("b@4", "b@4 cannot be in the first quarter: it is above the target"),
        ("nothing@1", "nothing@1 cannot be in the first quarter: it is done, does not apply or is no step of the plan"),
    )
    assert made.quarters == small(6).quarters


def test_pins_that_do_not_fit_together_are_refused_together() -> None:
    made = small(5, "a@1", "b@2")
    assert [pin for pin, _ in made.refused] == ["b@2"]  # six days with what it needs
    together = small(8, "a@2", "b@1")
    assert {why for _, why in together.refused} == {
        "a@2, b@1 cannot all be in the first quarter: together they do not fit"
    }


def test_a_plan_that_is_not_priced_is_the_same_plan() -> None:
    card, wish = scorecard(s.score() for s in SPECS), Wish(Decimal(12), frozenset({"b@1"}), frozenset({"a@2"}))
    at_once = plan_again(sheet(), card, pack(SPECS), wish, priced=False)
    assert at_once is not None
    assert at_once.free_points is None
    assert replace(at_once, free_points=(1,)) == replace(small(12, "b@1", drops=frozenset({"a@2"})), free_points=(1,))


def test_nothing_is_planned_without_a_capacity() -> None:
    card = scorecard(s.score() for s in SPECS)
    assert plan_again(sheet(None), card, pack(SPECS), Wish()) is None
    assert plan_again(replace(sheet("60"), variant="pulse"), card, pack(SPECS), Wish()) is None


@pytest.mark.parametrize(
    ("days", "ratio", "scaled"),
    [(4, None, 4), (4, Fraction(3, 2), 6), (1, Fraction(1, 4), 1), (3, Fraction(3, 2), 4), (5, Fraction(1, 2), 2)],
)
def test_days_follow_the_experience_of_the_organization(days: int, ratio: Fraction | None, scaled: int) -> None:
    assert scaled_days(days, ratio) == scaled


def test_experience_counts_from_ten_verified_actions_and_is_the_median() -> None:
    spent = [(Fraction(6), 4)] * 5 + [(Fraction(2), 4)] * 3 + [(Fraction(40), 4)]
    assert effort_ratio(spent) is None
    assert effort_ratio([*spent, (Fraction(0), 4)]) is None
    assert effort_ratio([*spent, (Fraction(6), 4)]) == Fraction(3, 2)


def test_the_scaled_days_are_those_of_the_plan() -> None:
    card, scaled = scorecard(s.score() for s in SPECS), replace(sheet(), effort_ratio=Fraction(3, 2))
    made = plan_again(scaled, card, pack(SPECS), Wish(Decimal(9)))
    assert made is not None
    assert {a.id: a.days for a in made.quarters[0].actions} == {"a@1": 3, "a@2": 6}
