"""What else is written down in the meeting: evidence, bets, and a seat of the facilitator's own."""

from flask import Response

from app.services.agreeing import evidence_now, make_bets, set_evidence
from app.services.errors import NotValid
from app.services.rooms.entering import join_room_as_member
from app.web import ways
from app.web.forms import sent
from app.web.page import render_page, say, see_other
from app.web.stage import keep_seat, tell
from app.web.units import session
from app.web.visit import acting, now
from app.web.workshop.blueprint import AT, RUNS, assessment_here, blueprint, room_here
from app.web.workshop.drawing import Stage
from app.web.workshop.forms import ArtefactForm, ChoiceForm
from app.web.workshop.moves import seen
from app.web.workshop.routes import bets_sent, ending

#: The pages of participants (another room's).
SEATED = "/room"


@blueprint.post(f"{AT}/evidence")
@RUNS
def add_evidence(assessment_id: str) -> Response:
    """Name one more artefact for a question; what was named before stays."""
    row, room, form = assessment_here(assessment_id), room_here(assessment_id), ArtefactForm()
    if not sent(form):
        return render_page(Stage(row, room).workshop(artefact=form), fragment="room", status=422)
    question = str(form.question.data or "")
    before, version = evidence_now(session(), row, question)
    item = form.given
    if item not in before.items:  # sent twice, it is named once
        set_evidence(session(), acting(), row, question, (*before.items, item), at=now(), version=version)
    return seen(assessment_id, room)


@blueprint.post(f"{AT}/bets")
@RUNS
def bets(assessment_id: str) -> Response:
    """Record which levels the room bets on."""
    row = assessment_here(assessment_id)
    room_here(assessment_id)
    form = bets_sent(row)
    if not sent(form):
        return render_page(ending(row), form=form)
    make_bets(session(), acting(), row, form.given, at=now())
    say("The bets are recorded. The next report says which held.")
    return see_other(f"{ways.workshop(assessment_id)}/close")


@blueprint.post(f"{AT}/join")
@RUNS
def join(assessment_id: str) -> Response:
    """Take a seat as oneself, and go on to the pages of participants."""
    form, room = ChoiceForm(), room_here(assessment_id)
    if not sent(form):
        raise NotValid("chosen", "choose the role you sit in")
    came = join_room_as_member(session(), acting(), room, str(form.chosen.data), on=now().date())
    tell(session(), room.id, came.revision if came.anew else None)
    return keep_seat(see_other(SEATED), room.code or "", None)
