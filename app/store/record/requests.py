"""The audit log, answers to repeated requests, and throttles that hold across nodes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.store.errors import KeyReused
from app.store.record import changed_rows, insert_into
from app.store.tables.records import AuditRow, IdempotencyRow, ThrottleRow


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it goes out again to the same request."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def log(  # noqa: PLR0913 - who did what when
    session: Session,
    organization_id: int | None,
    event: str,
    *,
    at: dt.datetime,
    actor_id: int | None = None,
    target: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the audit log. ``detail`` names no person and no address."""
    session.add(
        AuditRow(
            organization_id=organization_id,
            event=event,
            at=at,
            actor_id=actor_id,
            target=target,
            detail=dict(detail or {}),
        )
    )


def audit_page(
    session: Session, organization_id: int, *, before: int | None = None, limit: int = 50
) -> Sequence[AuditRow]:
    """The log of an organization, newest first; ``before``: the inner key of the last line of the page before."""
    statement = select(AuditRow).where(AuditRow.organization_id == organization_id)
    if before is not None:
        statement = statement.where(AuditRow.id < before)
    return session.scalars(statement.order_by(AuditRow.id.desc()).limit(limit)).all()


def recall_answer(session: Session, actor: str, key_hash: str, request_digest: str) -> IdempotencyRow | None:
    """The answer that this request got before, or None; raises KeyReused when the request was another."""
    row = session.get(IdempotencyRow, (actor, key_hash))
    if row is not None and row.request_digest != request_digest:
        raise KeyReused
    return row


def claim_answer(
    session: Session, actor: str, key_hash: str, request_digest: str, *, at: dt.datetime
) -> IdempotencyRow | None:
    """Take a key for this request, or None where that is done now; otherwise the answer that was kept.

    A twin that comes meanwhile waits here until this transaction ends. Raises KeyReused when the request was another.
    ``finish_answer`` fills in the answer, in the same transaction.
    """
    key = {"actor": actor, "key_hash": key_hash}
    values = {**key, "request_digest": request_digest, "status": 0, "answer": b"", "headers": {}, "created_at": at}
    claimed = insert_into(session, IdempotencyRow, values).on_conflict_do_nothing(index_elements=tuple(key))
    # Drivers count the rows of such an insert in their own ways; one comes back only when it was written.
    if session.execute(claimed.returning(IdempotencyRow.actor)).first() is not None:
        return None
    return recall_answer(session, actor, key_hash, request_digest)


def finish_answer(session: Session, actor: str, key_hash: str, kept: KeptAnswer) -> None:
    """Keep the answer under a key that was claimed before."""
    row = session.get_one(IdempotencyRow, (actor, key_hash))
    row.status, row.answer, row.headers = kept.status, kept.body, dict(kept.headers)
    session.flush()


def count_failure(session: Session, key_hash: str, window_start: dt.datetime) -> int:
    """Count one failure within a window; how many there are now."""
    key = {"key_hash": key_hash, "window_start": window_start}
    statement = insert_into(session, ThrottleRow, {**key, "count": 1})
    counted = statement.on_conflict_do_update(index_elements=tuple(key), set_={"count": ThrottleRow.count + 1})
    return session.execute(counted.returning(ThrottleRow.count)).scalar_one()


def failures(session: Session, key_hash: str, since: dt.datetime) -> int:
    """How many failures were counted in windows that began at ``since`` or later."""
    statement = select(func.sum(ThrottleRow.count)).where(
        ThrottleRow.key_hash == key_hash, ThrottleRow.window_start >= since
    )
    return session.scalar(statement) or 0


def forget_before(session: Session, moment: dt.datetime) -> int:
    """Drop throttles and kept answers older than this; how many."""
    throttles = session.execute(delete(ThrottleRow).where(ThrottleRow.window_start < moment))
    answers = session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < moment))
    return changed_rows(throttles) + changed_rows(answers)
