"""Assessments: one team in one quarter, with one frozen questionnaire."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import OWNS, JsonObject, Key, PublicId, Row, Version, one_of, organization, owner

STATES = ("draft", "open", "closed", "voided")
VARIANTS = ("full", "pulse")
ANONYMITIES = ("anonymous", "open")


class AssessmentRow(Row):
    """The frame of an assessment.

    ``settled`` is the settled form as published at the close, with its digest; ``input_digest`` the keyed digest of
    the raw answers, which never leaves. ``first_answer`` fixes the anonymity terms.
    """

    __tablename__ = "assessments"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int] = organization()
    team_id: Mapped[int] = owner("teams.id")
    pack_id: Mapped[int] = mapped_column(ForeignKey("packs.id"), index=True, info={OWNS: True})
    quarter: Mapped[str] = mapped_column(String(7))
    variant: Mapped[str] = mapped_column(String(10), default="full")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    anonymity: Mapped[str] = mapped_column(String(10), default="anonymous")
    first_answer: Mapped[bool] = mapped_column(default=False)
    stable_ids: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[list[str]] = mapped_column(default=list)
    date: Mapped[dt.date]
    capacity_people: Mapped[Decimal | None]
    capacity_working_days: Mapped[Decimal | None]
    capacity_share: Mapped[Decimal | None]
    target: Mapped[int] = mapped_column(default=3)
    target_levels: Mapped[dict[str, int]] = mapped_column(default=dict)
    context: Mapped[dict[str, str]] = mapped_column(default=dict)
    time_box_minutes: Mapped[int | None]
    version: Mapped[Version]
    created_at: Mapped[dt.datetime]
    opened_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    purged_at: Mapped[dt.datetime | None]
    settled: Mapped[JsonObject | None]
    settled_digest: Mapped[str | None] = mapped_column(String(64))
    input_digest: Mapped[str | None] = mapped_column(String(64))
    program_version: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        one_of("state", STATES),
        one_of("variant", VARIANTS),
        one_of("anonymity", ANONYMITIES),
        CheckConstraint("target BETWEEN 0 AND 4", name="target"),
        CheckConstraint(
            "(capacity_people IS NULL) = (capacity_working_days IS NULL)"
            " AND (capacity_people IS NULL) = (capacity_share IS NULL)",
            name="capacity",
        ),
        CheckConstraint("(state IN ('closed', 'voided')) = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("(closed_at IS NULL) = (settled IS NULL)", name="settled"),
        CheckConstraint("(settled IS NULL) = (settled_digest IS NULL)", name="settled_digest"),
        # One of a team, quarter and variant; a voided one frees the place.
        # What is under way is found without looking at every quarter of every team.
        Index("ix_assessments_state", "organization_id", "state"),
        Index(
            "uq_assessments_quarter",
            "team_id",
            "quarter",
            "variant",
            unique=True,
            sqlite_where=text("state <> 'voided'"),
            postgresql_where=text("state <> 'voided'"),
        ),
    )
