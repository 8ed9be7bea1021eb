"""What a team does with the cards of its board: owner, due date, state, notes; pin one, or leave it out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from app.domain.errors import NotAQuarter
from app.domain.quarter import Quarter
from app.services.actors import Actor
from app.services.board_plans import OPEN, last_full, new_card
from app.services.errors import NotThere, NotValid, WrongMoment
from app.services.given import NAME_CHARACTERS, given_text
from app.services.packs import questionnaire_by_key
from app.store.lookups import board
from app.store.record import add_once
from app.store.record.requests import log
from app.store.record.versions import save_card
from app.store.tables.board import CardRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

#: What a team can say; the rest is found by the check at the next close.
REPORTED = ("planned", "in_progress", "reported_done")
_MOST_DAYS = 10_000


@dataclass(frozen=True, slots=True)
class CardForm:
    """What can be changed of a card; made with ``form_of`` and changed with ``dataclasses.replace``.

    ``owner`` is a name or a respondent id. ``quarter`` None: not in any quarter for now.
    """

    state: str
    quarter: Quarter | None = None
    owner: str | None = None
    due: dt.date | None = None
    started: dt.date | None = None
    link: str | None = None
    note: str | None = None
    effort_days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a team says of an action. ``owner`` is a name or a respondent id."""

    state: str
    owner: str | None = None
    started: dt.date | None = None
    effort_days: Decimal | None = None
    note: str | None = None


def find_card(session: Session, organization_id: int, public_id: str) -> CardRow:
    """An action of this organization; raises NotFound, also for one of another organization."""
    return board.card(session, organization_id, public_id)


def form_of(card: CardRow) -> CardForm:
    """What can be changed of a card, as it is."""
    return CardForm(
        state=card.state,
        quarter=Quarter.parse(card.quarter) if card.quarter else None,
        owner=card.owner,
        due=card.due,
        started=card.started,
        link=card.link,
        note=card.note,
        effort_days=card.effort_days,
    )


def change_card(
    session: Session, actor: Actor, card: CardRow, form: CardForm, *, at: dt.datetime, version: int | None = None
) -> int:
    """Change a card; the new version. Raises NotValid, VersionConflict (with the CardRow as it is now).

    What is begun without a day has begun today. A state that the check found stays until the team says another.
    """
    changes = _columns(form, card, at)
    saved = save_card(session, card, changes, expected_version=version)
    _log(session, actor, card, "changed", at, {"step": card.step, "state": form.state})
    return saved


def report_action(
    session: Session, actor: Actor, card: CardRow, report: Report, *, at: dt.datetime, version: int | None = None
) -> int:
    """Say how far an action is; the new version. Raises NotValid, VersionConflict."""
    form = replace(
        form_of(card),
        state=report.state,
        owner=report.owner,
        started=report.started,
        effort_days=report.effort_days,
        note=report.note,
    )
    return change_card(session, actor, card, form, at=at, version=version)


def pin_card(session: Session, actor: Actor, card: CardRow, *, at: dt.datetime, version: int | None = None) -> int:
    """Keep a card in the next quarter of every plan to come; the new version. Raises WrongMoment, VersionConflict."""
    if card.state not in OPEN:
        raise WrongMoment("it is done or said to be done; there is nothing left to plan")
    saved = save_card(session, card, {"pinned": True}, expected_version=version)
    _log(session, actor, card, "pinned", at, {"step": card.step})
    return saved


def drop_card(session: Session, actor: Actor, card: CardRow, *, at: dt.datetime, version: int | None = None) -> int:
    """Leave a card out of every plan to come; the new version. Raises WrongMoment once it has begun."""
    if card.state in {"in_progress", "reported_done", "verified"}:
        raise WrongMoment("work on it has begun; say that it is planned again before you drop it")
    saved = save_card(session, card, {"pinned": False, "quarter": None}, expected_version=version)
    _log(session, actor, card, "dropped", at, {"step": card.step})
    return saved


def unpin(session: Session, actor: Actor, card: CardRow, *, at: dt.datetime, version: int | None = None) -> int:
    """Let the planner decide again over a card that was pinned or dropped; the new version."""
    saved = save_card(session, card, {"pinned": None}, expected_version=version)
    _log(session, actor, card, "unpinned", at, {"step": card.step})
    return saved


def add_action(
    session: Session, actor: Actor, team: TeamRow, step: str, *, at: dt.datetime, quarter: Quarter | None = None
) -> CardRow:
    """Put a step that the plan does not hold on the board, pinned: a later plan keeps it.

    One that was dropped comes back. Raises NotThere for a step the questionnaire lacks, WrongMoment when it is on the
    board already, or before the first full assessment is closed.
    """
    assessment = last_full(session, team)
    if step not in questionnaire_by_key(session, assessment.pack_id).steps:
        raise NotThere("step", step)
    when = str(quarter or Quarter.parse(assessment.quarter).after(1))
    card = next((c for c in board.cards(session, team.id) if c.step == step), None)
    if card is None:
        card = new_card(team.organization_id, team.id, step, when)
        card.pinned = True
        if not add_once(session, card):
            raise WrongMoment(f"{step} is on the board already")
    elif card.pinned is False:
        save_card(session, card, {"pinned": True, "quarter": when})
    else:
        raise WrongMoment(f"{step} is on the board already")
    _log(session, actor, card, "added", at, {"step": step})
    return card


def _columns(form: CardForm, card: CardRow, at: dt.datetime) -> dict[str, Any]:
    if form.state not in REPORTED and form.state != card.state:
        raise NotValid("status", f"say {', '.join(REPORTED)}; the rest is found by the next assessment")
    if form.effort_days is not None and not (form.effort_days.is_finite() and 0 <= form.effort_days <= _MOST_DAYS):
        raise NotValid("effort_days", f"write a number of days from 0 to {_MOST_DAYS:,}")
    owner = given_text(form.owner, "owner")
    if owner is not None and (len(owner) > NAME_CHARACTERS or "\n" in owner):
        raise NotValid("owner", f"write one line of at most {NAME_CHARACTERS} characters")
    begun = form.state == "in_progress" and card.state != "in_progress"
    return {
        "state": form.state,
        "quarter": str(form.quarter) if form.quarter else None,
        "owner": owner,
        "due": form.due,
        "started": form.started or (at.date() if begun else None),
        "link": web_link(form.link),
        "note": given_text(form.note, "note"),
        "effort_days": form.effort_days,
    }


def web_link(text: str | None) -> str | None:
    """An address in the web, or None; raises NotValid for anything else that a browser might open."""
    link = given_text(text, "link")
    if link is None:
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in link):
        raise NotValid("link", "write an address that begins with https:// or http://")
    return link


def quarter_given(text: str | None) -> Quarter | None:
    """A quarter as it was written, or None for nothing; raises NotValid."""
    if not (text or "").strip():
        return None
    try:
        return Quarter.parse((text or "").strip())
    except NotAQuarter:
        raise NotValid("quarter", "write a quarter such as 2026-Q4") from None


def _log(
    session: Session, actor: Actor, card: CardRow, event: str, at: dt.datetime, detail: Mapping[str, object]
) -> None:
    log(
        session,
        card.organization_id,
        f"action.{event}",
        at=at,
        actor_id=actor.user_id,
        target=card.public_id,
        detail=detail,
    )
