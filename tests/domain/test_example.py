"""The example organization of measurement.md, number by number."""

from fractions import Fraction

import pytest

from app.domain.answers import Assessment
from app.domain.questionnaire import Questionnaire
from app.domain.score import score
from app.domain.scorecard import Scorecard
from app.domain.settle import settle

GAPS = {"governance-is-optional": 11, "guarantees-success": 11, "done-at-launch": 9, "uptime-is-health": 8}
FOCUS = {
    "automation-is-everything",
    "data-scientists-only",
    "too-expensive",
    "governance-is-optional",
    "guarantees-success",
    "done-at-launch",
}


@pytest.fixture
def card(example: Assessment, mlops: Questionnaire) -> Scorecard:
    return score(settle(example, mlops), mlops)


def test_4_3_the_dimensions(card: Scorecard) -> None:
    levels = {d.id: (d.supported, d.low, d.high, d.coverage) for d in card.dimensions.values()}
    assert levels["monitoring"] == (Fraction(4, 3), Fraction(6, 5), Fraction(8, 5), Fraction(9, 10))
    assert [levels[d][0] for d in ("governance", "automation", "collaboration")] == [Fraction(8, 9), 2, Fraction(6, 5)]


def test_4_4_stage_1_with_four_open_gates_and_three_floors(card: Scorecard) -> None:
    assert card.stage is not None
    assert (card.stage.supported, card.stage.claimed, card.stage.next) == (1, 1, 2)
    assert [(b.kind, b.of, b.have, b.need) for b in card.stage.blockers] == [
        ("gate", "col-success-criteria", 1, 2),
        ("gate", "gov-inventory", 1, 2),
        ("gate", "gov-release-approval", 1, 2),
        ("gate", "mon-model-quality", 1, 2),
        ("floor", "monitoring", Fraction(4, 3), Fraction(7, 4)),
        ("floor", "governance", Fraction(8, 9), Fraction(7, 4)),
        ("floor", "collaboration", Fraction(6, 5), Fraction(7, 4)),
    ]
    assert card.counterfactual is None


def test_4_6_agreement_does_not_look_like_certainty(card: Scorecard) -> None:
    assert all(d.range90 is None and d.range_why == "levels were agreed in the room" for d in card.dimensions.values())
    assert card.stage is not None
    assert (card.stage.stability, card.stage.stability_why) == (None, "levels were agreed in the room")


def test_4_7_the_worked_verdicts(card: Scorecard) -> None:
    assert card.myths is not None
    uptime, costly, devops = (card.myths[m] for m in ("uptime-is-health", "too-expensive", "same-as-devops"))
    assert (uptime.behaviour, uptime.belief, uptime.cell) == (Fraction(1, 4), Fraction(25, 32), "said-not-done")
    assert (costly.behaviour, costly.belief, costly.verdict) == (Fraction(1, 6), Fraction(5, 16), "believed")
    assert costly.evidence_share == Fraction(3, 4)
    assert (devops.behaviour, devops.belief, devops.cell) == (Fraction(7, 16), Fraction(19, 32), "in-transition")
    assert devops.verdict == "lingering"


def test_4_8_all_gaps_are_positive_and_the_rank_gaps_are_as_stated(card: Scorecard) -> None:
    assert card.myths is not None
    gaps = [m.belief - m.behaviour for m in card.myths.values() if m.belief is not None and m.behaviour is not None]
    assert len(gaps) == 15
    assert (round(float(min(gaps)), 2), round(float(max(gaps)), 2), round(float(sum(gaps)) / 15, 2)) == (
        0.04,
        0.59,
        0.32,
    )
    assert {m: card.myths[m].rank_gap for m in GAPS} == GAPS
    assert {m.id for m in card.myths.values() if m.in_focus} == FOCUS


def test_4_13_strengths_are_supported_at_3_gates_first(card: Scorecard) -> None:
    assert card.strengths == ("mon-service-health", "aut-data-pipeline")
    assert [(r.question, r.kind) for r in card.risks] == [
        ("col-success-criteria", "gate"),
        ("gov-inventory", "gate"),
        ("gov-release-approval", "gate"),
    ]
