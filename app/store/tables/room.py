"""The live room of an assessment: its code and where the conversation stands."""

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import OWNS, JsonList, Key, Row, one_of, organization, owner

PHASES = ("lobby", "voting", "revealed", "agreed", "closed")


class RoomRow(Row):
    """A room. ``code`` goes when the room closes: it dies with it. ``revision`` rises with every shared change.

    ``agenda`` is the order of questions, ``skipped`` what was accepted as agreed without a talk.
    """

    __tablename__ = "rooms"

    id: Mapped[Key]
    organization_id: Mapped[int] = organization()
    assessment_id: Mapped[int] = owner("assessments.id")
    # Whoever knows the code of an open room may see its lobby: guessing is throttled.
    code: Mapped[str | None] = mapped_column(String(20), unique=True, info={OWNS: True})
    phase: Mapped[str] = mapped_column(String(10), default="lobby")
    question: Mapped[str | None] = mapped_column(String(80))
    voting: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=1)
    time_box_minutes: Mapped[int | None]
    agenda: Mapped[JsonList] = mapped_column(default=list)
    skipped: Mapped[JsonList] = mapped_column(default=list)
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    opened_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]

    __table_args__ = (UniqueConstraint("assessment_id"), one_of("phase", PHASES))
