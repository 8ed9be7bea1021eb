"""Teams, and the questionnaires on the organization's own shelf."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import OWNS, Key, PublicId, Row, organization


class TeamRow(Row):
    """The unit that is assessed. ``rehearsal``: only a rehearsal of a workshop, listed nowhere and never closed."""

    __tablename__ = "teams"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int] = organization()
    name: Mapped[str] = mapped_column(String(200))
    tags: Mapped[list[str]] = mapped_column(default=list)
    offers_answers: Mapped[bool] = mapped_column(default=False)
    rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[dt.datetime]
    archived_at: Mapped[dt.datetime | None]

    __table_args__ = (UniqueConstraint("organization_id", "name"),)


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
