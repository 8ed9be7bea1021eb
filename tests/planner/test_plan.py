from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.errors import PinNotPossible, PlanNotProven
from app.domain.planning.ground import survey
from app.domain.roadmap import NextStep, Roadmap
from app.planner.least import least_days
from app.planner.plan import plan
from app.planner.program import Program
from tests.planner.small import Spec, pack, pulse_of, scorecard, sheet

SPECS = (
    Spec("a", 0, days=(2, 4, 6, 8), gates={1: 2}),
    Spec("b", 1, claimed=2, days=(1, 1, 9, 1)),
    Spec("c", None, days=(3, 4, 1, 1), dimension="e", gates={1: 1}),
    Spec("f", applies=False, dimension="e"),
)
PACK = pack(SPECS)
CARD = scorecard(s.score() for s in SPECS)
BIG = (Spec("a", 0, days=(5, 1, 1, 1)), Spec("b", 0, days=(5, 1, 1, 1)))


def pinned(days: int, *pins: str, drops: frozenset[str] = frozenset()) -> Roadmap:
    return plan(sheet(), CARD, PACK, capacity_days=Decimal(days), pins=frozenset(pins), drops=drops)


def test_there_are_always_four_quarters_also_when_nothing_is_left_to_do() -> None:
    quarters = plan(sheet("60"), CARD, PACK).quarters
    assert [q.number for q in quarters] == [1, 2, 3, 4]
    assert (quarters[3].actions, quarters[3].points, quarters[3].days) == ((), 0, 0)
    assert (quarters[0].stage_before, quarters[0].stage_after, quarters[3].stage_after) == (0, 2, 3)


def test_no_capacity_gives_no_quarters_and_everything_else() -> None:
    roadmap = plan(sheet(None), CARD, PACK)
    assert (roadmap.capacity_days, roadmap.quarters, roadmap.deferred) == (None, (), ())
    assert (roadmap.points_at_80_percent, roadmap.points_at_120_percent) == (None, None)
    assert (roadmap.least_days_to_next_stage, roadmap.clarify_first) == (9, ("c",))
    assert roadmap.beyond_target == ("a@4", "b@4", "c@4")


def test_a_capacity_of_nothing_plans_nothing() -> None:
    roadmap = plan(sheet("0.9"), CARD, PACK)
    assert roadmap.capacity_days == 0
    assert [q.actions for q in roadmap.quarters] == [(), (), (), ()]


def test_given_days_take_the_place_of_the_stated_capacity_and_percentages_are_of_the_unrounded_days() -> None:
    roadmap = plan(sheet("60"), CARD, PACK, capacity_days=Decimal("2.5"))
    assert roadmap.capacity_days == 2
    assert roadmap.points_at_120_percent == sum(q.points for q in pinned(3).quarters)
    assert roadmap.points_at_80_percent == sum(q.points for q in pinned(2).quarters)


def test_points_at_80_and_120_percent_are_planned_anew() -> None:
    roadmap = pinned(10)
    assert roadmap.points_at_80_percent == sum(q.points for q in pinned(8).quarters)
    assert roadmap.points_at_120_percent == sum(q.points for q in pinned(12).quarters)


def test_a_pinned_step_is_in_the_first_quarter_with_what_it_needs() -> None:
    assert "b@3" not in {a.id for a in pinned(10).quarters[0].actions}
    pinned_quarter = pinned(10, "b@2").quarters[0]
    assert "b@2" in {a.id for a in pinned_quarter.actions}


@pytest.mark.parametrize(
    ("pins", "why"),
    [
        (("b@1",), "b@1 cannot be in the first quarter: it is done, does not apply or is no step of the plan"),
        (("f@1",), "f@1 cannot be in the first quarter: it is done, does not apply or is no step of the plan"),
        (("nothing",), "nothing cannot be in the first quarter: it is done, does not apply or is no step of the plan"),
        (("a@4",), "a@4 cannot be in the first quarter: it is above the target"),
        (("b@3",), "b@3 cannot be in the first quarter: it does not fit with everything it needs"),
        (("a@2", "c@2"), "a@2, c@2 cannot all be in the first quarter: together they do not fit"),
    ],
)
def test_a_pin_that_cannot_be_is_refused_with_the_reason(pins: tuple[str, ...], why: str) -> None:
    with pytest.raises(PinNotPossible) as refused:
        pinned(8, *pins)
    assert str(refused.value) == why


def test_a_pin_that_is_dropped_is_refused() -> None:
    with pytest.raises(PinNotPossible, match="a@1 cannot be in the first quarter: it is dropped"):
        pinned(10, "a@1", drops=frozenset({"a@1"}))


def test_pins_that_do_not_fit_into_80_percent_leave_that_figure_out() -> None:
    card = scorecard(s.score() for s in BIG)
    roadmap = plan(sheet(), card, pack(BIG), capacity_days=Decimal(10), pins=frozenset({"a@1", "b@1"}))
    assert roadmap.points_at_80_percent is None
    assert roadmap.points_at_120_percent is not None


def test_a_gate_step_left_out_has_two_points_more_in_the_next_quarter() -> None:
    specs = (Spec("g", 0, days=(4, 1, 1, 1), gates={1: 1}), *map(Spec, "abcd"))
    card = scorecard(s.score() for s in specs)
    first, second, *_ = plan(sheet(target=1), card, pack(specs), capacity_days=Decimal(4)).quarters
    assert [a.id for a in first.actions] == ["a@1", "b@1", "c@1", "d@1"]
    assert [(a.id, a.reasons) for a in second.actions] == [("g@1", (("gate", 4), ("level", 1), ("waiting", 2)))]
    assert second.points == 17


def test_a_dropped_step_is_never_planned_nor_what_needs_it() -> None:
    roadmap = pinned(10, drops=frozenset({"a@1"}))
    assert not {a.id for q in roadmap.quarters for a in q.actions} & {"a@1", "a@2", "a@3"}
    assert [d.why for d in roadmap.deferred if d.id in {"a@1", "a@2"}] == ["dropped", "waits for a@1 (dropped)"]


def test_a_pulse_has_the_next_step_of_each_asked_question_and_nothing_else() -> None:
    card = replace(scorecard(s.score() for s in SPECS), stage=None)
    roadmap = plan(replace(pulse_of(sheet()), target_levels={"a": 0}), card, PACK)
    assert roadmap.next_steps == (NextStep("b@2", "Raise b", 1), NextStep("c@1", "Raise c", 3))
    assert (roadmap.starts_at, roadmap.quarters, roadmap.clarify_first) == (None, (), ())


def test_without_a_live_model_or_a_stage_the_roadmap_is_empty() -> None:
    for empty in (
        plan(replace(sheet(), no_live_model=True), CARD, PACK),
        plan(replace(sheet(None), no_live_model=True, variant="pulse"), CARD, PACK),
        plan(sheet(), replace(CARD, stage=None), PACK),
    ):
        assert (empty.starts_at, empty.quarters, empty.next_steps, empty.beyond_target) == (None, (), (), ())


def test_at_stage_4_no_days_lead_further() -> None:
    specs = (Spec("a", 4), Spec("b", 4))
    roadmap = plan(sheet(), scorecard((s.score() for s in specs), stage=4), pack(specs))
    assert roadmap.least_days_to_next_stage is None


def test_a_dimension_without_an_applicable_question_keeps_every_stage_and_its_bonus_out_of_reach() -> None:
    specs = (Spec("a", 0), Spec("b", dimension="e", applies=False))
    card, questionnaire = scorecard(s.score() for s in specs), pack(specs)
    roadmap = plan(sheet("60"), card, questionnaire)
    assert [(q.stage_after, q.points) for q in roadmap.quarters][:2] == [(0, 4), (0, 1)]
    assert least_days(survey(sheet(), card, questionnaire, frozenset()), 1) is None


def test_show_steps_are_not_counted_among_the_twelve_actions() -> None:
    specs = tuple(Spec(f"q{n:02}", 2, claimed=3) for n in range(15))
    roadmap = plan(sheet("60"), scorecard(s.score() for s in specs), pack(specs))
    assert [len(q.actions) for q in roadmap.quarters] == [15, 0, 0, 0]


def test_an_answer_that_the_solver_loses_between_two_tie_breaks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([(0,) * 20])
    monkeypatch.setattr(Program, "most", lambda program, value: next(answers, None))
    monkeypatch.setattr("app.planner.plan.least_days", lambda ground, stage: 0)
    with pytest.raises(PlanNotProven, match="lost an answer"):
        pinned(10)


def test_a_stage_that_is_reached_takes_no_days() -> None:
    specs = (Spec("a", 4), Spec("b", 4))
    ground = survey(sheet(), scorecard(s.score() for s in specs), pack(specs), frozenset())
    assert [least_days(ground, stage) for stage in (1, 4)] == [0, 0]
