"""What a room writes: votes with whether they count anew, the revision, what was shown, further devices."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.domain.answers import Answer
from app.store.lookups.rooms import Seat
from app.store.record import changed_rows
from app.store.record.answers import record_vote_of, vote_values
from app.store.tables.answering import VoteRow, VotingRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import DeviceRow, RoomRow
from app.store.unit_of_work import plainly

_QUIET = {"synchronize_session": False}
_ROOMS: Any = RoomRow.__table__
_RAISE = (
    update(_ROOMS)
    .where(_ROOMS.c.id == bindparam("room"))
    .values(revision=_ROOMS.c.revision + 1)
    .returning(_ROOMS.c.revision)
)
_RAISE_ASKING = _RAISE.where(
    _ROOMS.c.phase == "voting", _ROOMS.c.question == bindparam("asked"), _ROOMS.c.voting == bindparam("number")
)
Outcome = Literal["new", "changed", "kept"]


def cast_vote(  # noqa: PLR0913 - the key of a vote, and what it says
    session: Session,
    seat: Seat,
    question: str,
    voting: int,
    answer: Answer,
    *,
    comment: str | None = None,
    seq: int | None = None,
    voted: bool = False,
    keep_comment: bool = False,
) -> Outcome:
    """Store one vote: whether it is the first of its participant there, replaces one, or came late and changes nothing.

    ``seq`` as for ``record_vote``. ``voted``: there was a vote already, by ``Standing``. ``keep_comment``: what was
    written with it stays, without it there is none. Whether votes are taken is the caller's to judge, holding the
    assessment.
    """
    owner = (seat.assessment_id, seat.organization_id, seat.participant_id)
    values = vote_values(owner, question, voting, answer, comment)
    if not voted:
        first = _first_vote(session.connection().dialect.name, tuple(values))
        if plainly(session, first, {**values, "seq": seq or 0}).first() is not None:
            return "new"
    return "changed" if record_vote_of(session, values, seq, keep_comment=keep_comment) else "kept"


@cache
def _first_vote(dialect: str, names: tuple[str, ...]) -> ReturningInsert[Any]:
    """An INSERT that gives way to what is there; made once, since making it takes longer than running it."""
    table: Any = VoteRow.__table__
    statement = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    del names  # part of the key only: the values of an execution name its columns
    return statement.on_conflict_do_nothing().returning(table.c.voting)


def raise_revision(session: Session, room_id: int, *, asking: tuple[str, int] | None = None) -> int | None:
    """Raise the revision by one; the new one. ``asking``: only where this question and voting are being asked."""
    if asking is None:
        found = plainly(session, _RAISE, {"room": room_id})
    else:
        found = plainly(session, _RAISE_ASKING, {"room": room_id, "asked": asking[0], "number": asking[1]})
    revision: int | None = found.scalar()
    return revision


def first_answer(session: Session, assessment_id: int) -> None:
    """Fix the terms of an assessment, which is held alone."""
    statement = update(AssessmentRow).where(AssessmentRow.id == assessment_id).values(first_answer=True)
    session.execute(statement, execution_options=_QUIET)


def mark_shown(session: Session, assessment_id: int, question: str, shown: Mapping[int, str | None]) -> None:
    """Keep what a room saw of the votings of a question, by number."""
    for number, what in sorted(shown.items()):
        statement = update(VotingRow).where(
            VotingRow.assessment_id == assessment_id, VotingRow.question == question, VotingRow.number == number
        )
        session.execute(statement.values(shown=what))


def forget_voting(session: Session, assessment_id: int, question: str, number: int) -> None:
    """Unmake a voting that nobody has voted in."""
    session.execute(
        delete(VotingRow).where(
            VotingRow.assessment_id == assessment_id, VotingRow.question == question, VotingRow.number == number
        )
    )


def end_room(session: Session, assessment_id: int, *, at: dt.datetime) -> int | None:
    """Close the room of an assessment, if it has an open one: its code dies; the new revision, or None."""
    statement = (
        update(RoomRow)
        .where(RoomRow.assessment_id == assessment_id, RoomRow.closed_at.is_(None))
        .values(phase="closed", code=None, closed_at=at, undoable=None, revision=RoomRow.revision + 1)
    )
    return session.execute(
        statement.returning(RoomRow.revision), execution_options={"synchronize_session": "fetch"}
    ).scalar()


def drop_old_links(session: Session, participant_id: int, now: dt.datetime) -> int:
    """Forget the unused links of a participant that are no longer good; how many."""
    statement = delete(DeviceRow).where(
        DeviceRow.participant_id == participant_id, DeviceRow.token_hash.is_(None), DeviceRow.expires_at <= now
    )
    return changed_rows(session.execute(statement))
