"""Change between stored quarters: exact sums, checked promises, experience, and a pulse that restates nothing."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.domain.answers import Bet, EvidenceItem
from app.domain.effort import ACTIONS_MIN
from app.domain.questionnaire import Questionnaire
from app.services.actors import OPERATOR
from app.services.board import board_of
from app.services.board_cards import change_card, find_card, form_of
from app.services.board_plans import accept_plan
from app.services.exchange import export_file, import_file
from app.services.files import GivenFile
from app.services.results import result_of
from app.services.teams import make_team
from app.store.lookups import people
from app.store.unit_of_work import Session, writing
from tests.services.conftest import NOW, House
from tests.services.quarters import closed


def _report_done(house: House, session: Session, most: int, factor: Decimal) -> list[str]:
    """The first so many planned steps up to level 2 are said to be done, each at ``factor`` times its estimate."""
    done: list[str] = []
    for card in board_of(session, house.team(session)).cards:
        if len(done) < most and card.step.endswith("@2") and card.state == "planned":
            row = find_card(session, house.mine, card.id)
            form = replace(form_of(row), state="reported_done", effort_days=(card.days or 0) * factor)
            change_card(session, house.bob, row, form, at=NOW)
            done.append(card.step)
    return done


def test_the_official_change_is_practice_and_instrument_exactly(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        closed(house, session, mlops, "2026-Q1", level=1, context={"ctx-inhouse": "none"})
        row = closed(house, session, mlops, "2026-Q2", level=2, levels={"aut-retraining": 0, "mon-drift": 1})
        change = result_of(session, row).sheet.change
    assert change is not None
    for moved in change.dimensions.values():
        assert moved.official is not None
        assert moved.like_for_like is not None
        assert moved.instrument is not None
        assert moved.official == moved.like_for_like + moved.instrument
    automation = change.dimensions["automation"]
    assert automation.common == 7
    assert automation.like_for_like == 1
    assert automation.instrument == automation.from_answers == Fraction(-1, 5)


def test_promises_are_checked_and_the_rate_is_published(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        first = closed(house, session, mlops, "2026-Q1", bets=(Bet("mon-drift", 2), Bet("mon-cost", 3)))
        accept_plan(session, house.alice, first, at=NOW)
        done = _report_done(house, session, 4, Decimal(1))
        kept = {step.partition("@")[0]: 2 for step in done[:3]} | {"mon-drift": 2}
        row = closed(house, session, mlops, "2026-Q2", levels=kept)
        result = result_of(session, row)
        states = {action.id: action.status for action in result.sheet.actions}
        assert [states[step] for step in done] == ["verified"] * 3 + ["not_confirmed"]
        assert result.scorecard.confirmation_rate == Fraction(3, 4)
        assert {(b.question, b.held) for b in result.sheet.bets_checked} == {("mon-drift", True), ("mon-cost", False)}
        cards = {card.step: card for card in board_of(session, house.team(session)).cards}
        assert [cards[step].state for step in done] == ["verified"] * 3 + ["not_confirmed"]
        assert str(cards[done[0]].verified_in) == "2026-Q2"
        fallen = closed(house, session, mlops, "2026-Q3", level=1)
        told = {action.id: (action.status, action.why) for action in result_of(session, fallen).sheet.actions}
        assert told[done[0]] == ("regressed", "verified in 2026-Q2 at level 2, now supported at 1")


def test_ten_verified_actions_scale_the_next_plan_and_nine_do_not(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        first = closed(house, session, mlops, "2026-Q1", target=2)
        accept_plan(session, house.alice, first, at=NOW, capacity_days=Decimal(80))
        done = _report_done(house, session, ACTIONS_MIN - 1, Decimal(2))
        levels = {step.partition("@")[0]: 2 for step in done}
        closed(house, session, mlops, "2026-Q2", levels=levels)
        third = closed(house, session, mlops, "2026-Q3", levels=levels)
        assert result_of(session, third).sheet.effort_ratio is None
        accept_plan(session, house.alice, third, at=NOW, capacity_days=Decimal(80))
        more = _report_done(house, session, 1, Decimal(2))
        levels |= {step.partition("@")[0]: 2 for step in more}
        closed(house, session, mlops, "2026-Q4", levels=levels)
        row = closed(house, session, mlops, "2027-Q1", levels=levels)
        result = result_of(session, row)
        assert result.sheet.effort_ratio == 2
        for quarter in result.roadmap.quarters:
            for action in quarter.actions:
                blueprint = mlops.steps[action.id].days
                assert action.days == (1 if action.kind == "show" else 2 * blueprint)
        # and it is in what was published, so a copy of it elsewhere gives the same plan
        other = make_team(session, OPERATOR, people.organization(session, "other"), "Copy", at=NOW)
        data = export_file(session, house.alice, row, "settled", at=NOW)
        copy = import_file(session, house.charlie, other, GivenFile("a.yaml", data), at=NOW)
        assert result_of(session, copy).roadmap == result.roadmap


def test_a_step_that_was_retired_is_left_out_of_the_check(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        accept_plan(session, house.alice, closed(house, session, mlops, "2026-Q1"), at=NOW)
        card = board_of(session, house.team(session)).quarters[0].cards[0]
        find_card(session, house.mine, card.id).step = "mon-retired@2"
        session.flush()
        row = closed(house, session, mlops, "2026-Q2")
        assert "mon-retired@2" not in {action.id for action in result_of(session, row).sheet.actions}
        left = next(c for c in board_of(session, house.team(session)).cards if c.id == card.id)
        assert (left.known, left.title) == (False, "mon-retired@2")


def test_a_pulse_compares_its_questions_and_can_only_withdraw_a_stage(house: House, mlops: Questionnaire) -> None:
    gate = next(name for name, _ in mlops.gates(1) if name in mlops.pulse)
    with writing(house.engine) as session:
        full = closed(house, session, mlops, "2026-Q1", level=2)
        up = closed(house, session, mlops, "2026-Q2", level=3, variant="pulse")
        down = closed(house, session, mlops, "2026-Q3", level=2, levels={gate: 0}, variant="pulse")
        stages = [result_of(session, row).scorecard.stage for row in (full, up, down)]
        assert [stage.supported for stage in stages if stage] == [2, 2, 2]
        assert [stage.withdrawn for stage in stages if stage] == [(), (), (gate,)]
        change = result_of(session, up).sheet.change
        assert change is not None
        assert sum(d.common for d in change.dimensions.values()) == len(mlops.pulse)
        assert all(d.official is None for d in change.dimensions.values())
        # the next full one is compared with the last full one
        again = result_of(session, closed(house, session, mlops, "2026-Q4", level=2)).sheet.change
        assert again is not None
        assert str(again.previous) == "2026-Q1"


def test_a_record_from_before_the_action_does_not_verify_it(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        first = closed(house, session, mlops, "2026-Q1", level=2)
        accept_plan(session, house.alice, first, at=NOW)
        cards = [c for c in board_of(session, house.team(session)).cards if c.step.endswith("@3")][:2]
        for card in cards:
            row = find_card(session, house.mine, card.id)
            form = replace(form_of(row), state="reported_done", started=dt.date(2026, 4, 10))
            change_card(session, house.bob, row, form, at=NOW)
        early, late = (EvidenceItem("Record", "wiki", dt.date(2026, 4, day), None) for day in (9, 11))
        shown = {cards[0].question: early, cards[1].question: late}
        levels = dict.fromkeys(shown, 3)
        checked = closed(house, session, mlops, "2026-Q2", level=2, levels=levels, shown=shown)
        states = {action.id: action.status for action in result_of(session, checked).sheet.actions}
    assert [states[card.step] for card in cards] == ["not_confirmed", "verified"]
