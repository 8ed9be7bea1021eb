"""A room is opened for an assessment, found by its code, handed over, taken over and closed."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from app.services.actors import Actor
from app.services.assessments import hold_open, questionnaire_for
from app.services.errors import NotValid
from app.services.rooms.errors import RoomClosed
from app.store.errors import NotFound
from app.store.lookups import assessments, people
from app.store.lookups.rooms import hold_room
from app.store.record import add_once
from app.store.record.requests import log
from app.store.record.rooms import end_room, raise_revision
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session

#: No vowels, so that no code is a word; no I, L, O or digits, so that none is misread.
LETTERS = "BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 8
_HALF = CODE_LENGTH // 2
MOST_EXPECTED = 5000
_LEAST_MINUTES, _MOST_MINUTES = 5, 600
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """An open room: its code as it is shown, the room, and its revision; ``anew``: it was made or opened again."""

    code: str
    room: RoomRow
    revision: int
    anew: bool


def open_room(
    session: Session,
    actor: Actor,
    assessment: AssessmentRow,
    *,
    time_box_minutes: int | None = None,
    at: dt.datetime,
) -> Opened:
    """Open the room of an open assessment; again gives the same room and code, a closed one gets a new code.

    Raises NotYetOpen, AssessmentFrozen, NotValid for a time box outside 5 to 600 minutes.
    """
    if time_box_minutes is not None and not _LEAST_MINUTES <= time_box_minutes <= _MOST_MINUTES:
        raise NotValid("time_box_minutes", f"a time box is {_LEAST_MINUTES} to {_MOST_MINUTES} minutes")
    held = hold_open(session, assessment, alone=True)
    try:
        room = hold_room(session, held.id)
    except NotFound:
        room = RoomRow(organization_id=held.organization_id, assessment_id=held.id, opened_at=at, phase="closed")
        room.revision = 0
        room.time_box_minutes = held.time_box_minutes
    anew = room.phase == "closed"
    changed = anew or time_box_minutes not in {None, room.time_box_minutes}
    if time_box_minutes is not None:
        room.time_box_minutes = time_box_minutes
    if anew:
        room.phase, room.question, room.closed_at, room.undoable = "lobby", None, None, None
        room.facilitator_id = actor.user_id
        _give_code(session, room)
    if changed:
        room.revision += 1
        session.flush()
        _log(session, actor, held, "opened" if anew else "time_box", at)
    return Opened(shown_code(room.code or ""), room, room.revision, anew)


def find_room(session: Session, code: str) -> RoomRow:
    """The open room of a code, however it was typed; raises NotFound. Wrong codes are for the caller to count."""
    plain = plain_code(code)
    if len(plain) != CODE_LENGTH or not set(plain) <= set(LETTERS):
        raise NotFound("room")  # databases refuse some characters
    return assessments.room_by_code(session, plain)


def room_of_assessment(session: Session, assessment: AssessmentRow) -> RoomRow:
    """The room of an assessment, open or closed; raises NotFound."""
    return assessments.room_of(session, assessment.id)


def plain_code(code: str) -> str:
    """A code as it is kept: capital letters without spaces and hyphens."""
    return "".join(letter for letter in code.upper() if not letter.isspace() and letter not in "-\u2010\u2011\u2013")


def shown_code(code: str) -> str:
    """A code as people read it: ``BCDF-GHJK``."""
    return f"{code[:_HALF]}-{code[_HALF:]}" if code else ""


def expect(session: Session, actor: Actor, room: RoomRow, expected: Mapping[str, int], *, at: dt.datetime) -> int:
    """Say how many of each role family are expected; the new revision. Raises NotValid, RoomClosed."""
    held, mine = hold(session, room)
    families = [family.id for family in questionnaire_for(session, held).families]
    for family, count in expected.items():
        if family not in families:
            raise NotValid("expected", f"there is no role family {family!r}; choose {', '.join(families)}")
        if not 0 <= count <= MOST_EXPECTED:
            raise NotValid("expected", f"write a number from 0 to {MOST_EXPECTED:,}")
    mine.expected = {family: expected[family] for family in families if expected.get(family)}
    return _changed(session, actor, held, mine, "expects", at)


def hand_over(session: Session, actor: Actor, room: RoomRow, to: int, *, at: dt.datetime) -> int:
    """Make another person (inner key) the one who leads the room; the new revision.

    Whether that person may facilitate this team is the caller's to judge. Raises NotFound for a stranger, RoomClosed.
    """
    held, mine = hold(session, room)
    people.membership(session, held.organization_id, to)
    mine.facilitator_id = to
    return _changed(session, actor, held, mine, "handed_over", at)


def take_over(session: Session, actor: Actor, room: RoomRow, *, at: dt.datetime) -> int:
    """Lead the room oneself from now on, wherever the other is; the new revision. Raises NotFound, RoomClosed."""
    held, mine = hold(session, room)
    if actor.user_id is not None:
        people.membership(session, held.organization_id, actor.user_id)
    if mine.facilitator_id == actor.user_id:
        return mine.revision
    mine.facilitator_id = actor.user_id
    return _changed(session, actor, held, mine, "taken_over", at)


def close_room(session: Session, actor: Actor, room: RoomRow, *, at: dt.datetime) -> int:
    """Close the room: its code dies, votes stay; the new revision. Raises RoomClosed."""
    held, mine = hold(session, room)
    revision = end_room(session, held.id, at=at)
    session.refresh(mine)
    _log(session, actor, held, "closed", at)
    return revision or mine.revision


def hold(session: Session, room: RoomRow) -> tuple[AssessmentRow, RoomRow]:
    """The assessment, held alone, and then its room; raises RoomClosed, AssessmentFrozen."""
    held = hold_open(session, assessments.assessment_by_key(session, room.assessment_id), alone=True)
    mine = hold_room(session, held.id)
    if mine.phase == "closed":
        raise RoomClosed
    return held, mine


def _give_code(session: Session, room: RoomRow) -> None:
    """A code that no open room has; a clash is rarer than a wrong turn of the press, and tried again."""
    for _ in range(_TRIES):
        room.code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if add_once(session, room):
            return
    raise NotValid("code", "no free code was found; try again")


def _changed(
    session: Session, actor: Actor, assessment: AssessmentRow, room: RoomRow, event: str, at: dt.datetime
) -> int:
    session.flush()
    revision = raise_revision(session, room.id)
    session.refresh(room)
    _log(session, actor, assessment, event, at)
    return revision or room.revision


def _log(session: Session, actor: Actor, row: AssessmentRow, event: str, at: dt.datetime) -> None:
    log(session, row.organization_id, f"room.{event}", at=at, actor_id=actor.user_id, target=row.public_id)
