"""Teams, and the questionnaires on the organization's own shelf."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import OWNS, JsonList, JsonObject, Key, PublicId, Row, organization, owner


class TeamRow(Row):
    """The unit that is assessed. ``rehearsal``: only a rehearsal of a workshop, listed nowhere and never closed."""

    __tablename__ = "teams"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int] = organization()
    name: Mapped[str] = mapped_column(String(200))
    rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[dt.datetime]
    archived_at: Mapped[dt.datetime | None]

    __table_args__ = (UniqueConstraint("organization_id", "name"),)


class TeamTagRow(Row):
    """A word that an organization sorts its teams by, such as ``payments``."""

    __tablename__ = "team_tags"

    team_id: Mapped[int] = owner("teams.id", primary_key=True)
    tag: Mapped[str] = mapped_column(String(80), primary_key=True)
    organization_id: Mapped[int] = organization(index=False)

    __table_args__ = (Index("ix_team_tags_organization_tag", "organization_id", "tag"),)


class SummaryRow(Row):
    """What the last closed full assessment of a team came to, so that many teams can be shown at once.

    A copy and no record: it counts only with the digest of the settled form it was made from and the version of the
    program that made it, and is made anew whenever one of them is another. ``trend`` is apart since lists of all
    teams do not need it.
    """

    __tablename__ = "team_summaries"

    team_id: Mapped[int] = owner("teams.id", primary_key=True)
    organization_id: Mapped[int] = organization()
    assessment_id: Mapped[int] = owner("assessments.id")
    settled_digest: Mapped[str] = mapped_column(String(64))
    program_version: Mapped[str] = mapped_column(String(40))
    content: Mapped[JsonObject]
    trend: Mapped[JsonList]


class OfferRow(Row):
    """What a team lets the others of its organization take over: agreed levels of one of its closed assessments."""

    __tablename__ = "offers"

    team_id: Mapped[int] = owner("teams.id", primary_key=True)
    organization_id: Mapped[int] = organization()
    assessment_id: Mapped[int] = owner("assessments.id")
    questions: Mapped[JsonList]
    note: Mapped[str | None] = mapped_column(Text)
    offered_at: Mapped[dt.datetime]
    offered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class PackRow(Row):
    """One version of one questionnaire: shipped (no organization) or an organization's own.

    ``published_at`` None is a draft. A published one never changes: a trigger of the database holds that.
    """

    __tablename__ = "packs"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), index=True, info={OWNS: True}
    )
    pack: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[dt.datetime]
    published_at: Mapped[dt.datetime | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    __table_args__ = (
        UniqueConstraint("organization_id", "pack", "version"),
        # NULLs are distinct in a unique constraint, so shipped packs need their own.
        Index(
            "uq_packs_shipped",
            "pack",
            "version",
            unique=True,
            sqlite_where=text("organization_id IS NULL"),
            postgresql_where=text("organization_id IS NULL"),
        ),
        CheckConstraint("length(digest) = 64", name="digest"),
    )
