"""One-time links that sign one person in: for the local owner at the first start, and for who was just added."""

import datetime as dt
import secrets

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from app.accounts import audit
from app.accounts.addresses import LOCAL_OWNER
from app.accounts.errors import LinkNotGood
from app.accounts.secrets import new_secret, secret_hash
from app.store.errors import NotFound
from app.store.lookups import access, people
from app.store.record import changed_rows
from app.store.tables.access import StartLinkRow
from app.store.tables.people import CredentialRow, MembershipRow, UserRow

GOOD_FOR = dt.timedelta(days=7)


def local_owner(session: Session) -> UserRow:
    """The person who owns what is made on this machine; made when there is none. They still need memberships."""
    try:
        return people.user_by_email(session, LOCAL_OWNER)
    except NotFound:
        return add_person(session, LOCAL_OWNER, "Owner")


def add_person(session: Session, email: str, name: str = "") -> UserRow:
    """A person who cannot sign in yet. ``email`` is normalized."""
    row = UserRow(
        email=email,
        name=name,
        fs_uniquifier=secrets.token_hex(16),
        fs_token_uniquifier=secrets.token_hex(16),
        fs_webauthn_user_handle=secrets.token_hex(32),
    )
    session.add(row)
    session.flush()
    return row


def an_owner_can_sign_in(session: Session) -> bool:
    """Whether some owner has a password, a first-factor passkey or single sign-on: then no link is printed."""
    passkey = exists().where(CredentialRow.user_id == UserRow.id, CredentialRow.usage == "first")
    ways = or_(UserRow.password.is_not(None), UserRow.oidc_subject.is_not(None), passkey)
    able = select(UserRow.id).where(UserRow.active, ways)
    owns = select(MembershipRow.id).where(MembershipRow.user_id.in_(able), MembershipRow.role == "owner")
    return session.scalar(owns.limit(1)) is not None


def make_start_link(session: Session, user_id: int, now: dt.datetime) -> str:
    """A path such as ``/start/<token>`` that signs this person in once; links made before end."""
    session.execute(delete(StartLinkRow).where(StartLinkRow.user_id == user_id, StartLinkRow.used_at.is_(None)))
    token = new_secret()
    row = StartLinkRow(user_id=user_id, token_hash=secret_hash(token), created_at=now, expires_at=now + GOOD_FOR)
    session.add(row)
    audit.record_for_person(session, user_id, audit.START_LINK_MADE, at=now)
    return f"/start/{token}"


def look_at_start_link(session: Session, token: str, now: dt.datetime) -> str:
    """The name or address of whom the link would sign in; changes nothing. Raises LinkNotGood."""
    user = people.user_by_key(session, _good(session, token, now).user_id)
    return user.name or user.email


def use_start_link(session: Session, token: str, now: dt.datetime) -> int:
    """Use the link up; the key of the person to sign in. Raises LinkNotGood."""
    row = _good(session, token, now)
    # The condition holds against a twin that was faster.
    used = session.execute(
        update(StartLinkRow).where(StartLinkRow.id == row.id, StartLinkRow.used_at.is_(None)).values(used_at=now)
    )
    if changed_rows(used) != 1:
        raise LinkNotGood
    audit.record_for_person(session, row.user_id, audit.START_LINK_USED, at=now)
    return row.user_id


def _good(session: Session, token: str, now: dt.datetime) -> StartLinkRow:
    try:
        row = access.start_link(session, secret_hash(token))
    except NotFound:
        raise LinkNotGood from None
    if row.used_at is not None or row.expires_at <= now or not people.user_by_key(session, row.user_id).active:
        raise LinkNotGood
    return row
