"""The room itself: opened, expected, handed over, its agenda put in order, closed."""

from collections.abc import Sequence

from flask import Response, request

from app.accounts.errors import NotAllowed
from app.services.errors import NotValid
from app.services.rooms import opening
from app.services.rooms.accepting import accept_as_agreed
from app.services.rooms.agenda import agenda_of, refresh_agenda, reorder
from app.services.rooms.states import shared_state
from app.store.lookups import people
from app.store.tables.room import RoomRow
from app.web import ways
from app.web.forms import sent
from app.web.page import render_page, say, see_other
from app.web.stage import tell
from app.web.units import session
from app.web.visit import acting, now, place
from app.web.workshop.blueprint import AT, RUNS, assessment_here, blueprint, room_here
from app.web.workshop.drawing import Stage, may_run
from app.web.workshop.forms import AcceptForm, ChoiceForm, OpeningForm, OrderForm, expect_form
from app.web.workshop.moves import moved, seen
from app.web.workshop.routes import opening as opening_page


@blueprint.post(f"{AT}/open")
@RUNS
def open_room(assessment_id: str) -> Response:
    """Open the room with its time box, or open it again."""
    row, form = assessment_here(assessment_id), OpeningForm()
    if not sent(form):
        return opening_page(row, None, form)
    opened = opening.open_room(session(), acting(), row, time_box_minutes=form.minutes.data, at=now())
    refresh_agenda(session(), acting(), opened.room, at=now())
    tell(session(), opened.room.id, opened.room.revision)
    return see_other(ways.workshop(assessment_id))


@blueprint.post(f"{AT}/expect")
@RUNS
def expect(assessment_id: str) -> Response:
    """Say how many people of each family are expected."""
    stage = Stage(assessment_here(assessment_id), room_here(assessment_id))
    form = expect_form(stage.questionnaire.families)
    if not sent(form):
        return render_page(stage.workshop(expecting=form), fragment="room", status=422)
    tell(session(), stage.room.id, opening.expect(session(), acting(), stage.room, form.given, at=now()))
    return seen(assessment_id, stage.room)


@blueprint.post(f"{AT}/hand-over")
@RUNS
def hand_over(assessment_id: str) -> Response:
    """Let somebody else lead, who may; the room goes on."""
    form, room = ChoiceForm(), room_here(assessment_id)
    if not sent(form):
        raise NotValid("chosen", "choose whom to hand the room to")
    user, _ = people.member(session(), place().organization_id, str(form.chosen.data))
    if not may_run(user.id):
        raise NotAllowed
    tell(session(), room.id, opening.hand_over(session(), acting(), room, user.id, at=now()))
    return seen(assessment_id, room, f"{user.name or user.email} leads the room now.")


@blueprint.post(f"{AT}/take-over")
@RUNS
def take_over(assessment_id: str) -> Response:
    """Lead the room oneself, wherever the other is."""
    room = room_here(assessment_id)
    tell(session(), room.id, opening.take_over(session(), acting(), room, at=now()))
    return seen(assessment_id, room, "You lead the room now.")


@blueprint.post(f"{AT}/accept")
@RUNS
def accept(assessment_id: str) -> Response:
    """Accept the chosen questions at the level of their votes; it reveals them."""
    AcceptForm()
    chosen = request.form.getlist("questions")
    return moved(assessment_id, accept_as_agreed(session(), acting(), room_here(assessment_id), chosen, at=now()))


@blueprint.post(f"{AT}/refresh")
@RUNS
def refresh(assessment_id: str) -> Response:
    """Bring the agenda up to what people have answered since."""
    room = room_here(assessment_id)
    refresh_agenda(session(), acting(), room, at=now())
    return moved(assessment_id, shared_state(session(), room))


@blueprint.post(f"{AT}/order")
@RUNS
def order(assessment_id: str) -> Response:
    """Put the agenda in order by hand: one question up, down, out or in, or all as they were dragged."""
    form, room = OrderForm(), room_here(assessment_id)
    to, question = form.given
    wanted = request.form.getlist("order") or _order(assessment_id, question, to)
    return moved(assessment_id, reorder(session(), acting(), room, wanted, at=now()))


@blueprint.post(f"{AT}/computed-order")
@RUNS
def computed_order(assessment_id: str) -> Response:
    """Go back to the agenda as it is computed."""
    return moved(assessment_id, reorder(session(), acting(), room_here(assessment_id), (), at=now()))


@blueprint.post(f"{AT}/close")
@RUNS
def close(assessment_id: str) -> Response:
    """Close the room; what was saved stays."""
    room = room_here(assessment_id)
    tell(session(), room.id, _closed(room))
    say("The room is closed. Everything that was settled is kept.")
    return see_other(f"{ways.workshop(assessment_id)}/close")


def _closed(room: RoomRow) -> int | None:
    """The revision after the close; None where it was closed already."""
    return None if room.phase == "closed" else opening.close_room(session(), acting(), room, at=now())


def _order(assessment_id: str, question: str, to: str) -> Sequence[str]:
    listed = [item.question for item in agenda_of(session(), assessment_here(assessment_id)).items]
    if to == "in" and question not in listed:
        return [*listed, question]
    if question not in listed:
        raise NotValid("question", "this question is not on the agenda; load the page again")
    at = listed.index(question)
    listed.remove(question)
    if to == "out":
        if not listed:
            raise NotValid("question", "an agenda has at least one question")
        return listed
    listed.insert(max(0, at + {"up": -1, "down": 1}.get(to, 0)), question)
    return listed
