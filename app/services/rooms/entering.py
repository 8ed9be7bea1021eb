"""Coming into a room: by its code without an account, as a signed-in member, or on a further device."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from app.services.actors import Actor
from app.services.assessments import hold_open
from app.services.errors import NotValid
from app.services.joining import Joined, change_role, join_as_guest, join_as_member, joined_as, participant_of
from app.services.rooms.errors import LinkNotGood, RoomClosed, RoomFull
from app.services.rooms.opening import find_room, plain_code
from app.store.errors import KeyReused, NotFound
from app.store.lookups import assessments
from app.store.lookups.rooms import (
    Seat,
    device_by_link,
    joined_count,
    live_links,
    participant_by_key,
    seat_by_token,
    seat_of,
)
from app.store.record.rooms import drop_old_links, raise_revision
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import DeviceRow, RoomRow
from app.store.unit_of_work import Session

MOST_PARTICIPANTS = 5000
LEAST_KEY, MOST_KEY = 16, 200
LINK_MINUTES = 10
_MOST_LINKS = 5
_LINK_BYTES = 32
#: Tokens of people begin otherwise, and no participant's may be taken for one of those by chance.
_SEAT = "seat_"


@dataclass(frozen=True, slots=True)
class Entered:
    """A participant who is in: the seat, what to keep on the device, and what to tell them.

    ``token`` None: known by being signed in. ``anew``: this request brought them in. ``revision`` of the room then.
    """

    seat: Seat
    token: str | None
    role: str
    warning: str | None
    anew: bool
    revision: int


def join_room(session: Session, room: RoomRow, role: str, *, key: bytes, idempotency_key: str, on: dt.date) -> Entered:
    """Come in with a role. The same device-made key gives the same participant and the same token, always.

    ``key`` is the server's. Raises NotValid (a role that is not there, a key under 16 characters), KeyReused (the
    same key with another role), RoomClosed, RoomFull, NotYetOpen, AssessmentFrozen.
    """
    assessment = assessments.assessment_by_key(session, room.assessment_id)
    token = token_for(key, assessment, idempotency_key)
    try:
        seat = seat_by_token(session, token_hash(token))
    except NotFound:
        pass
    else:
        return _again(session, room, seat, token, role)
    _check_space(session, room)
    try:
        joined = join_as_guest(session, assessment, role, on=on, token_hash=token_hash(token))
    except NotValid as error:
        if error.field != "respondent":
            raise
        # A twin of this request was faster.
        return _again(session, room, seat_by_token(session, token_hash(token)), token, role)
    seat = seat_by_token(session, token_hash(token))
    return _entered(session, room, seat, token, joined)


def join_room_as_member(session: Session, actor: Actor, room: RoomRow, role: str, *, on: dt.date) -> Entered:
    """Come in as the signed-in person one is; votes are as secret as anybody's. Again gives the same seat.

    Raises what ``join_room`` raises but KeyReused, RoleFixed for another role after an answer, NotFound for a
    stranger to the organization.
    """
    assessment = assessments.assessment_by_key(session, room.assessment_id)
    try:
        known = participant_of(session, actor, assessment)
    except NotFound:
        _check_space(session, room)
        joined = join_as_member(session, actor, assessment, role, on=on)
        return _entered(session, room, find_member(session, actor, room), None, joined)
    _require_open(room)
    joined = join_as_member(session, actor, assessment, role, on=on)
    return Entered(seat_of(session, known.id), None, joined.role, joined.warning, anew=False, revision=room.revision)


def find_participant(session: Session, code: str, token: str) -> Seat:
    """The seat of a token in the room of this code; raises NotFound. Of a closed room too, whose code is dead."""
    seat = seat_of_token(session, token)
    if not leads_to(session, code, seat):
        raise NotFound("participant")
    return seat


def seat_of_token(session: Session, token: str) -> Seat:
    """The seat of a token in whichever room; raises NotFound."""
    return seat_by_token(session, token_hash(token))


def leads_to(session: Session, code: str, seat: Seat) -> bool:
    """Whether a code is that of the seat's room; of a closed room, whose code is dead, any that opens no other."""
    if seat.code is not None:
        return seat.code == plain_code(code)
    try:
        find_room(session, code)
    except NotFound:
        return True
    return False


def find_member(session: Session, actor: Actor, room: RoomRow) -> Seat:
    """The seat of a signed-in person who has joined; raises NotFound."""
    assessment = assessments.assessment_by_key(session, room.assessment_id)
    return seat_of(session, participant_of(session, actor, assessment).id)


def take_role(session: Session, seat: Seat, role: str) -> Joined:
    """Take another role, such as "not said" after the warning; raises RoleFixed after the first answer, NotValid."""
    assessment = assessments.assessment_by_key(session, seat.assessment_id)
    return change_role(session, assessment, participant_by_key(session, seat.participant_id), role)


def continue_elsewhere(session: Session, seat: Seat, *, at: dt.datetime) -> str:
    """A secret for a link to a further device: good once, for ten minutes. Raises RoomClosed, NotValid for too many."""
    if seat.code is None:
        raise RoomClosed
    drop_old_links(session, seat.participant_id, at)
    if live_links(session, seat.participant_id, at) >= _MOST_LINKS:
        raise NotValid("link", "there are several unused links already; use one of them, or wait ten minutes")
    secret = secrets.token_urlsafe(_LINK_BYTES)
    session.add(
        DeviceRow(
            organization_id=seat.organization_id,
            participant_id=seat.participant_id,
            link_hash=token_hash(secret),
            expires_at=at + dt.timedelta(minutes=LINK_MINUTES),
        )
    )
    session.flush()
    return secret


def arrive(session: Session, link: str, *, key: bytes, idempotency_key: str, at: dt.datetime) -> Entered:
    """Continue as the same participant on this device; the same key again gives the same token.

    Raises NotFound for a link that never was, LinkNotGood when it was used by another device or is too old, RoomClosed.
    """
    device = device_by_link(session, token_hash(link))
    seat = seat_of(session, device.participant_id)
    token = token_for(key, assessments.assessment_by_key(session, seat.assessment_id), idempotency_key)
    anew = device.token_hash is None
    if anew and device.expires_at <= at:
        raise LinkNotGood
    if not anew and device.token_hash != token_hash(token):
        raise LinkNotGood
    room = assessments.room_of(session, seat.assessment_id)
    _require_open(room)
    if anew:
        device.token_hash = token_hash(token)
        session.flush()
    return Entered(seat, token, seat.role, None, anew=anew, revision=room.revision)


def token_for(key: bytes, assessment: AssessmentRow, idempotency_key: str) -> str:
    """The token of a device in one room, made of the server's key and the device's; raises NotValid."""
    if not LEAST_KEY <= len(idempotency_key) <= MOST_KEY:
        raise NotValid("Idempotency-Key", f"send a random key of {LEAST_KEY} to {MOST_KEY} characters")
    said = f"participant\0{assessment.public_id}\0{idempotency_key}".encode()
    made = base64.urlsafe_b64encode(hmac.new(key, said, hashlib.sha256).digest()).rstrip(b"=").decode()
    return f"{_SEAT}{made}"


def token_hash(token: str) -> str:
    """What is kept of a token or link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _again(session: Session, room: RoomRow, seat: Seat, token: str, role: str) -> Entered:
    _require_open(room)
    if seat.role != role:
        raise KeyReused
    assessment = assessments.assessment_by_key(session, seat.assessment_id)
    joined = joined_as(session, assessment, participant_by_key(session, seat.participant_id))
    return Entered(seat, token, joined.role, joined.warning, anew=False, revision=room.revision)


def _entered(session: Session, room: RoomRow, seat: Seat, token: str | None, joined: Joined) -> Entered:
    revision = raise_revision(session, room.id) or room.revision
    return Entered(seat, token, joined.role, joined.warning, anew=True, revision=revision)


def _check_space(session: Session, room: RoomRow) -> None:
    _require_open(room)
    # Who joins holds the assessment together with others; a closing room holds it alone.
    hold_open(session, assessments.assessment_by_key(session, room.assessment_id), alone=False)
    session.refresh(room)
    _require_open(room)
    if joined_count(session, room.assessment_id) >= MOST_PARTICIPANTS:
        raise RoomFull(MOST_PARTICIPANTS)


def _require_open(room: RoomRow) -> None:
    if room.phase == "closed":
        raise RoomClosed
