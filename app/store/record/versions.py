"""What two people may edit at once: every save names the version it was made from, and the loser sees both.

``expected_version``: the version that the editor saw, 0 for "nothing was there", None for "whatever is there".
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from app.domain.answers import Agreed, Evidence, EvidenceItem, Grade, Level, NotApplicable
from app.store.errors import VersionConflict
from app.store.record import insert_into
from app.store.tables.answering import AgreedRow, EvidenceRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow, ReportedActionRow


def save_agreed(
    session: Session,
    assessment: AssessmentRow,
    question: str,
    agreed: Agreed | None,
    *,
    expected_version: int | None = None,
) -> int:
    """Record what was settled on, or take it back (None); the new version. Raises VersionConflict (Agreed | None)."""
    answer = agreed.answer if agreed else None
    values = {
        "level": answer.level if isinstance(answer, Level) else None,
        "reason": answer.reason if isinstance(answer, NotApplicable) else None,
        "note": agreed.note if agreed else None,
    }
    return _save(session, AgreedRow, assessment, question, values, expected_version)


def save_evidence(
    session: Session,
    assessment: AssessmentRow,
    question: str,
    evidence: Evidence,
    *,
    expected_version: int | None = None,
) -> int:
    """Record what stands behind a level; the new version. Raises VersionConflict (Evidence | None)."""
    values = {"grade": int(evidence.grade), "items": [plain_item(item) for item in evidence.items]}
    return _save(session, EvidenceRow, assessment, question, values, expected_version)


def save_card(
    session: Session, card: CardRow, changes: Mapping[str, Any], *, expected_version: int | None = None
) -> int:
    """Change a card of the board; the new version. Raises VersionConflict (the CardRow as it is now)."""
    return _update(session, card, changes, expected_version, "action")


def save_settings(
    session: Session, assessment: AssessmentRow, changes: Mapping[str, Any], *, expected_version: int | None = None
) -> int:
    """Change the settings of an assessment; the new version. Raises VersionConflict (the AssessmentRow now)."""
    return _update(session, assessment, changes, expected_version, "assessment")


def report_actions(session: Session, assessment: AssessmentRow, cards: Iterable[CardRow]) -> None:
    """Keep the board as it is as a fact of this assessment; what was reported before is replaced."""
    for card in cards:
        values = {
            "organization_id": assessment.organization_id,
            "state": card.state,
            "owner": card.owner,
            "started": card.started,
            "effort_days": card.effort_days,
            "verified_in": card.verified_in,
        }
        key = {"assessment_id": assessment.id, "step": card.step}
        statement = insert_into(session, ReportedActionRow, {**key, **values})
        session.execute(statement.on_conflict_do_update(index_elements=tuple(key), set_=values))


def agreed_value(row: AgreedRow) -> Agreed | None:
    """What the row says was settled on; None when it was taken back."""
    if row.level is not None:
        return Agreed(Level(row.level), row.note)
    return Agreed(NotApplicable(row.reason), row.note) if row.reason is not None else None


def evidence_value(row: EvidenceRow) -> Evidence:
    """The evidence of the row."""
    return Evidence(Grade(row.grade), tuple(_item(plain) for plain in row.items))


def plain_item(item: EvidenceItem) -> dict[str, str | None]:
    """An artefact as it is kept."""
    date = item.date.isoformat() if item.date else None
    return {"title": item.title, "place": item.place, "date": date, "seen_by": item.seen_by}


def _item(plain: Mapping[str, str | None]) -> EvidenceItem:
    date = plain.get("date")
    return EvidenceItem(
        plain["title"] or "", plain.get("place"), dt.date.fromisoformat(date) if date else None, plain.get("seen_by")
    )


_VALUES: dict[type[AgreedRow | EvidenceRow], tuple[str, Callable[[Any], object]]] = {
    AgreedRow: ("agreed level", agreed_value),
    EvidenceRow: ("evidence", evidence_value),
}


def _save(
    session: Session,
    row: type[AgreedRow | EvidenceRow],
    assessment: AssessmentRow,
    question: str,
    values: Mapping[str, Any],
    expected: int | None,
) -> int:
    """One statement each: nobody can come between the look and the write."""
    key = {"assessment_id": assessment.id, "question": question}
    version: int | None
    if expected:
        changed = (
            update(row)
            .where(row.assessment_id == assessment.id, row.question == question, row.version == expected)
            .values(**values, version=expected + 1)
            .returning(row.version)
        )
        version = session.execute(changed, execution_options={"synchronize_session": False}).scalar()
    else:
        made = insert_into(session, row, {**key, **values, "organization_id": assessment.organization_id, "version": 1})
        if expected is None:
            made = made.on_conflict_do_update(
                index_elements=tuple(key), set_={**values, "version": _version_of(row) + 1}
            )
        else:
            made = made.on_conflict_do_nothing()
        version = session.execute(made.returning(_version_of(row))).scalar()
    # Typed by hand: the checker sees only the base of the two.
    found: Any = session.get(row, (assessment.id, question), populate_existing=True)
    present: AgreedRow | EvidenceRow | None = found
    if version is None:
        what, value = _VALUES[row]
        raise VersionConflict(what, present.version if present else 0, value(present) if present else None)
    return version


def _update(
    session: Session, row: CardRow | AssessmentRow, changes: Mapping[str, Any], expected: int | None, what: str
) -> int:
    kind = type(row)
    statement = update(kind).where(kind.id == row.id).values(**changes, version=kind.version + 1)
    if expected is not None:
        statement = statement.where(kind.version == expected)
    returned = session.execute(statement.returning(kind.version), execution_options={"synchronize_session": False})
    version: int | None = returned.scalar()
    session.refresh(row)
    if version is None:
        raise VersionConflict(what, row.version, row)
    return version


def _version_of(row: type[AgreedRow | EvidenceRow]) -> ColumnElement[int]:
    # In ON CONFLICT the stored column is meant, by its table's name.
    version: ColumnElement[int] = row.__table__.c["version"]
    return version
