"""How a phone follows the room: a stream, and a state to ask for where streams fail."""

import hashlib
import hmac
import json

from flask import Response, request

from app.services.rooms.states import my_part
from app.services.rooms.wording import my_vote_json
from app.store.lookups.rooms import room_by_key
from app.web.room.blueprint import SEATED, blueprint
from app.web.room.seats import my_seat
from app.web.stage import present_state, seat_listener, stream
from app.web.units import session
from app.web.visit import digest_key


@blueprint.get("/room/events")
@SEATED
def events() -> Response:
    """The live stream: the shared state at once, then each change; nothing in it is anybody's own."""
    seat = my_seat()
    return stream(seat.room_id, seat_listener(seat))


@blueprint.get("/room/state")
@SEATED
def state() -> Response:
    """The shared state and one's own vote; 304 when both are as this phone knows them."""
    seat = my_seat()
    shared, told = present_state(room_by_key(session(), seat.room_id))
    own = my_vote_json(my_part(session(), seat).vote)
    answer = Response(json.dumps({**told, "my_vote": own}), mimetype="application/json")
    # The own vote by a keyed digest only: a tag goes into places that a body does not.
    said = json.dumps([seat.participant_id, own]).encode()
    answer.set_etag(f"{shared.revision}-{hmac.new(digest_key(), said, hashlib.sha256).hexdigest()[:16]}")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.add("Cookie")
    answer.make_conditional(request)
    return answer
