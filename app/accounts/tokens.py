"""Bearer tokens of the API: shown once, kept as a hash."""

import datetime as dt

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts import audit
from app.accounts.actor import Actor, actor_of
from app.accounts.addresses import normalize_address
from app.accounts.secrets import new_secret, secret_hash
from app.store.errors import NotFound
from app.store.lookups import access, people
from app.store.tables.access import ApiTokenRow

#: Makes a leaked token easy to find.
PREFIX = "mm_"
LONGEST_NAME = 100


def make_token(session: Session, email: str, now: dt.datetime, *, name: str = "") -> str:
    """A token of this person, who need not have signed in ever; raises NotFound, NotAnAddress."""
    user = people.user_by_email(session, normalize_address(email))
    return make_token_of(session, user.id, now, name=name)


def make_token_of(session: Session, user_id: int, now: dt.datetime, *, name: str = "") -> str:
    """A token of the person with this key."""
    token = PREFIX + new_secret()
    row = ApiTokenRow(user_id=user_id, token_hash=secret_hash(token), name=name[:LONGEST_NAME], created_at=now)
    session.add(row)
    audit.record_for_person(session, user_id, audit.TOKEN_MADE, at=now)
    return token


def find_token(session: Session, token: str) -> ApiTokenRow | None:
    """The token's row, unless it was ended or its person may not sign in."""
    try:
        row = access.api_token(session, secret_hash(token))
    except NotFound:
        return None
    return row if row.ended_at is None and people.user_by_key(session, row.user_id).active else None


def actor_of_token(session: Session, token: str) -> Actor | None:
    """Who sent this token; None when it is not good."""
    row = find_token(session, token)
    return actor_of(session, row.user_id) if row else None


def note_use(session: Session, token_id: int, day: dt.date) -> None:
    """Write down the day on which a token was used."""
    session.execute(update(ApiTokenRow).where(ApiTokenRow.id == token_id).values(last_used_on=day))


def end_token(session: Session, user_id: int, public_id: str, now: dt.datetime) -> None:
    """End one token of this person; raises NotFound."""
    row = next((r for r in access.api_tokens(session, user_id) if r.public_id == public_id), None)
    if row is None:
        raise NotFound("token")
    row.ended_at = now
    audit.record_for_person(session, user_id, audit.TOKEN_ENDED, at=now)


def end_all_tokens(session: Session, user_id: int, now: dt.datetime) -> None:
    """End every token of this person."""
    session.execute(
        update(ApiTokenRow).where(ApiTokenRow.user_id == user_id, ApiTokenRow.ended_at.is_(None)).values(ended_at=now)
    )
