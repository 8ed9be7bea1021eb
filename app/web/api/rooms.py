"""What a participant's phone asks for. The gate is open here: each view looks for the seat by itself."""

import hashlib
import hmac
import json
import re
import secrets
from typing import Any

from flask import Response, request

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.domain.questionnaire import NOT_SAID
from app.formats.api_rooms import (
    BeliefGiven,
    BeliefVote,
    DontKnowVote,
    LevelVote,
    MineGiven,
    NamedGiven,
    NotApplicableVote,
    ParticipantTaken,
    QuestionGiven,
    QuestionnaireGiven,
    RoomState,
    SeatGiven,
    VoteTaken,
)
from app.services.errors import NotThere
from app.services.rooms.entering import join_room
from app.services.rooms.states import my_part, revision_of_seat
from app.services.rooms.voting import question_of, questions_of, say_belief, vote
from app.services.rooms.wording import mine_json, my_vote_json
from app.store.lookups.rooms import Seat
from app.web.access import Role, allow
from app.web.api.bodies import given, taken
from app.web.api.once import HEADER
from app.web.api.room import BY_SEAT, BY_SEAT_OR_STAGE, OF_DEVICES, Described, Heading, blueprint, describe
from app.web.api.seats import seat_here, watcher_here
from app.web.stage import open_room_of, present_state, stream, tell
from app.web.units import session
from app.web.visit import digest_key, now

_ANYONE = allow(Role.ANYONE)
_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
_KEY_BYTES = 16


@blueprint.post("/rooms/<code>/participants")
@_ANYONE
@describe(Described(Heading.ROOMS, {201: SeatGiven}, takes=ParticipantTaken, moment=True, by=OF_DEVICES))
def join(code: str) -> Response:
    """Come in with a role; the same key of the device gives the same seat and the same token."""
    key = request.headers.get(HEADER)
    room = open_room_of(code)
    role = taken(ParticipantTaken).role
    entered = join_room(
        session(),
        room,
        role,
        key=digest_key(),
        idempotency_key=secrets.token_urlsafe(_KEY_BYTES) if key is None else key,
        on=now().date(),
    )
    if entered.anew:
        tell(session(), room.id, entered.revision)
    seat = SeatGiven(token=entered.token or "", role=entered.role, warning=entered.warning)
    return given(seat, 201, location=f"/rooms/{code}/mine")


@blueprint.get("/rooms/<code>/state")
@_ANYONE
@describe(Described(Heading.ROOMS, {200: RoomState, 304: None}, by=BY_SEAT_OR_STAGE))
def state(code: str) -> Response:
    """Show where the conversation stands, and one's own vote; 304 when both are as in the ETag."""
    watcher = watcher_here(code)
    revision, mine = (
        (watcher.room.revision, None) if watcher.seat is None else revision_of_seat(session(), watcher.seat)
    )
    own = my_vote_json(mine)
    answer = Response(mimetype="application/json")
    answer.set_etag(f"{revision}-{_digest(watcher.seat, own)}" if watcher.seat and own else str(revision))
    if not request.if_none_match.contains_weak(answer.get_etag()[0] or ""):
        _, shared = present_state(watcher.room)
        answer.set_data(json.dumps({**shared, "my_vote": own}))
        return answer
    answer.status_code = 304
    del answer.headers["Content-Type"]
    return answer


@blueprint.get("/rooms/<code>/questionnaire")
@_ANYONE
@describe(Described(Heading.ROOMS, {200: QuestionnaireGiven}, by=BY_SEAT))
def room_questionnaire(code: str) -> Response:
    """Give what can be answered here."""
    seat = seat_here(code)
    whole, asked = questions_of(session(), seat)
    questions = [
        QuestionGiven(
            id=one.id,
            dimension=one.dimension,
            capability=one.capability,
            text=one.text,
            anchors=list(one.anchors),
            na_allowed=one.na_allowed,
            na_condition=one.na_condition,
        )
        for one in asked.values()
    ]
    beliefs = [] if seat.variant == "pulse" else [BeliefGiven(id=one.id, text=one.text) for one in whole.beliefs]
    roles = [NamedGiven(id=one.id, name=one.name) for one in whole.roles]
    return given(
        QuestionnaireGiven(
            id=whole.id,
            version=whole.version,
            title=whole.title,
            roles=[*roles, NamedGiven(id=NOT_SAID, name="Not said")],
            dimensions=[NamedGiven(id=one.id, name=one.name) for one in whole.dimensions],
            questions=questions,
            beliefs=beliefs,
        )
    )


@blueprint.get("/rooms/<code>/mine")
@_ANYONE
@describe(Described(Heading.ROOMS, {200: MineGiven}, by=BY_SEAT))
def mine(code: str) -> Response:
    """Give what this participant has answered, and nobody else's."""
    return Response(json.dumps(mine_json(my_part(session(), seat_here(code)))), mimetype="application/json")


@blueprint.put("/rooms/<code>/votes/<question>/<voting>")
@_ANYONE
@describe(Described(Heading.ROOMS, {204: None}, takes=VoteTaken, moment=True, by=BY_SEAT))
def put_vote(code: str, question: str, voting: str) -> Response:
    """Vote for oneself; the same again, and an older one that comes late by its seq, changes nothing."""
    seat, unit = seat_here(code), session()
    question_of(unit, seat, question)
    if not _NUMBER.fullmatch(voting):
        raise NotThere("voting", voting)
    body = taken(VoteTaken).root
    kept = vote(unit, seat, question, int(voting), _said(body), comment=body.comment, seq=body.seq)
    tell(unit, seat.room_id, kept.revision)
    return Response(status=204)


@blueprint.put("/rooms/<code>/beliefs/<belief>")
@_ANYONE
@describe(Described(Heading.ROOMS, {204: None}, takes=BeliefVote, moment=True, by=BY_SEAT))
def put_opinion(code: str, belief: str) -> Response:
    """Say how far one agrees with a statement."""
    seat = seat_here(code)
    whole, _ = questions_of(session(), seat)
    if seat.variant == "pulse" or belief not in {one.id for one in whole.beliefs}:
        raise NotThere("belief", belief)
    body = taken(BeliefVote)
    say_belief(session(), seat, belief, body.agree, seq=body.seq)
    return Response(status=204)


@blueprint.get("/rooms/<code>/events")
@_ANYONE
@describe(Described(Heading.ROOMS, {200: "text/event-stream", 204: None}, by=BY_SEAT_OR_STAGE))
def events(code: str) -> Response:
    """Stream the shared state: `event: state` now and at each change, ten times a second at most."""
    watcher = watcher_here(code)
    return stream(watcher.room.id, watcher.listener)


def _said(body: LevelVote | DontKnowVote | NotApplicableVote) -> Answer:
    if isinstance(body, LevelVote):
        return Level(body.level)
    return DontKnow() if isinstance(body, DontKnowVote) else NotApplicable(body.na)


def _digest(seat: Seat, own: dict[str, Any]) -> str:
    """A mark of one's own vote from which nobody who sees headers can tell it, nor that two voted alike."""
    said = json.dumps([seat.participant_id, own], sort_keys=True).encode()
    return hmac.new(digest_key(), b"own vote\0" + said, hashlib.sha256).hexdigest()[:16]
