"""What the last assessment left is looked at first: actions are said to be done, and taken back."""

import datetime as dt

import pytest

from app.domain.answers import Bet
from app.services.agreeing import make_bets
from app.services.board_cards import change_card, form_of
from app.services.board_plans import new_card
from app.services.closing import close_assessment
from app.services.errors import NotThere, WrongMoment
from app.services.rooms.agenda import agenda_of
from app.services.rooms.last_plan import OpenAction, open_actions, open_bets, say_done
from app.services.rooms.moves import undo
from app.store.errors import VersionConflict
from app.store.tables.board import CardRow
from app.store.unit_of_work import writing
from tests.services.conftest import KEY, NOW, House
from tests.services.rooms.conftest import Hall, Q, hall


def _card(here: Hall, step: str, quarter: str = "2026-Q3", **columns: object) -> CardRow:
    card = new_card(here.assessment.organization_id, here.assessment.team_id, step, quarter)
    for name, value in columns.items():
        setattr(card, name, value)
    here.session.add(card)
    here.session.flush()
    return card


def test_an_open_action_is_said_to_be_done_and_taken_back(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        card = _card(here, f"{Q}@2", owner="Mira")
        assert open_actions(session, here.assessment) == (
            OpenAction(card.public_id, f"{Q}@2", "Mira", said_done=False),
        )
        before = here.state.revision
        say_done(session, house.alice, here.opened.room, card.public_id, at=NOW)
        assert here.state.revision == before + 1
        assert (card.state, card.started, card.owner) == ("reported_done", None, "Mira")
        assert open_actions(session, here.assessment)[0].said_done
        assert agenda_of(session, here.assessment).actions == (f"{Q}@2",)
        with pytest.raises(WrongMoment):
            say_done(session, house.alice, here.opened.room, card.public_id, at=NOW)
        undo(session, house.alice, here.opened.room, at=NOW)
        assert (card.state, card.started, card.owner) == ("planned", None, "Mira")


def test_what_was_begun_keeps_its_day(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        began = dt.date(2026, 7, 4)
        card = _card(here, f"{Q}@2", state="in_progress", started=began)
        say_done(session, house.alice, here.opened.room, card.public_id, at=NOW)
        assert card.started == began
        undo(session, house.alice, here.opened.room, at=NOW)
        assert (card.state, card.started) == ("in_progress", began)


def test_what_somebody_changed_meanwhile_is_not_overwritten_by_taking_back(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        card = _card(here, f"{Q}@2")
        say_done(session, house.alice, here.opened.room, card.public_id, at=NOW)
        change_card(session, house.bob, card, form_of(card), at=NOW)
        with pytest.raises(VersionConflict):
            undo(session, house.alice, here.opened.room, at=NOW)
        assert card.state == "reported_done"


def test_only_open_actions_of_this_team_can_be_said_to_be_done(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        later, checked = _card(here, f"{Q}@3", "2026-Q4"), _card(here, f"{Q}@1", state="verified")
        assert open_actions(session, here.assessment) == ()
        for action in (later.public_id, checked.public_id, "no-such-action"):
            with pytest.raises(NotThere):
                say_done(session, house.alice, here.opened.room, action, at=NOW)


def test_the_bets_of_the_last_full_assessment_are_open(house: House) -> None:
    with writing(house.engine) as session:
        past = house.begin(session, "2026-Q2")
        make_bets(session, house.alice, past, [Bet(Q, 3)], at=NOW)
        close_assessment(session, house.alice, past, at=NOW, key=KEY)
        assert open_bets(session, hall(house, session).assessment) == (Bet(Q, 3),)
        assert open_bets(session, past) == ()
