"""Who asks for a room: a participant by the token of their seat, or a person who runs it."""

from dataclasses import dataclass

from flask import request

from app.accounts.gate import present_actor
from app.accounts.permissions import Capability, require
from app.accounts.tokens import PREFIX
from app.live.presence import Listener
from app.services.rooms.entering import leads_to, seat_of_token
from app.store.errors import NotFound
from app.store.lookups import assessments
from app.store.lookups.rooms import Seat, room_by_key
from app.store.tables.room import RoomRow
from app.web.access import NotSignedIn
from app.web.stage import count_wrong_code, open_room_of, seat_in, seat_listener, stage_listener
from app.web.units import session


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who may see a room. ``seat`` None: somebody who runs it, and has no vote here."""

    room: RoomRow
    seat: Seat | None

    @property
    def listener(self) -> Listener:
        """The same for a stream."""
        return stage_listener() if self.seat is None else seat_listener(self.seat)


def seat_here(code: str) -> Seat:
    """The participant who asks; nobody's token but a participant's will do.

    Raises NotSignedIn, NotFound for another room's code, TooManyTries for who guesses.
    """
    if request.authorization is None and "Authorization" not in request.headers:
        return seat_in(code)  # a page of ours
    token = _token()
    if not token or token.startswith(PREFIX):
        raise NotSignedIn
    try:
        seat = seat_of_token(session(), token)
    except NotFound:
        raise NotSignedIn from None
    if not leads_to(session(), code, seat):
        count_wrong_code()
        raise NotFound("room")
    return seat


def watcher_here(code: str) -> Watcher:
    """Who asks to see the room: a participant, or somebody who runs it. Raises as ``seat_here``, and NotAllowed."""
    if not _token().startswith(PREFIX):
        try:
            seat = seat_here(code)
        except (NotSignedIn, NotFound):
            if "Authorization" in request.headers or present_actor() is None:
                raise
        else:
            return Watcher(room_by_key(session(), seat.room_id), seat)
    actor = present_actor()
    if actor is None:
        raise NotSignedIn
    room = open_room_of(code)
    if actor.membership_in(room.organization_id) is None:
        raise NotFound("room")
    team = assessments.assessment_by_key(session(), room.assessment_id).team_id
    require(actor, Capability.RUN_ROOM, room.organization_id, team)
    return Watcher(room, None)


def _token() -> str:
    """The bearer token of the request, empty without one."""
    authorization = request.authorization
    return (authorization.token or "") if authorization is not None and authorization.type == "bearer" else ""
