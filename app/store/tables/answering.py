"""Answers: who takes part, what they vote, what the room settles on, and what stands behind it.

Votes and participants keep no order: their tables have no row number on SQLite, and keys are random.
"""

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from app.store.columns import OWNS, JsonList, Row, SecretHash, Version, one_of, organization, owner, random_key

_UNORDERED = {"sqlite_with_rowid": False}
_QUESTION = String(80)


def _participant() -> MappedColumn[Any]:
    return mapped_column(BigInteger, primary_key=True, index=True, info={OWNS: True})


class ParticipantRow(Row):
    """Somebody in one assessment: no name, no address, no time finer than the day.

    ``respondent`` is the opaque id that the facts carry. ``user_id`` only for signed-in members.
    """

    __tablename__ = "participants"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, default=random_key, info={OWNS: True})
    organization_id: Mapped[int] = organization()
    assessment_id: Mapped[int] = owner("assessments.id")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, info={OWNS: True}
    )
    respondent: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[SecretHash | None]
    joined_on: Mapped[dt.date]

    __table_args__ = (
        UniqueConstraint("assessment_id", "respondent"),
        UniqueConstraint("assessment_id", "user_id"),
        # What votes and beliefs point at: a participant of another assessment cannot vote here.
        UniqueConstraint("id", "assessment_id"),
        _UNORDERED,
    )


class VoteRow(Row):
    """One participant's answer in one voting of one question."""

    __tablename__ = "votes"

    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    question: Mapped[str] = mapped_column(_QUESTION, primary_key=True)
    voting: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = _participant()
    organization_id: Mapped[int] = organization(index=False)
    kind: Mapped[str] = mapped_column(String(5))
    level: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    released: Mapped[bool] = mapped_column(default=False)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (
        one_of("kind", ("level", "dk", "na")),
        CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name="level_when"),
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name="level"),
        CheckConstraint("(kind = 'na') = (reason IS NOT NULL)", name="reason_when"),
        CheckConstraint("NOT released OR comment IS NOT NULL", name="released"),
        CheckConstraint("voting >= 1", name="voting"),
        ForeignKeyConstraint(
            ["participant_id", "assessment_id"], ["participants.id", "participants.assessment_id"], ondelete="CASCADE"
        ),
        _UNORDERED,
    )


class BeliefRow(Row):
    """One participant's answer to one belief: 1 to 5, or none for "no opinion"."""

    __tablename__ = "belief_answers"

    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    belief: Mapped[str] = mapped_column(_QUESTION, primary_key=True)
    participant_id: Mapped[int] = _participant()
    organization_id: Mapped[int] = organization(index=False)
    agree: Mapped[int | None]
    seq: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (
        CheckConstraint("agree IS NULL OR agree BETWEEN 1 AND 5", name="agree"),
        ForeignKeyConstraint(
            ["participant_id", "assessment_id"], ["participants.id", "participants.assessment_id"], ondelete="CASCADE"
        ),
        _UNORDERED,
    )


class VotingRow(Row):
    """One voting of a question; its votes count when it has ended.

    ``shown``: what a room saw of it, "counts" or the "level" that the votes give, "both" or nothing.
    """

    __tablename__ = "votings"

    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    question: Mapped[str] = mapped_column(_QUESTION, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = organization(index=False)
    ended: Mapped[bool] = mapped_column(default=False)
    shown: Mapped[str | None] = mapped_column(String(10))

    __table_args__ = (CheckConstraint("number >= 1", name="number"),)


class AgreedRow(Row):
    """What the room settled on: a level, or a reason why it does not apply; neither when it was taken back."""

    __tablename__ = "agreed"

    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    question: Mapped[str] = mapped_column(_QUESTION, primary_key=True)
    organization_id: Mapped[int] = organization(index=False)
    level: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    version: Mapped[Version]

    __table_args__ = (
        CheckConstraint("level IS NULL OR reason IS NULL", name="one"),
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name="level"),
    )


class EvidenceRow(Row):
    """What stands behind a claimed level; ``items`` are objects with title, place, date, seen_by."""

    __tablename__ = "evidence"

    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    question: Mapped[str] = mapped_column(_QUESTION, primary_key=True)
    organization_id: Mapped[int] = organization(index=False)
    grade: Mapped[int] = mapped_column(default=0)
    items: Mapped[JsonList] = mapped_column(default=list)
    version: Mapped[Version]

    __table_args__ = (CheckConstraint("grade BETWEEN 0 AND 2", name="grade"),)


class HandsRow(Row):
    """A public show of hands of one role; ``counts``: levels 0 to 4, do not know, does not apply."""

    __tablename__ = "hands"

    assessment_id: Mapped[int] = owner("assessments.id", primary_key=True)
    question: Mapped[str] = mapped_column(_QUESTION, primary_key=True)
    role: Mapped[str] = mapped_column(String(80), primary_key=True)
    organization_id: Mapped[int] = organization(index=False)
    counts: Mapped[list[int]]
