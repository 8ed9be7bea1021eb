"""What lets somebody in: invitations, one-time links, API tokens and signed-in sessions. Secrets are kept as hashes."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Key, PublicId, Row, SecretHash, one_of, organization, owner
from app.store.tables.people import ROLES


class InvitationRow(Row):
    """A single-use invitation bound to an address. ``team_ids``: inner ids of the teams when not all."""

    __tablename__ = "invitations"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int] = organization()
    token_hash: Mapped[SecretHash]
    email: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    all_teams: Mapped[bool] = mapped_column(default=False)
    team_ids: Mapped[list[int]] = mapped_column(default=list)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    __table_args__ = (one_of("role", ROLES),)


class StartLinkRow(Row):
    """A one-time link that signs one person in."""

    __tablename__ = "start_links"

    id: Mapped[Key]
    user_id: Mapped[int] = owner("users.id")
    token_hash: Mapped[SecretHash]
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class ApiTokenRow(Row):
    """A bearer token of a person. ``last_used_on`` is a day: enough to find forgotten ones."""

    __tablename__ = "api_tokens"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    user_id: Mapped[int] = owner("users.id")
    token_hash: Mapped[SecretHash]
    name: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[dt.datetime]
    last_used_on: Mapped[dt.date | None]
    ended_at: Mapped[dt.datetime | None]


class WebSessionRow(Row):
    """A signed-in browser; the user loader asks for it on every request, so that ending it ends it everywhere."""

    __tablename__ = "web_sessions"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    user_id: Mapped[int] = owner("users.id")
    token_hash: Mapped[SecretHash]
    device: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
