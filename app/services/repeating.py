"""A request that is sent again gets the answer that it got before, and does nothing a second time."""

import datetime as dt
import hashlib

from app.services.actors import Actor
from app.store.record.requests import KeptAnswer, claim_answer, finish_answer
from app.store.unit_of_work import Session

__all__ = ["KeptAnswer", "begin_once", "end_once"]


def begin_once(session: Session, actor: Actor, key: str, request: bytes, *, at: dt.datetime) -> KeptAnswer | None:
    """The answer that this person's request got before under this key, or None: do it now, then ``end_once``.

    ``request`` is everything that makes it the same request. Raises KeyReused for another one under the same key.
    """
    row = claim_answer(session, _who(actor), _hidden(key), hashlib.sha256(request).hexdigest(), at=at)
    return None if row is None else KeptAnswer(row.status, row.answer, {str(k): str(v) for k, v in row.headers.items()})


def end_once(session: Session, actor: Actor, key: str, answer: KeptAnswer) -> None:
    """Keep the answer, in the transaction that did the work."""
    finish_answer(session, _who(actor), _hidden(key), answer)


def _who(actor: Actor) -> str:
    return f"user:{actor.user_id}"


def _hidden(key: str) -> str:
    """A key may be a secret of a device."""
    return hashlib.sha256(key.encode()).hexdigest()
