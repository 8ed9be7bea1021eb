"""The plan of the example organization: measurement.md 5.5 and the efforts of 3.4."""

from decimal import Decimal

import pytest

from app.domain.answers import Assessment
from app.domain.planning.ground import Ground, survey
from app.domain.planning.stages import stage_of
from app.domain.questionnaire import Questionnaire
from app.domain.roadmap import Roadmap
from app.domain.score import score
from app.domain.settle import settle
from app.planner.least import least_days
from app.planner.plan import plan, walk
from tests.planner.assessments import random_assessment
from tests.planner.small import score as line
from tests.planner.small import scorecard, sheet


def roadmap_of(assessment: Assessment, questionnaire: Questionnaire) -> Roadmap:
    """The whole way from answers to plan."""
    settled = settle(assessment, questionnaire)
    return plan(settled, score(settled, questionnaire), questionnaire)


def ground_of(assessment: Assessment, questionnaire: Questionnaire) -> Ground:
    """Where the plan starts from."""
    settled = settle(assessment, questionnaire)
    return survey(settled, score(settled, questionnaire), questionnaire, frozenset())


def test_four_quarters_have_the_points_days_and_stages_of_the_table(example: Assessment, mlops: Questionnaire) -> None:
    roadmap = roadmap_of(example, mlops)
    assert roadmap.capacity_days == 38
    assert [(q.points, q.days, q.stage_before, q.stage_after) for q in roadmap.quarters] == [
        (52, 30, 1, 1),
        (37, 38, 1, 2),
        (39, 38, 2, 2),
        (36, 37, 2, 2),
    ]
    assert [len(q.actions) for q in roadmap.quarters] == [12, 11, 8, 5]
    assert (roadmap.least_days_to_next_stage, roadmap.clarify_first) == (56, ("mon-cost",))
    assert (roadmap.points_at_80_percent, roadmap.points_at_120_percent) == (150, 179)


def test_the_content_of_the_quarters_is_that_of_the_table(example: Assessment, mlops: Questionnaire) -> None:
    first, second, third, fourth = ([a.id for a in q.actions] for q in roadmap_of(example, mlops).quarters)
    gates = ["gov-release-approval@2", "col-success-criteria@2", "gov-inventory@2", "mon-model-quality@2"]
    assert first[:4] == gates
    assert {"col-ownership@3", "col-capacity@1", "col-capacity@2", "gov-periodic-review@2", "col-oncall@2"} < set(first)
    assert {"gov-inventory@3", "gov-release-approval@3", "gov-human-oversight@2", "mon-business-outcome@2"} < set(
        second
    )
    assert {"mon-cost@2", "mon-drift@2", "mon-feedback@2"} < set(second)
    assert {"gov-risk-tiering@2", "gov-lineage@2", "gov-security@2", "mon-prediction-logging@3"} < set(third)
    assert set(fourth) == {
        "aut-rollback@3",
        "aut-versioning@3",
        "gov-lineage@3",
        "gov-risk-tiering@3",
        "mon-alert-response@3",
    }


def test_eight_quarters_have_the_points_and_days_of_the_table(example: Assessment, mlops: Questionnaire) -> None:
    legs = walk(ground_of(example, mlops), 38, quarters=8)
    days = [sum(leg.opening.candidates[cid].days for cid in leg.chosen) for leg in legs]
    assert [leg.points for leg in legs] == [52, 37, 39, 36, 33, 29, 16, 20]
    assert days == [30, 38, 38, 37, 37, 38, 37, 36]
    assert [leg.opening.stage for leg in legs] == [1, 1, 2, 2, 2, 2, 2, 2]
    assert [len(leg.opening.goal.gates) for leg in legs if leg.opening.goal] == [4, 0, 13, 10, 5, 2, 0, 0]
    assert stage_of(legs[-1].opening.ground, legs[-1].opening.levels_after(legs[-1].chosen)) == 3


def test_what_waited_as_a_gate_step_has_two_points_more(example: Assessment, mlops: Questionnaire) -> None:
    fourth = roadmap_of(example, mlops).quarters[3]
    waited = {a.id for a in fourth.actions if ("waiting", 2) in a.reasons}
    assert waited == {"aut-rollback@3", "aut-versioning@3", "mon-alert-response@3"}


def test_the_least_effort_to_each_stage_from_the_example(example: Assessment, mlops: Questionnaire) -> None:
    ground = ground_of(example, mlops)
    assert [least_days(ground, stage) for stage in (1, 2, 3, 4)] == [0, 56, 261, 432]


def test_the_least_effort_to_each_stage_from_nothing(mlops: Questionnaire) -> None:
    nothing = scorecard((line(q.id, "level", 0, 0) for q in mlops.core), focus=())
    ground = survey(sheet(), nothing, mlops, frozenset())
    assert [least_days(ground, stage) for stage in (1, 2, 3, 4)] == [37, 167, 399, 576]


def test_gov_inventory_1_and_aut_versioning_1_are_relied_upon_most(mlops: Questionnaire) -> None:
    nothing = scorecard((line(q.id, "level", 0, 0) for q in mlops.core), focus=())
    ground = survey(sheet(), nothing, mlops, frozenset())
    ranked = sorted(ground.candidates.values(), key=lambda c: (-c.dependants, c.id))
    assert [(c.id, c.dependants) for c in ranked[:5]] == [
        ("gov-inventory@1", 9),
        ("aut-versioning@1", 8),
        ("col-ownership@2", 6),
        ("gov-inventory@2", 6),
        ("mon-prediction-logging@3", 6),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_at_full_size_more_days_never_lower_the_points_of_the_first_quarter(mlops: Questionnaire, seed: int) -> None:
    settled, card, days = random_assessment(mlops, seed)
    points = [
        plan(settled, card, mlops, capacity_days=days + more).quarters[0].points for more in map(Decimal, (0, 1, 7))
    ]
    assert points == sorted(points)
