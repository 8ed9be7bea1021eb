"""The live rooms on the web: who sits where, and everybody told as soon as a change is committed.

Before the reveal nothing of anybody's vote is in what is sent: the shared state has no field for it.
"""

import json
from collections.abc import Collection, Hashable

from flask import Flask, Response, current_app, g, request

from app.accounts.gate import present_actor
from app.accounts.listening import InRoom, OnStage, may_listen
from app.accounts.port import port
from app.accounts.throttle import room_tries
from app.live.bus import CHANNEL, Bus, on_postgres, on_sqlite
from app.live.errors import RoomGone
from app.live.frames import Key, Snapshot
from app.live.hub import Hub
from app.live.presence import Listener
from app.live.serving import EXTENSION, Live
from app.loading import load_now
from app.services.actors import Actor
from app.services.rooms.entering import find_member, find_participant
from app.services.rooms.opening import find_room
from app.services.rooms.states import SharedState, shared_state
from app.services.rooms.wording import state_json
from app.store.errors import NotFound
from app.store.lookups import assessments
from app.store.lookups.rooms import Seat, room_by_key
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Engine, Session, is_sqlite, reading
from app.store.watching import announce, listening, revisions
from app.web import units
from app.web.access import NotSignedIn

#: What a participant's browser keeps: the code, and the token of its seat (empty for a member who is signed in).
COOKIE = "seat"
A_DAY = 24 * 3600


def keep_stage(app: Flask, engine: Engine) -> None:
    """Give the application its hub; ``gunicorn_options`` of ``app.live.serving`` starts it in the worker."""

    def take(key: Key) -> Snapshot:
        with reading(engine) as session:
            try:
                state = shared_state(session, room_by_key(session, int(key)))
            except NotFound:
                raise RoomGone from None
        told = state_json(state, connected=made.connected(key))
        return Snapshot(state.revision, json.dumps(told, separators=(",", ":")), last=state.phase == "closed")

    def allowed(key: Key, who: frozenset[Hashable]) -> Collection[Hashable]:
        with reading(engine) as session:
            room = room_by_key(session, int(key))
            team = assessments.assessment_by_key(session, room.assessment_id).team_id
            return [
                one
                for one in who
                if isinstance(one, (InRoom, OnStage)) and may_listen(session, room.organization_id, team, one)
            ]

    def present(keys: Collection[Key]) -> dict[Key, int]:
        with reading(engine) as session:
            found = revisions(session, [int(key) for key in keys])
        return {key: found[int(key)] for key in keys if int(key) in found}

    made = Hub(take, allowed)
    listen = (on_sqlite if is_sqlite(engine) else on_postgres)(listening(engine))
    app.extensions[EXTENSION] = Live(made, Bus(made, present, listen))


def hub() -> Hub:
    """The hub of this process."""
    live: Live = current_app.extensions[EXTENSION]
    return live.hub


def tell(session: Session, room_id: int, revision: int | None) -> None:
    """Let everybody know of a change, once it is committed; with no new revision nothing is told."""
    if revision is None:
        return
    announce(session, CHANNEL, room_id)
    units.after_commit(lambda: hub().publish(room_id, revision))


def open_room_of(code: str) -> RoomRow:
    """The open room of a code, in the request's own unit; raises NotFound, and TooManyTries for who guesses."""
    try:
        # In a unit of its own: a wrong code has to be counted though the request is refused.
        with port().look() as session:
            find_room(session, code)
    except NotFound:
        count_wrong_code()
        raise
    return find_room(units.session(), code)


def count_wrong_code() -> None:
    """Count a code, or a link to a seat, that opened nothing; raises TooManyTries.

    The request's own unit must have written nothing: it ends here.
    """
    units.end_unit()  # SQLite has one writer, and it may be this request
    here = port()
    tries = room_tries(here.throttle_key, request.remote_addr or "")
    with here.look() as session:
        tries.check(session, here.now())
    with here.note() as session:
        tries.count(session, here.now())


def seat_in(code: str) -> Seat:
    """The seat of who asks in the room of this code, by token, cookie or sign-in; raises NotSignedIn, NotFound."""
    token = _bearer()
    if token is None:
        kept_code, _, token = request.cookies.get(COOKIE, "").partition(":")
        token = token if kept_code == code else None
    if token:
        try:
            return find_participant(units.session(), code, token)
        except NotFound:
            raise NotSignedIn from None
    actor = present_actor()
    if actor is None:
        raise NotSignedIn
    return find_member(units.session(), Actor(actor.user_id, actor.name), open_room_of(code))


def _bearer() -> str | None:
    """A participant's token; tokens of people have a prefix of their own and are the gate's matter."""
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        return None
    return None if authorization.token.startswith("mm_") else authorization.token


def keep_seat(answer: Response, code: str, token: str | None) -> Response:
    """Let the browser remember its seat; no script can read it."""
    answer.set_cookie(
        COOKIE, f"{code}:{token or ''}", max_age=A_DAY, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return answer


def present_state(room: RoomRow) -> tuple[SharedState, dict[str, object]]:
    """The shared state now, and as plain values."""
    state = shared_state(units.session(), room)
    return state, state_json(state, connected=hub().connected(room.id))


def stream(room_id: int, listener: Listener) -> Response:
    """The live stream of a room for a listener who may; lets go of the database before it begins."""
    units.end_unit()
    load_now("numpy")  # before anybody votes: the first reveal would stand still for as long as it takes
    found = hub().open(room_id, listener, request.environ)
    answer = Response(found.body, found.status, direct_passthrough=True)
    for name, value in found.headers:
        answer.headers[name] = value
    return answer


def stage_listener() -> Listener:
    """Who asks as one who runs the room; raises NotSignedIn."""
    actor = present_actor()
    if actor is None:
        raise NotSignedIn
    browser = None if request.authorization else g.get("web_session_id")
    return Listener(OnStage(actor.user_id, browser, g.get("api_token_id")), counted=False)


def seat_listener(seat: Seat) -> Listener:
    """Who asks as a participant."""
    return Listener(InRoom(seat.participant_id))
