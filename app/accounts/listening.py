"""Who still may listen to a room: asked again every few seconds while a stream is open."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.actor import actor_of
from app.accounts.permissions import Capability, may
from app.accounts.sessions import is_live
from app.store.errors import NotFound
from app.store.lookups import people
from app.store.tables.access import ApiTokenRow


@dataclass(frozen=True, slots=True)
class OnStage:
    """A person who runs the room: known by a browser's session or by a token (inner keys, one of them)."""

    user_id: int
    session_id: int | None
    token_id: int | None


@dataclass(frozen=True, slots=True)
class InRoom:
    """A participant (inner key): good for as long as the room is open."""

    participant_id: int


def may_listen(session: Session, organization_id: int, team_id: int, who: OnStage | InRoom) -> bool:
    """Whether this listener may go on."""
    if isinstance(who, InRoom):
        return True
    if who.session_id is not None and not is_live(session, who.session_id):
        return False
    if who.token_id is not None and not _good(session, who.user_id, who.token_id):
        return False
    try:
        active = people.user_by_key(session, who.user_id).active
        return active and may(actor_of(session, who.user_id), Capability.RUN_ROOM, organization_id, team_id)
    except NotFound:
        return False


def _good(session: Session, user_id: int, token_id: int) -> bool:
    mine = select(ApiTokenRow.id).where(ApiTokenRow.user_id == user_id, ApiTokenRow.id == token_id)
    return session.scalar(mine.where(ApiTokenRow.ended_at.is_(None))) is not None
