"""A rehearsal: seven simulated people, nothing that counts, nothing that stays."""

import datetime as dt
from collections.abc import Callable

import pytest

from app.services.assessments import list_assessments
from app.services.closing import close_assessment
from app.services.errors import NotAllowedHere, NotValid, WrongMoment
from app.services.rooms.agenda import refresh_agenda
from app.services.rooms.moves import ask, reveal, vote_again
from app.services.rooms.rehearsal import Rehearsal, end_rehearsal, is_rehearsal, simulate_votes, start_rehearsal
from app.services.rooms.states import shared_state
from app.services.rooms.wording import state_json
from app.services.teams import list_teams
from app.store.lookups import people, teams
from app.store.tables.people import MembershipTeamRow
from app.store.unit_of_work import Session, writing
from tests.services.conftest import KEY, NOW, PACK, House
from tests.services.rooms.conftest import Q, hall


def _begin(session: Session, house: House, seed: int = 1, at: dt.datetime = NOW) -> Rehearsal:
    whose = people.organization(session, "example")
    return start_rehearsal(session, house.alice, whose, questionnaire=PACK, seed=seed, at=at)


def _played(session: Session, house: House, seed: int) -> list[object]:
    begun = _begin(session, house, seed)
    room = begun.room.room
    agenda = refresh_agenda(session, house.alice, room, at=NOW)
    ask(session, house.alice, room, Q, at=NOW)
    simulate_votes(session, room, seed=seed)
    first = reveal(session, house.alice, room, at=NOW)
    vote_again(session, house.alice, room, at=NOW)
    simulate_votes(session, room, seed=seed)
    second = reveal(session, house.alice, room, at=NOW)
    return [agenda, *({**state_json(s), "revision": 0} for s in (first, second))]


def test_a_rehearsal_shows_the_whole_thing_and_is_the_same_for_a_seed(house: House) -> None:
    with writing(house.engine) as session:
        first, second, other = (_played(session, house, seed) for seed in (1, 1, 2))
        assert first == second != other
        assert isinstance(first[1], dict)
        assert first[1]["joined"] == first[1]["voted"] == 7
        assert first[1]["distribution"]


def test_a_rehearsal_is_listed_nowhere_never_closed_and_gone_when_it_ends(house: House) -> None:
    with writing(house.engine) as session:
        whose = people.organization(session, "example")
        begun = _begin(session, house)
        assert is_rehearsal(session, begun.assessment)
        assert [t.name for t in list_teams(session, whose.id)] == ["Forecasting"]
        member = people.membership(session, whose.id, house.alice.user_id or 0)
        assert [t.name for t in people.teams_of_member(session, member)] == ["Forecasting"]
        with pytest.raises(WrongMoment, match="rehearsal"):
            close_assessment(session, house.alice, begun.assessment, at=NOW, key=KEY)
        end_rehearsal(session, house.alice, begun.room.room, at=NOW)
        assert teams.rehearsals(session, whose.id) == []
        assert list_assessments(session, house.team(session)) == []


def test_yesterdays_rehearsals_go_when_another_begins(house: House) -> None:
    with writing(house.engine) as session:
        old = _begin(session, house).assessment.team_id
        young = _begin(session, house, at=NOW + dt.timedelta(hours=20)).assessment.team_id
        _begin(session, house, at=NOW + dt.timedelta(days=1))
        left = {t.id for t in teams.rehearsals(session, house.mine)}
        assert old not in left
        assert young in left


def test_nobody_is_simulated_where_people_vote(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, ["platform"])
        here.ask()
        moves: list[Callable[[], object]] = [
            lambda: simulate_votes(session, here.opened.room),
            lambda: end_rehearsal(session, house.alice, here.opened.room, at=NOW),
        ]
        for refused in moves:
            with pytest.raises(NotAllowedHere):
                refused()
        assert here.state.voted == 0
        begun = _begin(session, house)
        assert simulate_votes(session, begun.room.room) is None
        with pytest.raises(NotValid):
            start_rehearsal(
                session,
                house.alice,
                people.organization(session, "example"),
                questionnaire=PACK,
                at=NOW,
                participants=2,
            )


def test_a_facilitator_of_given_teams_is_let_in(house: House) -> None:
    with writing(house.engine) as session:
        member = people.membership(session, house.mine, house.alice.user_id or 0)
        member.all_teams = False
        session.flush()
        begun = _begin(session, house)
        mine = {row.team_id for row in session.query(MembershipTeamRow).filter_by(membership_id=member.id)}
        assert begun.assessment.team_id in mine
        assert shared_state(session, begun.room.room).joined == 7
