"""The board for other tools: files, a calendar address of its own, and issues on GitHub."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.domain.quarter import Quarter
from app.formats.tracker import Entry, Occasion, board_csv, board_xlsx, calendar, jira_csv
from app.services.actors import Actor
from app.services.board import Board, Card, board_of
from app.services.next_quarter import suggest_next
from app.store.lookups import reminding, teams
from app.store.lookups.board import card as card_by_id
from app.store.record.requests import log
from app.store.record.versions import save_card
from app.store.tables.reminding import CalendarFeedRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session
from app.trackers.github import GitHub, Issue, TrackerRefused

BoardForm: TypeAlias = Literal["csv", "jira", "xlsx", "ics"]


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """An issue to be made of a card."""

    card: str
    issue: Issue


@dataclass(frozen=True, slots=True)
class OpenedIssue:
    """An issue that was made of a card."""

    card: str
    link: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of it: the issues that were made, and why no more were when GitHub stopped taking them."""

    issues: tuple[OpenedIssue, ...]
    refused: str | None


def export_board(session: Session, actor: Actor, team: TeamRow, form: BoardForm, *, at: dt.datetime) -> bytes:
    """The board as a file, written into the audit log. Actions that were dropped are left out."""
    board = board_of(session, team)
    entries = [_entry(card) for card in board.cards if not card.dropped]
    _log(session, actor, team, "board.exported", at, form)
    if form == "xlsx":
        return board_xlsx(entries, team.name, at.date())
    if form == "ics":
        return _calendar(session, team, board, at)
    return board_csv(entries) if form == "csv" else jira_csv(entries)


def make_feed(session: Session, actor: Actor, team: TeamRow, *, at: dt.datetime) -> tuple[CalendarFeedRow, str]:
    """A calendar address for a team: its row, and the secret part of the address, which is told only here."""
    secret = secrets.token_urlsafe(32)
    row = CalendarFeedRow(
        organization_id=team.organization_id,
        team_id=team.id,
        token_hash=_hash(secret),
        created_at=at,
        created_by=actor.user_id,
    )
    session.add(row)
    session.flush()
    _log(session, actor, team, "calendar.made", at, row.public_id)
    return row, secret


def feeds_of(session: Session, team: TeamRow) -> tuple[tuple[str, dt.datetime], ...]:
    """The public ids of a team's calendar addresses that are in use, with when they were made."""
    return tuple((row.public_id, row.created_at) for row in reminding.feeds(session, team.id))


def end_feed(session: Session, actor: Actor, team: TeamRow, public_id: str, *, at: dt.datetime) -> None:
    """End a calendar address: it opens nothing from now on; again changes nothing. Raises NotFound."""
    row = reminding.feed(session, team.organization_id, public_id)
    if row.ended_at is None:
        row.ended_at = at
        session.flush()
        _log(session, actor, team, "calendar.ended", at, public_id)


def calendar_of(session: Session, secret: str, *, at: dt.datetime) -> bytes:
    """The dates behind a calendar address: open actions with a due date, and the next assessment. Raises NotFound."""
    row = reminding.feed_by_token(session, _hash(secret))
    team = teams.team_by_key(session, row.team_id)
    return _calendar(session, team, board_of(session, team), at)


def order_issues(session: Session, team: TeamRow, cards: Sequence[str] | None = None) -> tuple[IssueOrder, ...]:
    """Issues for the open actions of a board that have no link yet; ``cards``: of these only."""
    return tuple(
        IssueOrder(card.id, Issue(card.title, _body(card), ("mythmark", f"mythmark: {card.backlog}")))
        for card in board_of(session, team).cards
        if card.is_open and card.link is None and card.quarter is not None and (cards is None or card.id in cards)
    )


def open_issues(orders: Sequence[IssueOrder], github: GitHub) -> Opened:
    """Make the issues, one after the other; holds no transaction. Stops at the first that is refused."""
    made: list[OpenedIssue] = []
    for order in orders:
        try:
            made.append(OpenedIssue(order.card, github.make_issue(order.issue)))
        except TrackerRefused as error:
            return Opened(tuple(made), str(error))
    return Opened(tuple(made), None)


def keep_issue_links(session: Session, actor: Actor, team: TeamRow, opened: Opened, *, at: dt.datetime) -> None:
    """Write the addresses of the issues on their cards; a link that somebody set in between stays."""
    for issue in opened.issues:
        card = card_by_id(session, team.organization_id, issue.card)
        if card.link is None:
            save_card(session, card, {"link": issue.link})
    _log(session, actor, team, "board.issues_made", at, f"{len(opened.issues)}")


def _entry(card: Card) -> Entry:
    return Entry(
        id=card.id,
        step=card.step,
        title=card.title,
        what=card.what,
        why=card.why,
        quarter=str(card.quarter) if card.quarter else "",
        state=card.state,
        backlog=card.backlog,
        days=card.days,
        points=card.points,
        needs=tuple(link.title for link in card.needs),
        owner=card.owner or "",
        due=card.due,
        started=card.started,
        effort_days=card.effort_days,
        link=card.link or "",
        note=card.note or "",
    )


def _calendar(session: Session, team: TeamRow, board: Board, at: dt.datetime) -> bytes:
    occasions = [
        Occasion(f"{card.id}@mythmark", card.due, f"Due: {card.title}", f"{team.name}. {card.why}.", card.link or "")
        for card in board.cards
        if card.due is not None and card.is_open and card.state != "reported_done"
    ]
    found = suggest_next(session, team, today=at.date())
    if board.plan is not None and team.archived_at is None:
        text = f"Assessment of {team.name} for {found.quarter.in_words}."
        day = _assessment_day(found.quarter)
        occasions.append(Occasion(f"{team.public_id}-{found.quarter}@mythmark", day, f"Assess: {team.name}", text))
    return calendar(f"Mythmark: {team.name}", occasions, at=at)


def _assessment_day(quarter: Quarter) -> dt.date:
    """The last working day of the quarter."""
    last = quarter.last_day
    return last - dt.timedelta(days=max(0, last.weekday() - 4))


def _body(card: Card) -> str:
    parts = [card.what, f"**Why:** {card.why}"]
    if card.days is not None:
        parts.append(f"**Effort:** {card.days} person-day{'' if card.days == 1 else 's'}, planned for {card.quarter}")
    if card.needs:
        parts.append("**Needs:**\n" + "\n".join(f"- {link.title}" for link in card.needs))
    return "\n\n".join([*parts, f"`{card.step}` on the roadmap board of Mythmark."])


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _log(session: Session, actor: Actor, team: TeamRow, event: str, at: dt.datetime, what: str) -> None:
    log(
        session,
        team.organization_id,
        event,
        at=at,
        actor_id=actor.user_id,
        target=team.public_id,
        detail={"what": what},
    )
