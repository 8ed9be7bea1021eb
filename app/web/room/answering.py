"""``/room``: the one page of a participant, and one vote a request."""

from flask import Response, request

from app.services.errors import AssessmentFrozen, NotThere, VotingClosed, WrongMoment
from app.services.rooms.errors import RoomClosed, WrongPhase
from app.services.rooms.states import state_of_seat
from app.services.rooms.voting import question_of, release_comment, say_belief, vote
from app.web.access import NotSignedIn
from app.web.errors import refused
from app.web.forms import Form, sent
from app.web.page import render_page, say, see_other, wants_fragment
from app.web.room.blueprint import SEATED, blueprint
from app.web.room.cards import (
    beforehand,
    belief_card,
    find_belief,
    find_question,
    part_of,
    question_card,
    settled,
)
from app.web.room.drawing import card_page, room_page, sent_belief, sent_vote
from app.web.room.forms import BeliefForm, VoteForm
from app.web.room.mine import mine_page
from app.web.room.pages import CardsPage
from app.web.room.seats import MINE, ROOM, my_seat, seated
from app.web.stage import tell
from app.web.units import session

#: More than any room asks the same question; a number in an address has a bound.
_MOST_VOTINGS = 1000
#: Why a vote came too late, for somebody who has just sent one.
_TOO_LATE: dict[type[WrongMoment], str] = {
    VotingClosed: "The cards were opened before your vote arrived. It is not counted; what was saved before counts.",
    WrongPhase: "The room has moved on before your vote arrived. It is not counted; what was saved before counts.",
    RoomClosed: "The room was closed before your answer arrived. It is not counted; what was saved before is kept.",
    AssessmentFrozen: "The assessment was closed before your answer arrived. It is not counted.",
}


@blueprint.get("/room")
@SEATED
def show() -> Response:
    """What the room wants of one now; its parts alone when a script asks."""
    page = room_page(seated())
    return render_page(page, form=page.card.form if page.card else None, fragment="screen")


@blueprint.get("/room/cards")
@SEATED
def ahead() -> Response:
    """The next cards to be answered before the room meets, for a phone that may lose the network."""
    here = seated()
    return render_page(CardsPage(cards=beforehand(here, part_of(here))[0]))


@blueprint.get("/room/mine")
@SEATED
def mine() -> Response:
    """What one has answered."""
    return render_page(mine_page(seated()))


@blueprint.get("/room/questions/<question>")
@SEATED
def go_back(question: str) -> Response:
    """One question by itself, to answer or to change."""
    here = seated()
    asked = find_question(here, question)
    if question in settled(here):
        raise VotingClosed(question)
    card = question_card(here, asked, part_of(here), button="Save")
    return render_page(
        card_page(here, state_of_seat(session(), here.seat), card, follow=False), form=card.form, fragment="screen"
    )


@blueprint.get("/room/beliefs/<belief>")
@SEATED
def go_back_to_belief(belief: str) -> Response:
    """One belief by itself, to answer or to change."""
    here = seated()
    card = belief_card(find_belief(here, belief), part_of(here), button="Save")
    return render_page(
        card_page(here, state_of_seat(session(), here.seat), card, follow=False), form=card.form, fragment="screen"
    )


@blueprint.post("/room/votes/<question>/<voting>")
@SEATED
def cast(question: str, voting: str) -> Response:
    """One vote. The same again, or a late older one, changes nothing and is acknowledged as well."""
    seat = my_seat()
    asked, number, form = question_of(session(), seat, question), _number(voting), VoteForm()
    form.about(asked)
    if not sent(form):
        return _not_valid(sent_vote(seated(), asked, number, form), form)
    kept = vote(
        session(),
        seat,
        question,
        number,
        form.given,
        comment=str(form.comment.data or "") or None,
        seq=form.number,
        keep_comment="comment" not in request.form,  # static/js/vote-queue.js keeps no words
    )
    tell(session(), seat.room_id, kept.revision)
    return _kept()


@blueprint.post("/room/beliefs/<belief>")
@SEATED
def believe(belief: str) -> Response:
    """How far one agrees with one belief."""
    here = seated()
    asked, form = find_belief(here, belief), BeliefForm()
    form.about(asked)
    if not sent(form):
        return _not_valid(sent_belief(here, asked, form), form)
    say_belief(session(), here.seat, belief, form.given, seq=form.number)
    return _kept()


@blueprint.post("/room/comments/<question>")
@SEATED
def release(question: str) -> Response:
    """Let one's own comment be printed, or take that back."""
    here, released = seated(), request.form.get("released") == "y"
    find_question(here, question)
    found = release_comment(session(), here.seat, question, released=released)
    if not found:
        say("There is no comment of yours on this question.", "note")
    elif released:
        say("Your comment may be printed, without your role.")
    else:
        say("Your comment stays with you.")
    return see_other(MINE)


@blueprint.errorhandler(WrongMoment)
def too_late(error: WrongMoment) -> Response:
    """409 with the room as it stands now, so that nobody is left on a dead page; elsewhere as the table says."""
    try:
        my_seat()
    except NotSignedIn:
        return refused(error)
    if request.method != "POST" or type(error) not in _TOO_LATE:
        return refused(error)
    page = room_page(seated(), problem=_TOO_LATE[type(error)])
    return render_page(page, form=page.card.form if page.card else None, fragment="screen", status=409)


def _number(voting: str) -> int:
    if not (voting.isascii() and voting.isdecimal() and 0 < int(voting[:9]) <= _MOST_VOTINGS):
        raise NotThere("voting", voting[:9])
    return int(voting[:9])


def _not_valid(page: object, form: Form) -> Response:
    return render_page(page, form=form, fragment="screen")  # type: ignore[arg-type]  # a RoomPage


def _kept() -> Response:
    """Acknowledged: durable when this answer leaves."""
    if wants_fragment():
        return Response(status=204)
    return see_other(MINE if request.form.get("from") == "mine" else ROOM)
