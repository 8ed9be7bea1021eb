"""The live room of an assessment: its code, where the conversation stands, and the further devices of who is in it."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import OWNS, JsonList, JsonObject, Key, Row, SecretHash, one_of, organization, owner, random_key

PHASES = ("lobby", "voting", "revealed", "agreed", "closed")


class RoomRow(Row):
    """A room. ``code`` goes when the room closes: it dies with it. ``revision`` rises with every shared change.

    ``agenda`` is the order of questions set by hand (empty: as computed), ``beforehand`` what the agenda is computed
    from, frozen so that no single answer can be read off it. ``skipped`` is what was accepted as agreed without a
    talk, ``not_agreed`` where the room found no level, ``undoable`` how to take back the last move (None: it cannot
    be). ``expected``: people by role family.
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
    not_agreed: Mapped[JsonList] = mapped_column(default=list, server_default="[]")
    beforehand: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    expected: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    undoable: Mapped[JsonObject | None]
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    opened_at: Mapped[dt.datetime]
    asked_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]

    __table_args__ = (UniqueConstraint("assessment_id"), one_of("phase", PHASES))


class DeviceRow(Row):
    """A further device of a participant: first a link that is good once and soon over, then a token of its own.

    Like participants, devices keep no order.
    """

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, default=random_key, info={OWNS: True})
    organization_id: Mapped[int] = organization(index=False)
    participant_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("participants.id", ondelete="CASCADE"), index=True, info={OWNS: True}
    )
    link_hash: Mapped[SecretHash]
    token_hash: Mapped[SecretHash | None]
    expires_at: Mapped[dt.datetime]

    __table_args__ = ({"sqlite_with_rowid": False},)
