"""Who asks: the seat that this browser keeps, with its assessment and questionnaire."""

import hashlib
import hmac
from dataclasses import dataclass

from flask import Response, g, request

from app.domain.questionnaire import Questionnaire
from app.services.assessments import questionnaire_for
from app.services.rooms.entering import Entered
from app.services.rooms.opening import plain_code
from app.store.errors import NotFound
from app.store.lookups import assessments
from app.store.lookups.rooms import Seat, participant_by_key
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.web.access import NoSeat, NoSuchRoom, NotSignedIn
from app.web.page import see_other
from app.web.stage import COOKIE, keep_seat, open_room_of, seat_in, tell
from app.web.units import session
from app.web.visit import digest_key

ROOM, MINE = "/room", "/room/mine"


@dataclass(frozen=True, slots=True)
class Seated:
    """A participant, the assessment they take part in, and its questionnaire."""

    seat: Seat
    me: ParticipantRow
    assessment: AssessmentRow
    questionnaire: Questionnaire

    @property
    def mark(self) -> str:
        """Names the seat for the phone's own store and tells nobody who sits there."""
        said = f"seat on a phone\0{self.seat.participant_id}".encode()
        return hmac.new(digest_key(), said, hashlib.sha256).hexdigest()[:24]


def my_seat() -> Seat:
    """The seat of the room that the cookie names, looked for once a request; raises NoSeat."""
    if "seat" not in g:
        g.seat = _seat()
    found: Seat = g.seat
    return found


def _seat() -> Seat:
    code = request.cookies.get(COOKIE, "").partition(":")[0]
    if not code:
        raise NoSeat
    try:
        return seat_in(code)
    except (NotSignedIn, NotFound):
        raise NoSeat from None


def seated() -> Seated:
    """The participant who asks; raises NoSeat."""
    return sitting(my_seat())


def sitting(seat: Seat) -> Seated:
    """The participant of a seat."""
    assessment = assessments.assessment_by_key(session(), seat.assessment_id)
    me = participant_by_key(session(), seat.participant_id)
    return Seated(seat, me, assessment, questionnaire_for(session(), assessment))


def room_of_code(code: str) -> RoomRow:
    """The open room of a code; raises NoSuchRoom, and TooManyTries for who guesses."""
    try:
        return open_room_of(code)
    except NotFound:
        raise NoSuchRoom from None


def sit_down(entered: Entered, code: str) -> Response:
    """Go to the room with the seat kept, and let everybody know who counts now."""
    if entered.anew:
        tell(session(), entered.seat.room_id, entered.revision)
    return keep_seat(see_other(ROOM), plain_code(code), entered.token)
