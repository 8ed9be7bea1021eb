"""What the last assessment left to look at first: its open actions and its bets.

The team says in the room that an action is done, as it would on its board; whether it is so the next check finds.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.answers import Bet
from app.services.actors import Actor
from app.services.board_cards import change_card, find_card, form_of
from app.services.errors import NotThere, WrongMoment
from app.services.rooms.holding import Held, done, hold_for
from app.services.rooms.states import SharedState
from app.store.errors import NotFound
from app.store.lookups import assessments, board
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session

_UNFINISHED = ("planned", "in_progress")
SAID_DONE = "said_done"


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that was planned for now or begun. ``said_done``: the team has said so, and nobody has checked."""

    id: str
    step: str
    owner: str | None
    said_done: bool


def open_actions(session: Session, assessment: AssessmentRow) -> tuple[OpenAction, ...]:
    """What is looked at first, in the order of the steps."""
    cards = [card for card in board.cards(session, assessment.team_id) if _is_open(card, assessment)]
    return tuple(
        OpenAction(card.public_id, card.step, card.owner, card.state == "reported_done")
        for card in sorted(cards, key=lambda card: card.step)
    )


def open_bets(session: Session, assessment: AssessmentRow) -> tuple[Bet, ...]:
    """The bets of the last assessment that this one will be held against."""
    for past in reversed(assessments.closed_before(session, assessment)):
        if assessment.variant == "pulse" or past.variant == "full":
            return tuple(Bet(bet.question, bet.level) for bet in board.bets(session, past.id))
    return ()


def say_done(session: Session, actor: Actor, room: RoomRow, action_id: str, *, at: dt.datetime) -> SharedState:
    """Say that an open action is done; it can be taken back. Raises NotThere, WrongMoment, VersionConflict."""
    held = hold_for(session, room)
    card = _card(session, held, action_id)
    if card.state not in _UNFINISHED:
        raise WrongMoment("somebody has said already that it is done; its board shows how it is now")
    undo = {"action": card.public_id, "state": card.state, "started": card.started and card.started.isoformat()}
    version = change_card(session, actor, card, replace(form_of(card), state="reported_done"), at=at)
    detail = {"step": card.step}
    return done(session, actor, held, SAID_DONE, at=at, undo={**undo, "version": version}, detail=detail)


def take_back(session: Session, actor: Actor, held: Held, last: Mapping[str, Any], *, at: dt.datetime) -> None:
    """The action as it was before; raises VersionConflict when somebody has changed it since."""
    card = _card(session, held, last["action"])
    started = dt.date.fromisoformat(last["started"]) if last["started"] else None
    before = replace(form_of(card), state=last["state"], started=started)
    change_card(session, actor, card, before, at=at, version=last["version"])


def _card(session: Session, held: Held, action_id: str) -> CardRow:
    """An open action of the room's own team."""
    try:
        card = find_card(session, held.assessment.organization_id, action_id)
    except NotFound:
        raise NotThere("action", action_id) from None
    if card.team_id != held.assessment.team_id or not _is_open(card, held.assessment):
        raise NotThere("action", action_id)
    return card


def _is_open(card: CardRow, assessment: AssessmentRow) -> bool:
    due = card.quarter is not None and card.quarter <= assessment.quarter
    return card.state in {"in_progress", "reported_done"} or (card.state == "planned" and due)
