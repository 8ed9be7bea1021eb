"""The room's own statements on both databases: what counts anew, what is held, what is found by a token."""

import pytest
from sqlalchemy import Engine, text

from app.domain.answers import DontKnow, Level
from app.store.errors import NotFound
from app.store.lookups import teams
from app.store.lookups.rooms import Standing, hold_room, seat_by_token, seat_of, standing, votes_cast
from app.store.record.answers import end_votings, open_voting
from app.store.record.rooms import cast_vote, end_room, first_answer, forget_voting, mark_shown, raise_revision
from app.store.revision import program_revision
from app.store.schema import migrate, step_back
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import DeviceRow, RoomRow
from app.store.unit_of_work import Session, reading, writing
from tests.store import cast


def _room(session: Session) -> tuple[AssessmentRow, RoomRow]:
    row = cast.world(session)
    room = RoomRow(organization_id=row.organization_id, assessment_id=row.id, code="BCDFGHJK", opened_at=cast.NOW)
    session.add(room)
    session.flush()
    return row, room


def test_a_vote_counts_anew_once(engine: Engine) -> None:
    with writing(engine) as session:
        row, room = _room(session)
        seat = seat_of(session, cast.participant(session, row, "r1").id)
        room.phase, room.question = "voting", "q"
        session.flush()
        outcomes = [
            cast_vote(session, seat, "q", 1, answer, seq=seq)
            for answer, seq in ((Level(1), 2), (Level(1), 2), (Level(4), 1), (DontKnow(), 3))
        ]
        assert outcomes == ["new", "kept", "kept", "changed"]
        assert [(c.voting, c.answer) for c in votes_cast(session, row.id)["q"]] == [(1, DontKnow())]
        assert raise_revision(session, room.id, asking=("q", 1)) == 2
        assert raise_revision(session, room.id, asking=("q", 2)) is None
        assert raise_revision(session, room.id) == 3


def test_where_a_question_stands_is_asked_of_the_held_assessment(engine: Engine) -> None:
    with writing(engine) as session:
        row, room = _room(session)
        seat = seat_of(session, cast.participant(session, row, "r1").id)
        other = seat_of(session, cast.participant(session, row, "r2").id)
        assert standing(session, seat, "q", 1, alone=True) == Standing(
            state="open", answered=False, phase="lobby", question=None, voting=1, votings={}, voted=False
        )
        first_answer(session, row.id)
        room.phase, room.question, room.voting = "voting", "q", 2
        end_votings(session, row, "q")
        open_voting(session, row, "q", 2)
        mark_shown(session, row.id, "q", {1: "counts"})
        cast_vote(session, seat, "q", 2, Level(1))
        votings = {1: True, 2: False}
        assert standing(session, seat, "q", 2, alone=False) == Standing(
            state="open", answered=True, phase="voting", question="q", voting=2, votings=votings, voted=True
        )
        assert not standing(session, seat, "q", 1, alone=False).voted
        assert not standing(session, other, "q", 2, alone=False).voted
        assert standing(session, seat, "r", 2, alone=False).votings == {}
        cast_vote(session, seat, "r", 1, Level(1))
        assert not standing(session, seat, "q", 1, alone=False).voted
        forget_voting(session, row.id, "q", 2)
        assert standing(session, seat, "q", 1, alone=False).votings == {1: True}
        assert end_room(session, row.id, at=cast.NOW) == 2
        assert end_room(session, row.id, at=cast.NOW) is None
        assert hold_room(session, row.id).code is None


def test_a_seat_is_found_by_the_token_of_any_device(engine: Engine) -> None:
    with writing(engine) as session:
        row, _ = _room(session)
        who = cast.participant(session, row, "r1")
        who.token_hash = "a" * 64
        session.add(
            DeviceRow(
                organization_id=row.organization_id,
                participant_id=who.id,
                link_hash="b" * 64,
                token_hash="c" * 64,
                expires_at=cast.NOW,
            )
        )
        session.flush()
        assert seat_by_token(session, "a" * 64) == seat_by_token(session, "c" * 64) == seat_of(session, who.id)
        for unknown in ("b" * 64, "d" * 64):
            with pytest.raises(NotFound):
                seat_by_token(session, unknown)


def test_an_older_program_gets_no_rehearsal_to_count(engine: Engine) -> None:
    with writing(engine) as session:
        row, _ = _room(session)
        cast.participant(session, row, "r1")
        team = teams.team_by_key(session, row.team_id)
        team.rehearsal = True
    step_back(engine, "0002")
    with reading(engine) as session:
        for table in ("teams", "assessments", "rooms", "participants"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608
        assert session.scalar(text("SELECT count(*) FROM packs")) == 1
    assert migrate(engine) == program_revision()
