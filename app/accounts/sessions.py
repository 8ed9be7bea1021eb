"""Signed-in browsers: a row each, asked for on every request, so that ending it ends it everywhere."""

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.secrets import new_secret, secret_hash
from app.store.errors import NotFound
from app.store.lookups import access
from app.store.tables.access import WebSessionRow

IDLE = dt.timedelta(days=7)
LONGEST = dt.timedelta(days=30)
_SEEN_EVERY = dt.timedelta(hours=1)

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def begin_session(session: Session, user_id: int, device: str, now: dt.datetime) -> str:
    """Remember a browser that signed in; the secret that its cookie carries."""
    secret = new_secret()
    row = WebSessionRow(user_id=user_id, token_hash=secret_hash(secret), device=device, created_at=now, seen_at=now)
    session.add(row)
    session.flush()
    return secret


def find_session(session: Session, secret: str, now: dt.datetime) -> WebSessionRow | None:
    """The session of this secret, unless it was ended, lay idle or is too old."""
    try:
        row = access.web_session(session, secret_hash(secret))
    except NotFound:
        return None
    fresh = now - row.seen_at < IDLE and now - row.created_at < LONGEST
    return row if fresh else None


def wants_to_be_seen(row: WebSessionRow, now: dt.datetime) -> bool:
    """Whether the last sight of this session is old enough to be written anew."""
    return now - row.seen_at >= _SEEN_EVERY


def note_seen(session: Session, session_id: int, now: dt.datetime) -> None:
    """Write down that the session was used."""
    session.execute(update(WebSessionRow).where(WebSessionRow.id == session_id).values(seen_at=now))


def live_sessions(session: Session, user_id: int, now: dt.datetime) -> list[WebSessionRow]:
    """The sessions of a person that still hold, last seen first."""
    rows = access.web_sessions(session, user_id)
    return [row for row in rows if now - row.seen_at < IDLE and now - row.created_at < LONGEST]


def is_live(session: Session, session_id: int) -> bool:
    """Whether the session was not ended: what an open stream asks now and then."""
    found = select(WebSessionRow.id).where(WebSessionRow.id == session_id, WebSessionRow.ended_at.is_(None))
    return session.scalar(found) is not None


def end_session(session: Session, user_id: int, public_id: str, now: dt.datetime) -> None:
    """End one session of this person; raises NotFound."""
    row = next((r for r in access.web_sessions(session, user_id) if r.public_id == public_id), None)
    if row is None:
        raise NotFound("session")
    row.ended_at = now


def end_secret(session: Session, secret: str, now: dt.datetime) -> None:
    """End the session of this secret, if there is one."""
    session.execute(
        update(WebSessionRow)
        .where(WebSessionRow.token_hash == secret_hash(secret), WebSessionRow.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all_sessions(session: Session, user_id: int, now: dt.datetime) -> None:
    """End every session of this person."""
    session.execute(
        update(WebSessionRow)
        .where(WebSessionRow.user_id == user_id, WebSessionRow.ended_at.is_(None))
        .values(ended_at=now)
    )


def device_name(user_agent: str) -> str:
    """A browser and a system, such as "Firefox on Linux": enough to know one's own, too little to tell people apart."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), None)
    return f"{browser} on {system}" if system else browser
