"""Measurement 5.6: actions reported done are checked, not believed; and bets."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.answers import (
    ActionStatus,
    Agreed,
    Assessment,
    Bet,
    Evidence,
    EvidenceItem,
    Grade,
    Level,
    ReportedAction,
)
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.score import score
from app.domain.settle import Past, settle
from app.domain.sheet import CheckedAction
from tests.domain.cast import agreed_all, voted

START = dt.date(2026, 4, 3)
AFTER = Evidence(Grade.E2, (EvidenceItem("report", "wiki", dt.date(2026, 7, 10), "a colleague"),))
BEFORE = Evidence(Grade.E2, (EvidenceItem("report", "wiki", START, "a colleague"),))
UNSEEN = Evidence(Grade.E2, (EvidenceItem("report", "wiki", dt.date(2026, 7, 10)), EvidenceItem("x", seen_by="y")))


def checked(
    base: Assessment, level: int, mlops: Questionnaire, status: ActionStatus = "reported_done"
) -> CheckedAction:
    action = ReportedAction(f"mon-drift@{level}", status, "r000", START, Decimal(6))
    (found,) = settle(replace(base, actions=(action,)), mlops).actions
    return found


def with_votes(levels: list[int], *, stable: bool = False, agreed: int | None = None) -> Assessment:
    base = replace(voted("mon-drift", [("data_scientist", a) for a in levels]), stable_ids=stable)
    return base if agreed is None else replace(base, agreed={"mon-drift": Agreed(Level(agreed))})


def test_a_level_below_the_target_is_not_confirmed(mlops: Questionnaire) -> None:
    found = checked(with_votes([1, 1, 1]), 2, mlops)
    assert (found.status, found.why) == ("not_confirmed", "supported at level 1, not 2")


def test_votes_at_the_target_verify_and_say_when(mlops: Questionnaire) -> None:
    found = checked(with_votes([2, 2, 2]), 2, mlops)
    assert (found.status, found.why, found.verified_in) == ("verified", None, Quarter(2026, 3))


def test_votes_far_apart_do_not_confirm(mlops: Questionnaire) -> None:
    assert checked(with_votes([0, 2, 2, 4, 4]), 2, mlops).why == "the answers lie too far apart"


@pytest.mark.parametrize(
    ("evidence", "level", "why"),
    [
        (AFTER, 3, None),
        (BEFORE, 3, "no record is dated after the start of the action"),
        (AFTER, 4, None),
        (UNSEEN, 4, "no record that a second person saw is dated after the start of the action"),
    ],
)
def test_levels_3_and_4_ask_for_a_record_made_since(
    mlops: Questionnaire, evidence: Evidence, level: int, why: str | None
) -> None:
    base = replace(agreed_all(mlops, 4), evidence={"mon-drift": evidence})
    assert checked(base, level, mlops).why == why


def test_without_stable_ids_two_answers_or_the_room_confirm(mlops: Questionnaire) -> None:
    one = with_votes([2])
    assert checked(one, 2, mlops).why == "fewer than two answers are at its level, and the room agreed none"
    assert checked(with_votes([2], agreed=2), 2, mlops).status == "verified"
    assert checked(with_votes([2, 2]), 2, mlops).status == "verified"


def test_with_stable_ids_somebody_but_the_owner_must_say_so(mlops: Questionnaire) -> None:
    assert checked(with_votes([2], stable=True), 2, mlops).why == "nobody but its owner gives this level"
    assert checked(with_votes([2, 2], stable=True), 2, mlops).status == "verified"
    assert checked(replace(agreed_all(mlops, 2), stable_ids=True), 2, mlops).status == "verified"


def test_unknown_inapplicable_and_unasked_questions_confirm_nothing(mlops: Questionnaire) -> None:
    assert checked(voted("mon-drift", [("platform", "dk")]), 1, mlops).why == "nobody could give its level"
    base = agreed_all(mlops, 2, gov_fairness="none affected")
    action = ReportedAction("gov-fairness@1", "reported_done")
    assert settle(replace(base, actions=(action,)), mlops).actions[0].why == "its question no longer applies"
    pulse = replace(base, variant="pulse", actions=(ReportedAction("mon-cost@1", "reported_done"),))
    assert settle(pulse, mlops).actions[0].why == "its question was not asked this time"


def test_what_was_verified_and_fell_back_is_regressed(mlops: Questionnaire) -> None:
    action = ReportedAction("mon-drift@2", "verified", verified_in=Quarter(2026, 1))
    fallen = settle(replace(agreed_all(mlops, 1), actions=(action,)), mlops).actions[0]
    assert (fallen.status, fallen.why) == ("regressed", "verified in 2026-Q1 at level 2, now supported at 1")
    assert settle(replace(agreed_all(mlops, 2), actions=(action,)), mlops).actions[0].status == "verified"


def test_a_regression_is_found_through_earlier_assessments(mlops: Questionnaire) -> None:
    earlier = replace(agreed_all(mlops, 2), quarter=Quarter(2026, 2), date=dt.date(2026, 6, 30))
    earlier = replace(
        earlier,
        actions=(
            ReportedAction("mon-drift@2", "reported_done"),
            ReportedAction("mon-cost@2", "reported_done"),
            ReportedAction("mon-cost@3", "planned"),
        ),
    )
    past = Past(settle(earlier, mlops), mlops, earlier)
    found = settle(agreed_all(mlops, 2, mon_drift=1), mlops, [past]).actions
    assert [(a.id, a.status, a.verified_in) for a in found] == [("mon-drift@2", "regressed", Quarter(2026, 2))]


def test_other_states_pass_and_the_rate_counts_what_was_judged_now(mlops: Questionnaire) -> None:
    statuses: list[ActionStatus] = [
        "planned",
        "in_progress",
        "not_confirmed",
        "reported_done",
        "reported_done",
        "verified",
    ]
    ids = ("mon-cost@1", "mon-cost@2", "mon-slices@1", "mon-drift@2", "gov-inventory@3", "gov-lineage@1")
    actions = tuple(
        ReportedAction(i, s, verified_in=Quarter(2026, 1) if s == "verified" else None)
        for i, s in zip(ids, statuses, strict=True)
    )
    sheet = settle(replace(agreed_all(mlops, 2), actions=actions), mlops)
    assert {a.id: a.status for a in sheet.actions} == {
        "mon-cost@1": "planned",
        "mon-cost@2": "in_progress",
        "mon-slices@1": "planned",
        "mon-drift@2": "verified",
        "gov-inventory@3": "not_confirmed",
        "gov-lineage@1": "verified",
    }
    assert score(sheet, mlops).confirmation_rate == Decimal("0.5")
    assert score(settle(agreed_all(mlops, 2), mlops), mlops).confirmation_rate is None


def test_bets_of_the_previous_assessment_are_held_or_not(mlops: Questionnaire) -> None:
    earlier = replace(agreed_all(mlops, 1), quarter=Quarter(2026, 2), date=dt.date(2026, 6, 30))
    earlier = replace(earlier, bets=(Bet("mon-drift", 2), Bet("mon-cost", 3), Bet("gov-fairness", 1)))
    now = agreed_all(mlops, 2, gov_fairness="none affected")
    found = settle(now, mlops, [Past(settle(earlier, mlops), mlops)]).bets_checked
    assert [(b.question, b.held) for b in found] == [("gov-fairness", None), ("mon-cost", False), ("mon-drift", True)]
