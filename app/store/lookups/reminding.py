"""Calendar feeds, and reminders that went out."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.lookups import all_of, one
from app.store.tables.board import CardRow
from app.store.tables.reminding import CalendarFeedRow, ReminderRow


def feed_by_token(session: Session, token_hash: str) -> CalendarFeedRow:
    """A feed that was not ended; raises NotFound."""
    statement = select(CalendarFeedRow).where(
        CalendarFeedRow.token_hash == token_hash, CalendarFeedRow.ended_at.is_(None)
    )
    return one(session, statement, "calendar")


def feed(session: Session, organization_id: int, public_id: str) -> CalendarFeedRow:
    """A feed of the organization; raises NotFound."""
    statement = select(CalendarFeedRow).where(
        CalendarFeedRow.organization_id == organization_id, CalendarFeedRow.public_id == public_id
    )
    return one(session, statement, "calendar")


def feeds(session: Session, team_id: int) -> Sequence[CalendarFeedRow]:
    """The feeds of a team that were not ended, oldest first."""
    statement = select(CalendarFeedRow).where(CalendarFeedRow.team_id == team_id, CalendarFeedRow.ended_at.is_(None))
    return all_of(session, statement.order_by(CalendarFeedRow.created_at, CalendarFeedRow.id))


def cards_due(session: Session, organization_id: int, until: dt.date) -> Sequence[CardRow]:
    """The actions of an organization that are due by a day and neither said to be done nor dropped."""
    statement = select(CardRow).where(
        CardRow.organization_id == organization_id,
        CardRow.due.is_not(None),
        CardRow.due <= until,
        CardRow.state.in_(("planned", "in_progress", "not_confirmed", "regressed")),
        CardRow.pinned.is_not(False),
    )
    return all_of(session, statement.order_by(CardRow.due, CardRow.team_id, CardRow.step))


def reminded(session: Session, organization_id: int, since: dt.datetime) -> set[tuple[int, str, str, dt.date]]:
    """Who was reminded of what, on account of which day, since a moment."""
    statement = select(ReminderRow.user_id, ReminderRow.kind, ReminderRow.target, ReminderRow.due).where(
        ReminderRow.organization_id == organization_id, ReminderRow.sent_at >= since
    )
    return {(row[0], row[1], row[2], row[3]) for row in session.execute(statement)}
