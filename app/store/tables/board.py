"""What happens between two assessments: plans that were accepted, the board, what was reported, and bets."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import JsonObject, Key, PublicId, Row, Version, one_of, organization, owner

STATUSES = ("planned", "in_progress", "reported_done", "verified", "not_confirmed", "regressed")


class PlanRow(Row):
    """A plan that a team accepted, as it was accepted."""

    __tablename__ = "plans"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int] = organization()
    team_id: Mapped[int] = owner("teams.id")
    assessment_id: Mapped[int] = owner("assessments.id")
    content: Mapped[JsonObject]
    accepted_at: Mapped[dt.datetime]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class CardRow(Row):
    """One action on a team's board; ``step`` such as ``mon-drift@2``, ``quarter`` the one it is planned for.

    ``kind``: ``build`` it, or ``show`` evidence for what the room claims already.
    ``pinned`` True keeps it in the plan, False leaves it out, None lets the planner decide.
    """

    __tablename__ = "cards"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int] = organization()
    team_id: Mapped[int] = owner("teams.id")
    step: Mapped[str] = mapped_column(String(90))
    state: Mapped[str] = mapped_column(String(20), default="planned")
    kind: Mapped[str] = mapped_column(String(5), default="build", server_default="build")
    quarter: Mapped[str | None] = mapped_column(String(7))
    owner: Mapped[str | None] = mapped_column(String(200))
    due: Mapped[dt.date | None]
    started: Mapped[dt.date | None]
    link: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    effort_days: Mapped[Decimal | None]
    verified_in: Mapped[str | None] = mapped_column(String(7))
    pinned: Mapped[bool | None]
    version: Mapped[Version]

    __table_args__ = (
        UniqueConstraint("team_id", "step"),
        one_of("state", STATUSES),
        # What several teams share is counted in the index alone.
        Index("ix_cards_shared", "organization_id", "step", "team_id", "state", "pinned"),
        # What is due is found among the cards that have a day at all.
        Index("ix_cards_due", "organization_id", "due"),
    )


class ReportedActionRow(Row):
    """A step of the previous plan as the team reported it in one assessment: a fact of that assessment."""

    __tablename__ = "reported_actions"

    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    step: Mapped[str] = mapped_column(String(90), primary_key=True)
    organization_id: Mapped[int] = organization()
    state: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str | None] = mapped_column(String(200))
    started: Mapped[dt.date | None]
    effort_days: Mapped[Decimal | None]
    verified_in: Mapped[str | None] = mapped_column(String(7))

    __table_args__ = (one_of("state", STATUSES),)


class BetRow(Row):
    """A level that the room expects a question to have at the next assessment."""

    __tablename__ = "bets"

    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    question: Mapped[str] = mapped_column(String(80), primary_key=True)
    organization_id: Mapped[int] = organization()
    level: Mapped[int]

    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4", name="level"),)


class ReportRow(Row):
    """A report as it was made, kept under the digest of what it was made from."""

    __tablename__ = "reports"

    organization_id: Mapped[int] = organization()
    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    form: Mapped[str] = mapped_column(String(20), primary_key=True)
    input_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    program_version: Mapped[str] = mapped_column(String(40), primary_key=True)
    content: Mapped[bytes]
