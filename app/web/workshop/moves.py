"""The facilitator's moves on a question; each is a form, and each ends in the room or in the page anew."""

from collections.abc import Callable

from flask import Response

from app.services.actors import Actor
from app.services.rooms import last_plan, moves
from app.services.rooms.agenda import refresh_agenda
from app.services.rooms.errors import WrongPhase
from app.services.rooms.opening import hold
from app.services.rooms.states import SharedState
from app.store.tables.room import RoomRow
from app.web import ways
from app.web.forms import sent
from app.web.fragments import after_write
from app.web.page import render_page
from app.web.stage import tell
from app.web.units import session
from app.web.visit import acting, now
from app.web.workshop.blueprint import AT, RUNS, assessment_here, blueprint, room_here
from app.web.workshop.drawing import Stage
from app.web.workshop.forms import ActionForm, AgreeForm, AskForm, UpForm

MOVED_ON = "the room has moved on to another question or vote; look at what is up now"


@blueprint.post(f"{AT}/ask")
@RUNS
def ask(assessment_id: str) -> Response:
    """Put a question up; the agenda looks at the votes given beforehand anew."""
    form, room = AskForm(), room_here(assessment_id)
    if not sent(form):
        raise WrongPhase("no question was chosen; choose one from the list")
    refresh_agenda(session(), acting(), room, at=now())
    return moved(assessment_id, moves.ask(session(), acting(), room, str(form.question.data), at=now()))


@blueprint.post(f"{AT}/reveal")
@RUNS
def reveal(assessment_id: str) -> Response:
    """Show the votes, also when somebody is missing."""
    return _on_what_is_up(assessment_id, lambda room, actor: moves.reveal(session(), actor, room, at=now()), _revealed)


@blueprint.post(f"{AT}/again")
@RUNS
def vote_again(assessment_id: str) -> Response:
    """Open a further secret vote on the question that is up."""
    return _on_what_is_up(assessment_id, lambda room, actor: moves.vote_again(session(), actor, room, at=now()), _again)


@blueprint.post(f"{AT}/agree")
@RUNS
def agree(assessment_id: str) -> Response:
    """Record what the room settles on."""
    row, room = assessment_here(assessment_id), room_here(assessment_id)
    hold(session(), room)
    stage = Stage(row, room)
    form = AgreeForm()
    _require_up(room, form.up)
    form.about(stage.questionnaire.question(form.up[0]))
    if not sent(form):
        return render_page(stage.workshop(agreeing=form), fragment="room", status=422)
    answer, note = form.given
    return moved(assessment_id, moves.agree(session(), acting(), room, answer, note=note, at=now()))


@blueprint.post(f"{AT}/not-agreed")
@RUNS
def not_agreed(assessment_id: str) -> Response:
    """Record that the room found no level."""
    return _on_what_is_up(assessment_id, lambda room, actor: moves.not_agreed(session(), actor, room, at=now()))


@blueprint.post(f"{AT}/said-done")
@RUNS
def say_done(assessment_id: str) -> Response:
    """The team says that an open action of the last plan is done."""
    form, room = ActionForm(), room_here(assessment_id)
    if not sent(form):
        raise WrongPhase("no action was chosen; choose one of the open actions")
    return moved(assessment_id, last_plan.say_done(session(), acting(), room, str(form.action.data), at=now()))


@blueprint.post(f"{AT}/undo")
@RUNS
def undo(assessment_id: str) -> Response:
    """Take the last move back."""
    return moved(assessment_id, moves.undo(session(), acting(), room_here(assessment_id), at=now()))


def moved(assessment_id: str, state: SharedState) -> Response:
    """End a move: everybody is told, and the facilitator sees the room."""
    room = room_here(assessment_id)
    tell(session(), room.id, state.revision)
    return seen(assessment_id, room)


def seen(assessment_id: str, room: RoomRow, words: str = "") -> Response:
    """End a write with the room as it is."""
    stage = Stage(assessment_here(assessment_id), room)
    return after_write(stage.workshop(), fragment="room", path=ways.workshop(assessment_id), words=words)


def _on_what_is_up(
    assessment_id: str,
    move: Callable[[RoomRow, Actor], SharedState],
    done: Callable[[RoomRow, tuple[str, int]], bool] | None = None,
) -> Response:
    """Make a move on the question that the page showed; ``done``: somebody has just made the same one.

    Raises WrongPhase where the room has moved on: a reveal meant for one question must not hit the next.
    """
    form, room = UpForm(), room_here(assessment_id)
    hold(session(), room)
    session().refresh(room)
    if done is not None and done(room, form.up):
        return seen(assessment_id, room)
    _require_up(room, form.up)
    return moved(assessment_id, move(room, acting()))


def _require_up(room: RoomRow, up: tuple[str, int]) -> None:
    if room.question is not None and (room.question, room.voting) != up:
        raise WrongPhase(MOVED_ON)


def _revealed(room: RoomRow, up: tuple[str, int]) -> bool:
    return room.phase in {"revealed", "agreed"} and (room.question, room.voting) == up


def _again(room: RoomRow, up: tuple[str, int]) -> bool:
    return room.phase == "voting" and room.voting > 1 and (room.question, room.voting - 1) == up
