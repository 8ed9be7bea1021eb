"""What tells people of dates: calendar feeds, and which reminders went out."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Key, PublicId, Row, SecretHash, organization, owner


class CalendarFeedRow(Row):
    """A calendar address of a team; whoever knows its secret may read the dates, until it is ended."""

    __tablename__ = "calendar_feeds"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int] = organization()
    team_id: Mapped[int] = owner("teams.id")
    token_hash: Mapped[SecretHash]
    created_at: Mapped[dt.datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    ended_at: Mapped[dt.datetime | None]


class ReminderRow(Row):
    """A reminder that went out: of one thing, on account of one day, to one person; so it goes out once."""

    __tablename__ = "reminders"

    user_id: Mapped[int] = owner("users.id", primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    target: Mapped[str] = mapped_column(String(80), primary_key=True)
    due: Mapped[dt.date] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = organization(index=False)
    sent_at: Mapped[dt.datetime]

    __table_args__ = (Index("ix_reminders_organization_sent", "organization_id", "sent_at"),)
