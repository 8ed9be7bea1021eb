"""``/actions/<action_id>``: one action, what the team says of it, its way over the board, and wishes for the plan."""

from dataclasses import replace

from flask import Response

from app.accounts.permissions import Capability
from app.services.board import Card, board_of
from app.services.board_cards import CardForm, change_card, drop_card, form_of, pin_card, unpin
from app.services.errors import NotValid, WrongMoment
from app.store.errors import NotFound, VersionConflict
from app.store.tables.board import CardRow
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import days, sentence
from app.web.forms import Form, sent
from app.web.page import Link, render_page, say, see_other, wants_fragment
from app.web.roadmap.forms import ActionForm, MoveForm, WishForm, action_form
from app.web.roadmap.pages import ActionPage, Clash, Told
from app.web.roadmap.room import blueprint, card_here, trail_to
from app.web.roadmap.words import STATES, about_of
from app.web.units import session
from app.web.visit import acting, frame, need, now

_MEMBER = allow(Role.MEMBER, within=("action_id",))
_FASTER = "Somebody else has changed this action since you opened it. Nothing of either is lost."
_DECIDE = f"{_FASTER} Theirs is saved, yours is in the form. Put into the form what should stand, and save again."
_WISHES = {
    "pin": (pin_card, "It is pinned: every plan to come keeps it in the next quarter."),
    "drop": (drop_card, "It is left out of every plan to come."),
    "free": (unpin, "The planner decides over it again."),
}


@blueprint.get("/actions/<action_id>")
@_MEMBER
def show_action(action_id: str) -> Response:
    """One action with its reasons."""
    need(Capability.WORK_ON_BOARD)
    row, team = card_here(action_id)
    return render_page(_page(row, team), form=action_form(row, STATES[row.state]))


@blueprint.post("/actions/<action_id>")
@_MEMBER
def change(action_id: str) -> Response:
    """Save what the team says of it; who was slower sees both texts."""
    need(Capability.WORK_ON_BOARD)
    row, team = card_here(action_id)
    form = ActionForm().about(row.state, STATES[row.state])
    if not sent(form):
        return render_page(_page(row, team), form=form)
    try:
        change_card(session(), acting(), row, form.given, at=now(), version=form.made_from)
    except NotValid as wrong:
        name = {"status": "state"}.get(wrong.field, wrong.field)
        form[name].errors = [sentence(wrong)]
        return render_page(_page(row, team), form=form)
    except VersionConflict as faster:
        form.version.data = str(faster.version)
        clash = Clash(_DECIDE, _differences(form_of(row), form.given))
        return render_page(_page(row, team, clash), form=form, status=409)
    say("Saved.")
    return see_other(_on_board(row, team))


@blueprint.post("/actions/<action_id>/move")
@_MEMBER
def move(action_id: str) -> Response:
    """Move it to another state; a card that is dragged is told of it in words alone."""
    need(Capability.WORK_ON_BOARD)
    row, team = card_here(action_id)
    form = MoveForm()
    if not sent(form):
        return _refused(row, team, form)
    wanted = replace(form_of(row), state=str(form.to.data))
    try:
        change_card(session(), acting(), row, wanted, at=now(), version=form.made_from)
    except NotValid as wrong:
        form.to.errors = [sentence(wrong)]
        return _refused(row, team, form)
    except VersionConflict:
        text = f"{_FASTER} Theirs is saved and stands here; yours was not carried out."
        return _clashing(row, team, Clash(text, _differences(form_of(row), wanted)))
    words = f"It stands under \u201c{STATES[row.state]}\u201d now."
    if wants_fragment():
        return _in_words(words, 200)
    say(words)
    return see_other(_on_board(row, team))


@blueprint.post("/actions/<action_id>/wish")
@_MEMBER
def wish(action_id: str) -> Response:
    """Pin it, leave it out, or take that back; then look at the plan that follows."""
    need(Capability.WORK_ON_BOARD)
    row, team = card_here(action_id)
    form = WishForm()
    if not sent(form):
        return _refused(row, team, form)
    if form.kind.data not in _WISHES:
        form.kind.errors = ["Choose to pin it, to leave it out, or to let the planner decide."]
        return _refused(row, team, form)
    carry_out, words = _WISHES[form.kind.data]
    try:
        carry_out(session(), acting(), row, at=now(), version=form.made_from)
    except (VersionConflict, WrongMoment) as refused:
        text = _FASTER if isinstance(refused, VersionConflict) else f"{sentence(refused)} Nothing was changed."
        return _clashing(row, team, Clash(f"{text} Your wish was not carried out.", ()))
    say(f"{words} The board stays as it is until you accept a plan.")
    return see_other(ways.plan(team.public_id))


def _refused(row: CardRow, team: TeamRow, form: Form) -> Response:
    words = " ".join([*(fault.message for fault in form.faults), "Nothing was changed."])
    if wants_fragment():
        return _in_words(words, 422)
    return render_page(_page(row, team, Clash(words, ())), form=action_form(row, STATES[row.state]), status=422)


def _clashing(row: CardRow, team: TeamRow, clash: Clash) -> Response:
    if wants_fragment():
        return _in_words(clash.text, 409)
    return render_page(_page(row, team, clash), form=action_form(row, STATES[row.state]), status=409)


def _in_words(words: str, status: int) -> Response:
    return Response(words, status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def _on_board(row: CardRow, team: TeamRow) -> str:
    asked = f"?quarter={row.quarter}" if row.quarter else ""
    return f"{ways.board(team.public_id)}{asked}#card-{row.public_id}"


def _page(row: CardRow, team: TeamRow, clash: Clash | None = None) -> ActionPage:
    here, card = frame("Teams"), _card(row, team)
    base = ways.action(row.public_id)
    return ActionPage(
        title=card.title,
        viewer=here.viewer,
        nav=here.nav,
        trail=trail_to(team, board=True),
        about=about_of(card.capability, card.step),
        state=STATES[card.state],
        what=card.what,
        facts=_facts(card),
        action=base,
        wish=f"{base}/wish",
        pinned=card.pinned,
        dropped=card.dropped,
        back=_on_board(row, team),
        clash=clash,
    )


def _card(row: CardRow, team: TeamRow) -> Card:
    found = next((card for card in board_of(session(), team).cards if card.id == row.public_id), None)
    if found is None:
        raise NotFound("action")
    return found


def _facts(card: Card) -> tuple[Told, ...]:
    told = [Told("Why", f"{card.why}.")]
    if card.days is not None:
        told.append(Told("Effort", f"{days(card.days)} planned{', a quick win' if card.quick_win else ''}."))
    for term, links in (("Needs", card.needs), ("Unlocks", card.unlocks)):
        if links:
            by_step = tuple(f"{link.title}{f' ({STATES[link.state].lower()})' if link.state else ''}" for link in links)
            told.append(Told(term, f"{'; '.join(by_step)}."))
    if card.clarify:
        told.append(Told("First", "Its question is open or contested: clarify it before anything is built."))
    if card.backlog == "leadership":
        told.append(Told("Who", "Only leadership can decide this; it stands apart on the board."))
    if card.verified_in:
        told.append(Told("Checked", f"Verified in the assessment of {card.verified_in}."))
    if card.link:
        told.append(Told("Link", "", (Link(card.link, card.link),)))
    if not card.known:
        told.append(Told("Questionnaire", "The newest version does not hold this step any more."))
    return tuple(told)


def _differences(theirs: CardForm, yours: CardForm) -> tuple[tuple[str, str, str], ...]:
    labels = (
        ("state", "State"), ("quarter", "Quarter"), ("owner", "Owner"), ("due", "Due"), ("started", "Begun"),
        ("effort_days", "Person-days it took"), ("link", "Link"), ("note", "Note"),
    )  # fmt: skip
    rows = ((label, getattr(theirs, name), getattr(yours, name)) for name, label in labels)
    return tuple((label, _words(one), _words(other)) for label, one, other in rows if one != other)


def _words(value: object) -> str:
    return "(empty)" if value is None else STATES.get(str(value), str(value))
