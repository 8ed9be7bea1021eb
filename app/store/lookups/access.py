"""What lets somebody in, by the hash of its secret. Whether it is still good is the caller's to judge."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.lookups import all_of, one
from app.store.tables.access import ApiTokenRow, InvitationRow, StartLinkRow, WebSessionRow


def invitation_by_token(session: Session, token_hash: str) -> InvitationRow:
    """Raises NotFound."""
    return one(session, select(InvitationRow).where(InvitationRow.token_hash == token_hash), "invitation")


def invitation(session: Session, organization_id: int, public_id: str) -> InvitationRow:
    """One invitation of an organization; raises NotFound."""
    statement = select(InvitationRow).where(
        InvitationRow.organization_id == organization_id, InvitationRow.public_id == public_id
    )
    return one(session, statement, "invitation")


def invitations(session: Session, organization_id: int) -> Sequence[InvitationRow]:
    """The invitations of an organization that were not used, oldest first."""
    statement = select(InvitationRow).where(
        InvitationRow.organization_id == organization_id, InvitationRow.used_at.is_(None)
    )
    return all_of(session, statement.order_by(InvitationRow.created_at, InvitationRow.id))


def start_link(session: Session, token_hash: str) -> StartLinkRow:
    """Raises NotFound."""
    return one(session, select(StartLinkRow).where(StartLinkRow.token_hash == token_hash), "link")


def api_token(session: Session, token_hash: str) -> ApiTokenRow:
    """Raises NotFound."""
    return one(session, select(ApiTokenRow).where(ApiTokenRow.token_hash == token_hash), "token")


def api_tokens(session: Session, user_id: int) -> Sequence[ApiTokenRow]:
    """The API tokens of a person that were not ended, oldest first."""
    statement = select(ApiTokenRow).where(ApiTokenRow.user_id == user_id, ApiTokenRow.ended_at.is_(None))
    return all_of(session, statement.order_by(ApiTokenRow.created_at, ApiTokenRow.id))


def web_session(session: Session, token_hash: str) -> WebSessionRow:
    """A session that was not ended; raises NotFound."""
    statement = select(WebSessionRow).where(WebSessionRow.token_hash == token_hash, WebSessionRow.ended_at.is_(None))
    return one(session, statement, "session")


def web_sessions(session: Session, user_id: int) -> Sequence[WebSessionRow]:
    """The sessions of a person that were not ended, last seen first."""
    statement = select(WebSessionRow).where(WebSessionRow.user_id == user_id, WebSessionRow.ended_at.is_(None))
    return all_of(session, statement.order_by(WebSessionRow.seen_at.desc(), WebSessionRow.id))
