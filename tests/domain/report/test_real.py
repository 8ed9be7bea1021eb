"""Real assessments, from the answers to the last sentence: every situation the report must be kind and right in."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.answers import (
    Agreed,
    Assessment,
    Bet,
    Capacity,
    DontKnow,
    Evidence,
    Grade,
    Level,
    NotApplicable,
    ReleasedComment,
    ReportedAction,
    Respondent,
    Voting,
)
from app.domain.explanations import explain
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.report.compose import compose
from tests.domain.cast import BLANK, agreed_all, before, judged, voted
from tests.domain.report.arithmetic import value_of
from tests.domain.report.reader import faults
from tests.load.crowds import crowd

pytestmark = pytest.mark.slow  # scores and plans a year of assessments

Made = tuple[Assessment, list[Assessment]]
MAKERS: dict[str, Callable[[Questionnaire], Made]] = {}


def situation(make: Callable[[Questionnaire], Made]) -> Callable[[Questionnaire], Made]:
    """Take a situation into the list."""
    MAKERS[make.__name__] = make
    return make


@situation
def nobody_answered(_: Questionnaire) -> Made:
    return BLANK, []


@situation
def nothing_is_live(mlops: Questionnaire) -> Made:
    return replace(agreed_all(mlops, 2), context={"ctx-models": "0"}), []


@situation
def one_person(mlops: Questionnaire) -> Made:
    return crowd(mlops, 1), []


@situation
def one_vote(_: Questionnaire) -> Made:
    return voted("mon-drift", [("platform", 1)]), []


@situation
def all_zero(mlops: Questionnaire) -> Made:
    return agreed_all(mlops, 0), []


@situation
def all_best(mlops: Questionnaire) -> Made:
    return replace(agreed_all(mlops, 4), target=4), [before(agreed_all(mlops, 4))]


@situation
def all_inapplicable(mlops: Questionnaire) -> Made:
    absent = {q.id: Agreed(NotApplicable("nothing of the kind")) for q in mlops.core if q.na_allowed}
    return replace(BLANK, agreed=absent), []


@situation
def no_capacity(mlops: Questionnaire) -> Made:
    return replace(crowd(mlops, 7), capacity=None), []


@situation
def hardly_any_capacity(mlops: Questionnaire) -> Made:
    return replace(crowd(mlops, 7), capacity=Capacity(Decimal(1), Decimal(2), Decimal("0.5"))), []


@situation
def low_targets(mlops: Questionnaire) -> Made:
    return replace(crowd(mlops, 7), target=1, target_levels={"mon-drift": 4}), []


@situation
def a_later_quarter(mlops: Questionnaire) -> Made:
    now = crowd(mlops, 9, 3)
    done = tuple(
        ReportedAction(f"{q.id}@{1 + n % 3}", "reported_done", "r0001", dt.date(2026, 7, 1), Decimal("2.5"))
        for n, q in enumerate(mlops.core)
    )
    old = replace(before(crowd(mlops, 9, 4)), bets=(Bet("mon-drift", 2), Bet("mon-cost", 4), Bet("gov-inventory", 1)))
    older = replace(before(crowd(mlops, 9, 5), 1), stable_ids=True)
    return replace(now, stable_ids=True, actions=done), [replace(old, stable_ids=True), older]


@situation
def a_clear_rise(mlops: Questionnaire) -> Made:
    low, high = crowd(mlops, 9, 3), crowd(mlops, 9, 3)
    up = tuple(
        replace(r, answers={q: Level(min(4, a.level + 1)) if isinstance(a, Level) else a for q, a in r.answers.items()})
        for r in high.respondents
    )
    return replace(high, respondents=up, stable_ids=True), [before(replace(low, stable_ids=True))]


@situation
def a_fall(mlops: Questionnaire) -> Made:
    verified = (ReportedAction("mon-drift@2", "verified", verified_in=Quarter(2026, 1)),)
    return replace(agreed_all(mlops, 1), actions=verified), [before(agreed_all(mlops, 3))]


@situation
def a_pulse_alone(mlops: Questionnaire) -> Made:
    return replace(crowd(mlops, 6), variant="pulse"), []


@situation
def a_pulse_that_falls(mlops: Questionnaire) -> Made:
    return replace(agreed_all(mlops, 1), variant="pulse"), [before(agreed_all(mlops, 2))]


@situation
def a_pulse_that_holds(mlops: Questionnaire) -> Made:
    return replace(crowd(mlops, 6), variant="pulse"), [before(crowd(mlops, 6, 2))]


@situation
def anonymous_many(mlops: Questionnaire) -> Made:
    return replace(crowd(mlops, 12), anonymity="anonymous"), [
        before(replace(crowd(mlops, 12, 2), anonymity="anonymous"))
    ]


@situation
def anonymous_few(mlops: Questionnaire) -> Made:
    return replace(crowd(mlops, 2), anonymity="anonymous"), []


@situation
def far_apart(mlops: Questionnaire) -> Made:
    roles = [r.id for r in mlops.roles]
    people = tuple(
        Respondent(
            f"r{i}",
            roles[i % 6],
            {q.id: Level(0 if i % 6 > 1 else 4) for q in mlops.core[:-2]} | {q.id: DontKnow() for q in mlops.core[-2:]},
            {b.id: 3 for b in mlops.beliefs},
        )
        for i in range(12)
    )
    first = Voting("mon-drift", 1, {r.id: Level(4) for r in people})
    second = Voting("mon-drift", 2, {r.id: r.answers["mon-drift"] for r in people})
    agreed = {"mon-cost": Agreed(Level(2), "after a long talk"), "mon-slices": Agreed(Level(1))}
    comments = tuple(ReleasedComment("mon-drift", text) for text in ("We have no limits", "We do, for two models"))
    base = replace(BLANK, respondents=people, votings=(first, second), agreed=agreed, comments=comments)
    return replace(base, evidence={"mon-drift": Evidence(Grade.E0)}), []


@situation
def with_overlay(mlops: Questionnaire) -> Made:
    extra = {q.id: Agreed(Level(n)) for n, q in enumerate(q for q in mlops.questions if not q.is_core)}
    base = agreed_all(mlops, 2)
    return replace(base, agreed={**base.agreed, **extra}, context={"ctx-generative": "yes"}), []


@situation
def claimed_without_evidence(mlops: Questionnaire) -> Made:
    return replace(agreed_all(mlops, 4), evidence={}), []


@pytest.mark.parametrize("name", MAKERS)
def test_every_situation_reads_cleanly_and_explains_its_numbers(name: str, mlops: Questionnaire) -> None:
    now, past = MAKERS[name](mlops)
    result = judged(now, mlops, past)
    assert faults(compose(result)) == []
    for _, group in explain(result):
        for explanation in group:
            if explanation.arithmetic:
                assert value_of(explanation) == explanation.value, explanation
