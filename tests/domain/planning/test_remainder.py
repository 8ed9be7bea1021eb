from dataclasses import replace

from app.domain.planning.ground import Ground, survey
from app.domain.planning.opening import open_quarter
from app.domain.planning.remainder import beyond_target, deferred_after, starts_at, unreachable
from app.domain.roadmap import Unreachable
from app.domain.scorecard import StageScore
from tests.planner.small import RULES, Spec, pack, scorecard, sheet

SPECS = (
    Spec("a", 1, needs={3: ("c@4",)}),
    Spec("b", 1, needs={2: ("a@2", "c@2")}),
    Spec("c", 2, claimed=3),
)


def ground(*drops: str, builds: int = 12) -> Ground:
    rules = replace(RULES, actions_per_quarter_max=builds)
    return survey(sheet(), scorecard(s.score() for s in SPECS), pack(SPECS, rules), frozenset(drops))


def reasons(start: Ground, *chosen: str) -> dict[str, str]:
    opening = open_quarter(start, start.levels, {})
    return {d.id: d.why for d in deferred_after(opening, frozenset(chosen))}


def test_the_first_reason_that_holds_is_given() -> None:
    assert reasons(ground()) == {
        "a@2": "beyond capacity",
        "a@3": "waits for a@2, c@4 (beyond target)",
        "b@2": "waits for a@2",
        "b@3": "waits for b@2",
        "c@3": "beyond capacity",
    }


def test_a_need_chosen_in_the_last_quarter_is_waited_for_no_more() -> None:
    assert reasons(ground(), "a@2", "b@2") == {
        "a@3": "waits for c@4 (beyond target)",
        "b@3": "level below not yet confirmed",
        "c@3": "beyond capacity",
    }


def test_the_limit_on_actions_is_named_for_build_steps_only() -> None:
    assert reasons(ground(builds=1), "a@2") == {
        "a@3": "waits for c@4 (beyond target)",
        "b@2": "beyond twelve actions",
        "b@3": "waits for b@2",
        "c@3": "beyond capacity",
    }


def test_a_dropped_step_is_listed_as_dropped_and_named_so_to_those_behind_it() -> None:
    found = reasons(ground("a@2"))
    assert (found["a@2"], found["b@2"]) == ("dropped", "waits for a@2 (dropped)")


def test_steps_above_the_target_are_listed_apart() -> None:
    assert beyond_target(ground()) == ("a@4", "b@4", "c@4")


def test_a_target_below_a_gate_closes_off_its_stage() -> None:
    specs = (Spec("a", 1, gates={1: 1, 2: 2, 3: 3}), Spec("b", 3, gates={3: 3}))
    found = survey(sheet(target_levels={"a": 1, "b": 1}), scorecard(s.score() for s in specs), pack(specs), frozenset())
    assert unreachable(found) == (
        Unreachable(stage=2, question="a", target=1, need=2),
        Unreachable(stage=3, question="a", target=1, need=3),
    )


def test_a_start_other_than_the_assessments_stage_is_explained() -> None:
    score = StageScore(1, 1, 2, (), None, None)
    assert starts_at(1, score).why == "the plan starts from the stage of the assessment"
    assert starts_at(0, score).stage == 0
    assert starts_at(0, score).why.startswith(
        "the assessment shows stage 1; the plan counts unknown answers as level 0"
    )
