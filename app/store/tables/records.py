"""What the program keeps about its own work: the audit log, answers to repeated requests, and throttles."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import OWNS, JsonObject, Key, Row


class AuditRow(Row):
    """Who did what when. Append only: a trigger of the database refuses changes.

    ``actor_id`` is a user's id without a reference, so that the log outlives the person and names nobody;
    None is the program or its operator. ``target`` is a public id or a slug; ``detail`` holds no address.
    """

    __tablename__ = "audit_log"

    id: Mapped[Key]
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), info={OWNS: True}
    )
    at: Mapped[dt.datetime]
    actor_id: Mapped[int | None]
    event: Mapped[str] = mapped_column(String(80))
    target: Mapped[str | None] = mapped_column(String(200))
    detail: Mapped[JsonObject] = mapped_column(default=dict)

    __table_args__ = (Index("ix_audit_log_organization_at", "organization_id", "at"),)


class IdempotencyRow(Row):
    """The answer that a repeated request gets again. ``actor``: who asked, such as ``user:7``."""

    __tablename__ = "idempotency_keys"

    actor: Mapped[str] = mapped_column(String(80), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    headers: Mapped[JsonObject] = mapped_column(default=dict)
    created_at: Mapped[dt.datetime] = mapped_column(index=True)


class ThrottleRow(Row):
    """How often something failed within one window, under a keyed hash of who tried."""

    __tablename__ = "throttles"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_start: Mapped[dt.datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int] = mapped_column(default=0)
