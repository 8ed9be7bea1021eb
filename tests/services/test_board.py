"""The board: a plan is a proposal until it is accepted, cards are the team's, and nobody overwrites anybody."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.planner.plan import plan
from app.services.actors import OPERATOR
from app.services.board import Board, Card, board_of, find_card
from app.services.board_cards import (
    CardForm,
    add_action,
    change_card,
    drop_card,
    form_of,
    pin_card,
    quarter_given,
    unpin,
)
from app.services.board_plans import Targets, accept_plan, plans_of, replan
from app.services.errors import NotThere, NotValid, WrongMoment
from app.services.results import result_of
from app.services.teams import make_team
from app.store.errors import NotFound, VersionConflict
from app.store.lookups import assessments, board, people
from app.store.record.requests import audit_page
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.unit_of_work import Session, reading, writing
from tests.services.conftest import NOW, House
from tests.services.quarters import closed


def _accepted(house: House, session: Session, mlops: Questionnaire) -> Board:
    accept_plan(session, house.alice, closed(house, session, mlops), at=NOW)
    return board_of(session, house.team(session))


def _row(house: House, session: Session, card: Card) -> CardRow:
    return find_card(session, house.mine, card.id)


def _first(board_now: Board) -> Card:
    return board_now.quarters[0].cards[0]


def test_a_board_is_empty_before_a_plan_is_accepted(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        empty = board_of(session, house.team(session))
        assert (empty.plan, empty.cards, empty.quarters) == (None, (), ())
        with pytest.raises(WrongMoment, match="before the first full assessment"):
            replan(session, house.team(session))
        closed(house, session, mlops)
        assert replan(session, house.team(session)).quarters
        assert board_of(session, house.team(session)).cards == ()


def test_an_untouched_proposal_is_the_plan_of_the_report(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = closed(house, session, mlops)
        result = result_of(session, row)
        proposed = replan(session, house.team(session))
    assert tuple(quarter for _, quarter in proposed.quarters) == result.roadmap.quarters
    assert [str(when) for when, _ in proposed.quarters] == ["2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"]
    assert (proposed.price, proposed.price_of_year, proposed.refused) == (0, 0, ())
    assert proposed.capacity_days == 24
    assert proposed.deferred == result.roadmap.deferred


def test_the_board_tells_each_action_with_its_reasons(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        now = _accepted(house, session, mlops)
        roadmap = result_of(session, _last(session, house)).roadmap
    planned = {a.id: (a, q) for q in roadmap.quarters for a in q.actions}
    assert {card.step for card in now.cards} == set(planned)
    for card in now.cards:
        action, quarter = planned[card.step]
        assert (card.title, card.days, card.points) == (action.title, action.days, action.points)
        assert card.reasons == action.reasons
        assert card.why.endswith(f"{action.points} point{'' if action.points == 1 else 's'}")
        assert tuple(link.step for link in card.needs) == action.needs
        assert tuple(link.step for link in card.unlocks) == action.unlocks
        assert card.quarter == Quarter(2026, 3).after(quarter.number)
        assert (card.state, card.backlog, card.pinned, card.known) == ("planned", action.backlog, False, True)
    assert {card.backlog for card in now.leadership} == {"leadership"}
    for told, quarter in zip(now.quarters, roadmap.quarters, strict=True):
        assert [c.step for c in told.cards] == [a.id for a in quarter.actions if a.backlog == "team"]
        assert (told.days, told.stage_before, told.stage_after) == (
            quarter.days,
            quarter.stage_before,
            quarter.stage_after,
        )
        assert told.dimensions == quarter.dimensions
    assert now.counts["planned"] == len(now.cards)
    assert now.capacity_days == 24


def _last(session: Session, house: House) -> AssessmentRow:
    return assessments.assessments_of_team(session, house.team(session).id)[-1]


def test_a_card_takes_what_a_team_says_of_it(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        card = _first(_accepted(house, session, mlops))
        row = _row(house, session, card)
        form = replace(
            form_of(row),
            state="in_progress",
            owner="Dora",
            due=dt.date(2026, 12, 1),
            link="https://tracker.example/7",
            note="Begun with the small model",
            effort_days=Decimal("2.5"),
            quarter=Quarter(2027, 1),
        )
        assert change_card(session, house.bob, row, form, at=NOW, version=card.version) == card.version + 1
        now = next(c for c in board_of(session, house.team(session)).cards if c.id == card.id)
        assert (now.state, now.owner, now.due, now.started) == ("in_progress", "Dora", form.due, NOW.date())
        assert (now.link, now.note, now.effort_days) == (form.link, form.note, form.effort_days)
        assert (now.quarter, now.version) == (form.quarter, card.version + 1)
        assert "action.changed" in [line.event for line in audit_page(session, house.mine)]


def test_the_loser_of_two_writers_is_told_and_changes_nothing(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        card = _first(_accepted(house, session, mlops))
        row = _row(house, session, card)
        change_card(session, house.alice, row, CardForm("planned", owner="Alice"), at=NOW, version=card.version)
        with pytest.raises(VersionConflict) as lost:
            change_card(session, house.bob, row, CardForm("planned", owner="Bob"), at=NOW, version=card.version)
        assert lost.value.version == card.version + 1
        for move in (pin_card, drop_card, unpin):
            with pytest.raises(VersionConflict):
                move(session, house.bob, row, at=NOW, version=card.version)
        assert _row(house, session, card).owner == "Alice"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (CardForm("verified"), "status"),
        (CardForm("done"), "status"),
        (CardForm("planned", effort_days=Decimal(-1)), "effort_days"),
        (CardForm("planned", effort_days=Decimal("NaN")), "effort_days"),
        (CardForm("planned", link="javascript:alert(1)"), "link"),
        (CardForm("planned", link="https://"), "link"),
        (CardForm("planned", link="http://[bad"), "link"),
        (CardForm("planned", owner="x" * 201), "owner"),
        (CardForm("planned", note="x" * 2001), "note"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_field(
    house: House, mlops: Questionnaire, form: CardForm, field: str
) -> None:
    with writing(house.engine) as session:
        row = _row(house, session, _first(_accepted(house, session, mlops)))
        with pytest.raises(NotValid) as refused:
            change_card(session, house.bob, row, form, at=NOW)
        assert refused.value.field == field


def test_a_quarter_is_read_or_refused() -> None:
    assert quarter_given(" 2026-Q4 ") == Quarter(2026, 4)
    assert quarter_given("") is None
    with pytest.raises(NotValid):
        quarter_given("next")


def test_pins_and_drops_are_kept_by_the_next_plan_and_have_their_price(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        now = _accepted(house, session, mlops)
        out = now.quarters[0].cards[0]
        kept = next(c for q in now.quarters[2:] for c in q.cards if c.step.endswith("@2"))
        drop_card(session, house.bob, _row(house, session, out), at=NOW)
        pin_card(session, house.bob, _row(house, session, kept), at=NOW)
        proposed = replan(session, house.team(session))
        first = {a.id for a in proposed.quarters[0][1].actions}
        assert (kept.step in first, proposed.pins, proposed.drops) == (True, (kept.step,), (out.step,))
        assert out.step not in {a.id for _, q in proposed.quarters for a in q.actions}
        result = result_of(session, _last(session, house))
        free = plan(result.sheet, result.scorecard, mlops)
        assert proposed.price == free.quarters[0].points - proposed.quarters[0][1].points > 0
        assert proposed.price_of_year == sum(q.points for q in free.quarters) - proposed.points
        again = board_of(session, house.team(session))
        assert [c.step for c in again.dropped] == [out.step]
        unpin(session, house.bob, _row(house, session, out), at=NOW)
        unpin(session, house.bob, _row(house, session, kept), at=NOW)
        assert replan(session, house.team(session)).price == 0


def test_a_pin_that_cannot_be_held_is_named_and_stops_the_acceptance(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        now = _accepted(house, session, mlops)
        late = next(c for q in now.quarters for c in q.cards if c.step.endswith("@3"))
        pin_card(session, house.bob, _row(house, session, late), at=NOW)
        proposed = replan(session, house.team(session))
        assert [(r.step, r.title) for r in proposed.refused] == [(late.step, late.title)]
        assert "cannot be in the first quarter" in proposed.refused[0].why
        with pytest.raises(WrongMoment, match="unpin it first"):
            accept_plan(session, house.alice, _last(session, house), at=NOW)
        assert len(plans_of(session, house.team(session))) == 1


def test_another_capacity_and_target_give_another_plan_and_store_nothing(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = closed(house, session, mlops)
        small = replan(session, house.team(session), capacity_days=Decimal(5))
        large = replan(session, house.team(session), capacity_days=Decimal(60), targets=Targets(2, {"mon-drift": 4}))
        assert small.capacity_days == 5
        assert all(quarter.days <= 5 for _, quarter in small.quarters)
        assert large.points > small.points
        levels = {a.id for _, q in large.quarters for a in q.actions}
        assert not {step for step in levels if step.endswith(("@3", "@4")) and not step.startswith("mon-drift")}
        assert replan(session, row).targets == Targets(3, {})
        for bad in (Targets(0), Targets(3, {"nothing": 2}), Targets(3, {"mon-drift": 5})):
            with pytest.raises(NotValid):
                replan(session, row, targets=bad)
        for days in (Decimal(-1), Decimal("Infinity")):
            with pytest.raises(NotValid):
                replan(session, row, capacity_days=days)
        assert board_of(session, house.team(session)).cards == ()


def test_without_a_stated_capacity_the_plan_asks_for_it(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = closed(house, session, mlops, capacity=None)
        with pytest.raises(NotValid) as asked:
            replan(session, row)
        assert asked.value.field == "capacity_days"
        accept_plan(session, house.alice, row, at=NOW, capacity_days=Decimal(20))
        assert board_of(session, house.team(session)).capacity_days == 20


def test_accepted_plans_are_kept_as_they_were_accepted(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = closed(house, session, mlops)
        proposals = [replan(session, row), replan(session, row, capacity_days=Decimal(40), targets=Targets(2))]
        accept_plan(session, house.alice, row, at=NOW)
        later = NOW + dt.timedelta(days=1)
        accept_plan(session, house.alice, row, at=later, capacity_days=Decimal(40), targets=Targets(2))
        kept = plans_of(session, house.team(session))
    assert [plan.quarters for plan in reversed(kept)] == [p.quarters for p in proposals]
    assert (kept[0].accepted_at, kept[0].accepted_by) == (later, house.alice.user_id)
    assert (kept[0].capacity_days, kept[0].targets, kept[0].basis) == (40, Targets(2, {}), Quarter(2026, 3))
    assert kept[0].points == proposals[1].points


def test_a_new_plan_moves_only_what_has_not_begun(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        now = _accepted(house, session, mlops)
        begun, waiting = now.quarters[1].cards[0], now.quarters[-1].cards[-1]
        row = _row(house, session, begun)
        change_card(session, house.bob, row, replace(form_of(row), state="in_progress"), at=NOW)
        accept_plan(session, house.alice, _last(session, house), at=NOW, capacity_days=Decimal(3))
        after = {c.id: c for c in board_of(session, house.team(session)).cards}
        assert (after[begun.id].state, after[begun.id].quarter) == ("in_progress", begun.quarter)
        assert after[waiting.id].quarter is None
        assert waiting.id in {c.id for c in board_of(session, house.team(session)).later}


def test_a_team_adds_an_action_of_its_own(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        team = house.team(session)
        with pytest.raises(WrongMoment):
            add_action(session, house.bob, team, "mon-drift@2", at=NOW)
        now = _accepted(house, session, mlops)
        there = {card.step for card in now.cards}
        step = next(s.id for s in mlops.steps.values() if s.id not in there and s.to_level == 4)
        added = add_action(session, house.bob, team, step, at=NOW)
        card = next(c for c in board_of(session, team).cards if c.step == step)
        assert (card.pinned, card.points, card.why, str(card.quarter)) == (True, None, "Added by the team", "2026-Q4")
        assert (card.days, card.id) == (mlops.steps[step].days, added.public_id)
        with pytest.raises(WrongMoment, match="on the board already"):
            add_action(session, house.bob, team, step, at=NOW)
        with pytest.raises(NotThere):
            add_action(session, house.bob, team, "nothing@1", at=NOW)
        drop_card(session, house.bob, added, at=NOW)
        assert add_action(session, house.bob, team, step, at=NOW).pinned is True


def test_what_has_begun_is_not_dropped_and_what_is_done_is_not_pinned(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = _row(house, session, _first(_accepted(house, session, mlops)))
        change_card(session, house.bob, row, CardForm("reported_done"), at=NOW)
        with pytest.raises(WrongMoment, match="has begun"):
            drop_card(session, house.bob, row, at=NOW)
        with pytest.raises(WrongMoment, match="nothing left to plan"):
            pin_card(session, house.bob, row, at=NOW)


def test_the_board_of_others_is_not_there(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        card = _first(_accepted(house, session, mlops))
        theirs = make_team(session, OPERATOR, people.organization(session, "other"), "Theirs", at=NOW)
        assert board_of(session, theirs).cards == ()
        with pytest.raises(NotFound):
            find_card(session, house.theirs, card.id)


def test_a_dropped_card_is_no_promise_that_the_next_close_checks(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        now = _accepted(house, session, mlops)
        gone, stays = now.quarters[0].cards[:2]
        drop_card(session, house.bob, _row(house, session, gone), at=NOW)
        row = closed(house, session, mlops, "2026-Q4")
        steps = {action.step for action in board.reported_actions(session, row.id)}
        assert (gone.step in steps, stays.step in steps) == (False, True)


def test_a_board_reads_without_writing(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        _accepted(house, session, mlops)
    with reading(house.engine) as session:
        assert board_of(session, house.team(session)).cards
        assert replan(session, house.team(session)).quarters


def test_a_plan_that_was_overtaken_is_not_accepted(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = closed(house, session, mlops, "2026-Q2")
        closed(house, session, mlops, "2026-Q3")
        assert replan(session, row).quarters
        with pytest.raises(WrongMoment, match="later assessment"):
            accept_plan(session, house.alice, row, at=NOW)
