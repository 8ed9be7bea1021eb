"""Nothing beats the planner: held against complete enumeration on random small assessments."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import PinNotPossible
from app.domain.planning.ground import survey
from app.domain.roadmap import Roadmap
from app.planner.least import least_days
from app.planner.plan import plan
from tests.planner.reference import Enumeration, Found
from tests.planner.small import pack, scorecard, sheet
from tests.planner.strategies import Case, cases

pytestmark = pytest.mark.slow  # compares with all subsets

NONE: frozenset[str] = frozenset()


def planned(
    case: Case, capacity: int | None = None, pins: frozenset[str] = NONE, drops: frozenset[str] = NONE
) -> Roadmap:
    """The roadmap of a random assessment."""
    return plan(
        sheet(target_levels=case.targets),
        scorecard(s.score() for s in case.specs),
        pack(case.specs, case.rules),
        capacity_days=Decimal(case.capacity if capacity is None else capacity),
        pins=pins,
        drops=drops,
    )


def found(roadmap: Roadmap) -> list[Found]:
    """What was planned, in the terms of the enumeration."""
    return [
        Found(sorted(a.id for a in q.actions), q.points, q.days, q.stage_before, q.stage_after)
        for q in roadmap.quarters
    ]


@settings(max_examples=100, deadline=None)
@given(cases(), st.data())
def test_each_quarter_is_the_best_of_all_subsets_with_every_tie_broken(case: Case, data: st.DataObject) -> None:
    drops = frozenset(data.draw(st.sets(st.sampled_from([f"{s.id}@{level}" for s in case.specs for level in (2, 3)]))))
    drops = drops if data.draw(st.integers(0, 3)) == 0 else NONE
    reference = Enumeration(case.specs, case.rules, case.targets, drops)
    assert found(planned(case, drops=drops)) == [reference.quarter(case.capacity) for _ in range(4)]


@settings(max_examples=40, deadline=None)
@given(cases(candidates_max=9), st.data())
def test_a_plan_with_pins_is_the_best_that_holds_them(case: Case, data: st.DataObject) -> None:
    reference = Enumeration(case.specs, case.rules, case.targets, NONE)
    steps = reference.candidates()
    pins = frozenset(data.draw(st.sets(st.sampled_from(steps), max_size=2))) if steps else NONE
    first = reference.quarter(case.capacity, pins)
    try:
        roadmap = planned(case, pins=pins)
    except PinNotPossible:
        assert first is None
    else:
        assert found(roadmap) == [first, *(reference.quarter(case.capacity) for _ in range(3))]


@settings(max_examples=40, deadline=None)
@given(cases())
def test_every_quarter_keeps_the_rules_and_its_points_are_the_printed_reasons(case: Case) -> None:
    done = {f"{s.id}@{level}" for s in case.specs for level in range(1, 5) if not s.applies or level <= (s.level or 0)}
    for quarter in planned(case).quarters:
        started = set(done)
        assert quarter.days == sum(a.days for a in quarter.actions) <= case.capacity
        assert sum(a.kind == "build" for a in quarter.actions) <= case.rules.actions_per_quarter_max
        for action in quarter.actions:  # in the order of work: what it needs stands before it
            question, level = action.id.split("@")
            assert done.issuperset(action.needs)
            assert int(level) <= case.targets[question]
            if action.kind == "build" and int(level) > 2:
                assert f"{question}@{int(level) - 1}" in started
            assert action.points == sum(points for _, points in action.reasons)
            done.add(action.id)
        bonus = 10 if quarter.stage_after > quarter.stage_before else 0
        assert quarter.points == sum(a.points for a in quarter.actions) + bonus


@settings(max_examples=30, deadline=None)
@given(cases(), st.integers(1, 5))
def test_more_capacity_never_lowers_the_points_of_the_first_quarter(case: Case, more: int) -> None:
    little, much = planned(case), planned(case, capacity=case.capacity + more)
    assert little.quarters[0].points <= much.quarters[0].points


@settings(max_examples=20, deadline=None)
@given(cases())
def test_the_same_input_gives_the_same_roadmap(case: Case) -> None:
    assert planned(case) == planned(case)


@settings(max_examples=40, deadline=None)
@given(cases(level_min=2))  # five questions, two levels each: few enough to try every subset
def test_the_least_days_to_a_stage_are_the_fewest_of_all_closed_sets(case: Case) -> None:
    reference = Enumeration(case.specs, case.rules, case.targets, NONE)
    questionnaire = pack(case.specs, case.rules)
    ground = survey(sheet(), scorecard(s.score() for s in case.specs), questionnaire, NONE)
    for stage in (1, 2, 3, 4):
        assert least_days(ground, stage) == reference.least_days(stage)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_everything_left_out_is_listed_with_a_reason_that_holds(case: Case) -> None:
    roadmap = planned(case)
    reference = Enumeration(case.specs, case.rules, case.targets, NONE)
    for quarter in found(roadmap)[:-1]:
        reference.levels = reference.after(quarter.ids)
    last = roadmap.quarters[-1]
    chosen = {a.id for a in last.actions}
    builds = sum(a.kind == "build" for a in last.actions)
    assert [d.id for d in roadmap.deferred] == [c for c in reference.candidates() if c not in chosen]
    for deferred in roadmap.deferred:
        waits = [n for n in reference.needs(deferred.id) if not reference.done(n) and n not in chosen]
        if waits:
            assert [w.split()[0] for w in deferred.why.removeprefix("waits for ").split(", ")] == waits
        elif not reference.confirmed(deferred.id):
            assert deferred.why == "level below not yet confirmed"
        elif not reference.is_show(deferred.id) and builds == case.rules.actions_per_quarter_max:
            assert deferred.why == "beyond twelve actions"
        else:
            assert deferred.why == "beyond capacity"
            assert last.days + reference.days(deferred.id) > case.capacity
