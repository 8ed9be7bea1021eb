"""Measurement 4.12, the agenda of 4.13, and the quarter."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.agenda import make_agenda
from app.domain.answers import Assessment, DontKnow, Level, Respondent
from app.domain.errors import NotAQuarter, UnknownQuestion
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.reading import read_answers
from app.domain.score import score, supported_means
from app.domain.settle import Past, settle
from tests.domain.cast import BLANK, agreed_all


def pulse(base: Assessment) -> Assessment:
    return replace(base, variant="pulse")


def full_before(mlops: Questionnaire, level: int) -> Past:
    earlier = replace(agreed_all(mlops, level), quarter=Quarter(2026, 2), date=dt.date(2026, 6, 30))
    return Past(settle(earlier, mlops), mlops, earlier)


def test_4_12_a_pulse_asks_twelve_questions_and_publishes_no_dimension(mlops: Questionnaire) -> None:
    card = score(settle(pulse(agreed_all(mlops, 2, mon_drift=1)), mlops), mlops)
    assert set(card.questions) == set(mlops.pulse)
    monitoring = card.dimensions["monitoring"]
    assert (monitoring.published, monitoring.why, monitoring.pulse) == (False, "pulse", Fraction(5, 3))
    assert (card.stage, card.myths, card.counterfactual) == (None, None, None)
    assert supported_means(card)["automation"] == 2


def test_4_12_a_pulse_repeats_the_last_stage_and_withdraws_fallen_gates(mlops: Questionnaire) -> None:
    sheet = settle(pulse(agreed_all(mlops, 2, gov_inventory=0, mon_drift=0)), mlops, [full_before(mlops, 2)])
    card = score(sheet, mlops)
    assert card.stage is not None
    assert (card.stage.supported, card.stage.next, card.stage.withdrawn) == (2, 3, ("gov-inventory",))
    assert card.myths is not None
    uptime = card.myths["uptime-is-health"]
    assert (uptime.cell, uptime.verdict) == ("behaviour-only", "lingering")
    assert uptime.movement == (("mon-drift", 2, 0), ("mon-model-quality", 2, 2))
    assert sheet.change is not None
    monitoring = sheet.change.dimensions["monitoring"]
    assert (monitoring.official, monitoring.like_for_like, monitoring.common_share) == (None, Fraction(-2, 3), 1)


def test_4_12_a_pulse_after_stage_4_and_a_debunked_myth(mlops: Questionnaire) -> None:
    card = score(settle(pulse(agreed_all(mlops, 4)), mlops, [full_before(mlops, 4)]), mlops)
    assert card.stage is not None
    assert (card.stage.supported, card.stage.next) == (4, None)
    assert card.myths is not None
    assert card.myths["uptime-is-health"].verdict == "debunked"


def test_a_pulse_is_no_last_full_assessment_and_full_ones_skip_it(mlops: Questionnaire) -> None:
    between = replace(pulse(agreed_all(mlops, 1)), quarter=Quarter(2026, 2), date=dt.date(2026, 6, 1))
    past = Past(settle(between, mlops), mlops, between)
    nothing = replace(
        agreed_all(mlops, 1), context={"ctx-models": "0"}, quarter=Quarter(2026, 1), date=dt.date(2026, 3, 1)
    )
    empty = Past(settle(nothing, mlops), mlops, nothing)
    sheet = settle(pulse(agreed_all(mlops, 2)), mlops, [past, empty])
    assert sheet.last_full is None
    assert [p.quarter for p in sheet.history] == [Quarter(2026, 1), Quarter(2026, 2)]
    assert settle(agreed_all(mlops, 2), mlops, [past]).change is None


def voters(mlops: Questionnaire) -> Assessment:
    people = []
    for i in range(6):
        levels = {q.id: Level(2) for q in mlops.core}
        levels["mon-drift"] = Level(4 if i % 2 else 0)
        people.append(Respondent(f"r{i}", "ml_engineer", levels | {"mon-cost": DontKnow() if i < 3 else Level(2)}))
    return replace(BLANK, respondents=tuple(people))


def test_4_13_the_agenda_weighs_spread_by_gates_and_adds_what_is_not_known(mlops: Questionnaire) -> None:
    reading = read_answers(voters(mlops), mlops)
    card = score(settle(voters(mlops), mlops), mlops)
    agenda = make_agenda(reading.votes, card, ["mon-drift@2", "gov-inventory@2"], 30, mlops)
    assert (agenda.actions, agenda.actions_minutes) == (("gov-inventory@2", "mon-drift@2"), 4)
    first, second = agenda.items[:2]
    assert (first.question, first.spread, first.minutes) == ("mon-drift", "wide", 5)
    assert (second.question, second.score, second.spread) == ("mon-cost", 2, None)
    assert sum(i.minutes for i in agenda.items) <= 26
    assert len(agenda.items) + len(agenda.skipped) == 40
    assert {i.score for i in agenda.skipped} == {0}


def test_4_13_a_unanimous_gate_takes_three_minutes_and_silence_counts_one(mlops: Questionnaire) -> None:
    reading = read_answers(voters(mlops), mlops)
    card = score(settle(voters(mlops), mlops), mlops)
    assert card.stage is not None
    items = {i.question: i for i in make_agenda(reading.votes, card, [], 500, mlops).items}
    gate = mlops.gates(card.stage.next or 0)[0][0]
    assert items[gate].minutes == 3
    silent = score(settle(BLANK, mlops), mlops)
    quiet = make_agenda({}, silent, [], 500, mlops)
    assert {i.score for i in quiet.items} == {1, 2}
    assert quiet.items[0].question == "aut-versioning"


def test_4_13_primary_questions_of_believed_myths_weigh_more(mlops: Questionnaire) -> None:
    believers = tuple(
        Respondent(f"r{i}", "platform", {}, {b.id: 5 if b.keyed == "myth" else 1 for b in mlops.beliefs})
        for i in range(3)
    )
    card = score(settle(replace(agreed_all(mlops, 0), respondents=believers), mlops), mlops)
    items = {i.question: i.score for i in make_agenda({}, card, [], 500, mlops).items}
    assert items["mon-drift"] == Fraction(3, 2)
    assert items["mon-slices"] == 1
    assert items["gov-inventory"] == 2


@pytest.mark.parametrize(
    "text", ["2026", "2026-Q5", "26-Q1", "2026-q1", "2026-Q3 ", "0000-Q1", "\uff12\uff10\uff12\uff16-Q1"]
)
def test_texts_that_are_no_quarter_are_refused(text: str) -> None:
    with pytest.raises(NotAQuarter, match="such as 2026-Q3"):
        Quarter.parse(text)


def test_quarters_know_their_last_day_and_their_successors() -> None:
    assert [str(Quarter(2026, n).last_day) for n in (1, 2, 3, 4)] == [
        "2026-03-31",
        "2026-06-30",
        "2026-09-30",
        "2026-12-31",
    ]
    assert (str(Quarter(2026, 3).after(2)), Quarter.parse("2026-Q3").in_words) == ("2027-Q1", "third quarter 2026")


def test_unknown_questions_are_named(mlops: Questionnaire) -> None:
    with pytest.raises(UnknownQuestion, match="'mon-nothing'"):
        mlops.question("mon-nothing")
    assert mlops.question("mon-drift").dimension == "monitoring"
    assert mlops.name == "mlops@1.0.0"
    assert mlops.steps["mon-drift@3"].needs == ("mon-drift@2", "mon-prediction-logging@3", "mon-alert-response@2")
