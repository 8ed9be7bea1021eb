"""Organizations, the people who sign in, and who belongs where."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint, func
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.store.columns import OWNS, Key, PublicId, Row, one_of, organization, owner

ROLES = ("owner", "facilitator", "member", "viewer")


class OrganizationRow(Row):
    """A tenant. ``retention_days``: how long raw votes stay after closing; None keeps them."""

    __tablename__ = "organizations"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[dt.datetime]
    retention_days: Mapped[int | None] = mapped_column(default=30)
    is_demo: Mapped[bool] = mapped_column(default=False)


class UserRow(Row):
    """Somebody who signs in, with the fields that Flask-Security 5.9 asks for.

    The address is stored as normalized by the accounts room. Its moments are aware here: Flask-Security's
    ``datetime_factory`` must be one that gives aware moments. No address of a machine is kept (no tracking).
    """

    __tablename__ = "users"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    fs_token_uniquifier: Mapped[str | None] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[dt.datetime | None]
    mf_recovery_codes: Mapped[list[str] | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    us_totp_secrets: Mapped[str | None] = mapped_column(Text)
    us_phone_number: Mapped[str | None] = mapped_column(String(128), unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    oidc_issuer: Mapped[str | None] = mapped_column(String(255))
    oidc_subject: Mapped[str | None] = mapped_column(String(255))
    language: Mapped[str | None] = mapped_column(String(35))
    create_datetime: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    update_datetime: Mapped[dt.datetime] = mapped_column(server_default=func.now())

    # Flask-Security appends passkeys here; no tenant's row hangs on a person this way.
    webauthn: Mapped[list["CredentialRow"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject"),)

    @property
    def roles(self) -> list[str]:
        """Flask-Security's own roles are not used: who may what follows from memberships."""
        return []

    @roles.setter
    def roles(self, roles: Iterable[str]) -> None:
        if list(roles):
            raise ValueError("roles are given by memberships")


class CredentialRow(Row):
    """A passkey, with the fields that Flask-Security 5.9 asks for (``WebAuthnMixin``)."""

    __tablename__ = "credentials"

    id: Mapped[Key]
    user_id: Mapped[int] = owner("users.id")
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int | None] = mapped_column(default=0)
    transports: Mapped[list[str] | None]
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    create_datetime: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    lastuse_datetime: Mapped[dt.datetime]
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))
    user: Mapped[UserRow] = relationship(back_populates="webauthn")

    __table_args__ = (UniqueConstraint("user_id", "name"),)


class MembershipRow(Row):
    """A person's part in an organization. ``all_teams`` or the teams of MembershipTeamRow."""

    __tablename__ = "memberships"

    id: Mapped[Key]
    organization_id: Mapped[int] = organization()
    user_id: Mapped[int] = owner("users.id")
    role: Mapped[str] = mapped_column(String(20))
    all_teams: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]

    __table_args__ = (UniqueConstraint("organization_id", "user_id"), one_of("role", ROLES))


class MembershipTeamRow(Row):
    """One team that a member works with."""

    __tablename__ = "membership_teams"

    membership_id: Mapped[int] = owner("memberships.id", primary_key=True)
    team_id: Mapped[int] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True, index=True, info={OWNS: True}
    )
    organization_id: Mapped[int] = organization()


# Flask-Security takes a used code out of the list it was given: such a change has to be noticed.
MutableList.associate_with_attribute(UserRow.mf_recovery_codes)
MutableList.associate_with_attribute(CredentialRow.transports)
