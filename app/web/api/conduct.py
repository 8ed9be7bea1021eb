"""The facilitator's moves in the room of an assessment; each answers with the state after it."""

import json
from collections.abc import Callable

from flask import Response, request

from app.domain.answers import Level, NotApplicable
from app.formats.api_rooms import OpenRoom, QuestionAsked, RoomState, RoomWanted
from app.formats.api_taken import AgreedLevelTaken, AgreedTaken
from app.services.assessments import find_assessment
from app.services.rooms import moves
from app.services.rooms.opening import close_room, open_room, room_of_assessment, shown_code
from app.services.rooms.states import SharedState, shared_state
from app.services.rooms.wording import state_json
from app.store.errors import NotFound
from app.store.tables.room import RoomRow
from app.web.access import Role, allow
from app.web.api.bodies import given, taken
from app.web.api.once import once
from app.web.api.room import Described, Heading, blueprint, describe
from app.web.stage import hub, tell
from app.web.units import session
from app.web.visit import acting, now, place, site

_FACILITATOR = allow(Role.FACILITATOR, within=("assessment_id",))
_MOVE = Described(Heading.ROOMS, {200: RoomState}, moment=True)


@blueprint.get("/assessments/<assessment_id>/room")
@_FACILITATOR
@describe(Described(Heading.ROOMS, {200: OpenRoom}))
def show_room(assessment_id: str) -> Response:
    """Show the code of the open room, and where to join it."""
    room = _room(assessment_id)
    if room.phase == "closed":
        raise NotFound("room")
    return given(_shown(room))


@blueprint.post("/assessments/<assessment_id>/room")
@_FACILITATOR
@describe(Described(Heading.ROOMS, {200: OpenRoom, 201: OpenRoom}, takes=RoomWanted, moment=True))
@once
def make_room(assessment_id: str) -> Response:
    """Open the room; again it is the same room with the same code, a closed one gets a new code."""
    body = taken(RoomWanted) if request.get_data(cache=True) else RoomWanted()
    row = find_assessment(session(), place().organization_id, assessment_id)
    opened = open_room(session(), acting(), row, time_box_minutes=body.time_box_minutes, at=now())
    tell(session(), opened.room.id, opened.revision)
    if not opened.anew:
        return given(_shown(opened.room))
    return given(_shown(opened.room), 201, location=f"/assessments/{assessment_id}/room")


@blueprint.post("/assessments/<assessment_id>/room/ask")
@_FACILITATOR
@describe(Described(Heading.ROOMS, {200: RoomState}, takes=QuestionAsked, moment=True))
@once
def ask(assessment_id: str) -> Response:
    """Put a question up; what was answered beforehand is its first voting."""
    question = taken(QuestionAsked).question
    return _moved(assessment_id, lambda room: moves.ask(session(), acting(), room, question, at=now()))


@blueprint.post("/assessments/<assessment_id>/room/reveal")
@_FACILITATOR
@describe(_MOVE)
@once
def reveal(assessment_id: str) -> Response:
    """End the voting and show what may be shown; it cannot be taken back."""
    return _moved(assessment_id, lambda room: moves.reveal(session(), acting(), room, at=now()))


@blueprint.post("/assessments/<assessment_id>/room/vote-again")
@_FACILITATOR
@describe(_MOVE)
@once
def vote_again(assessment_id: str) -> Response:
    """Open another secret voting on the revealed question; the one before is kept beside it."""
    return _moved(assessment_id, lambda room: moves.vote_again(session(), acting(), room, at=now()))


@blueprint.post("/assessments/<assessment_id>/room/agree")
@_FACILITATOR
@describe(Described(Heading.ROOMS, {200: RoomState}, takes=AgreedTaken, moment=True))
@once
def agree(assessment_id: str) -> Response:
    """Record what the room agrees on; again corrects it."""
    body = taken(AgreedTaken).root
    said = Level(body.level) if isinstance(body, AgreedLevelTaken) else NotApplicable(body.na)
    return _moved(assessment_id, lambda room: moves.agree(session(), acting(), room, said, note=body.note, at=now()))


@blueprint.post("/assessments/<assessment_id>/room/not-agreed")
@_FACILITATOR
@describe(_MOVE)
@once
def not_agreed(assessment_id: str) -> Response:
    """Record that the room found no level; the votes stand, and the report says so."""
    return _moved(assessment_id, lambda room: moves.not_agreed(session(), acting(), room, at=now()))


@blueprint.post("/assessments/<assessment_id>/room/undo")
@_FACILITATOR
@describe(_MOVE)
@once
def undo(assessment_id: str) -> Response:
    """Take the last move back, where nothing is lost by it."""
    return _moved(assessment_id, lambda room: moves.undo(session(), acting(), room, at=now()))


@blueprint.post("/assessments/<assessment_id>/room/close")
@_FACILITATOR
@describe(_MOVE)
@once
def close(assessment_id: str) -> Response:
    """Close the room: its code dies, votes stay."""
    room = _room(assessment_id)
    close_room(session(), acting(), room, at=now())
    return _after(room, shared_state(session(), room))


def _room(assessment_id: str) -> RoomRow:
    return room_of_assessment(session(), find_assessment(session(), place().organization_id, assessment_id))


def _moved(assessment_id: str, move: Callable[[RoomRow], SharedState]) -> Response:
    room = _room(assessment_id)
    return _after(room, move(room))


def _after(room: RoomRow, state: SharedState) -> Response:
    """The state after a move, which everybody is told once it is durable."""
    tell(session(), room.id, state.revision)
    shown = {**state_json(state, connected=hub().connected(room.id)), "my_vote": None}
    return Response(json.dumps(shown), mimetype="application/json")


def _shown(room: RoomRow) -> OpenRoom:
    code = shown_code(room.code or "")
    return OpenRoom(id=code, code=code, join_url=f"{site()}/r/{code}", time_box_minutes=room.time_box_minutes)
