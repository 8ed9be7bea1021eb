"""A small world for the tests: one organization, a team, an open assessment, people who take part."""

import datetime as dt

from sqlalchemy.orm import Session

from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import MembershipRow, OrganizationRow, UserRow
from app.store.tables.teams import PackRow, TeamRow

NOW = dt.datetime(2026, 9, 30, 12, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 9, 30)


def organization(session: Session, slug: str = "example") -> OrganizationRow:
    row = OrganizationRow(slug=slug, name=slug.title(), created_at=NOW)
    session.add(row)
    session.flush()
    return row


def user(session: Session, name: str, *organizations: OrganizationRow, role: str = "facilitator") -> UserRow:
    row = UserRow(email=f"{name}@example.org", name=name, fs_uniquifier=name)
    session.add(row)
    session.flush()
    for one in organizations:
        session.add(MembershipRow(organization_id=one.id, user_id=row.id, role=role, all_teams=True, created_at=NOW))
    session.flush()
    return row


def team(session: Session, whose: OrganizationRow, name: str = "Forecasting") -> TeamRow:
    row = TeamRow(organization_id=whose.id, name=name, created_at=NOW)
    session.add(row)
    session.flush()
    return row


def pack(
    session: Session, whose: OrganizationRow | None = None, version: str = "1.0.0", *, published: bool = True
) -> PackRow:
    row = PackRow(
        organization_id=whose.id if whose else None,
        pack="mlops",
        version=version,
        content="x",
        digest="0" * 64,
        created_at=NOW,
        published_at=NOW if published else None,
    )
    session.add(row)
    session.flush()
    return row


def assessment(session: Session, of: TeamRow, using: PackRow, quarter: str = "2026-Q3") -> AssessmentRow:
    row = AssessmentRow(
        organization_id=of.organization_id,
        team_id=of.id,
        pack_id=using.id,
        quarter=quarter,
        state="open",
        date=DAY,
        created_at=NOW,
        opened_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def close(row: AssessmentRow) -> None:
    row.state, row.closed_at, row.settled, row.settled_digest = "closed", NOW, {"questions": {}}, "a" * 64


def participant(session: Session, row: AssessmentRow, name: str, role: str = "data_scientist") -> ParticipantRow:
    made = ParticipantRow(
        organization_id=row.organization_id, assessment_id=row.id, respondent=name, role=role, joined_on=DAY
    )
    session.add(made)
    session.flush()
    return made


def world(session: Session, slug: str = "example") -> AssessmentRow:
    """An open assessment with everything above it, and its own questionnaire."""
    whose = organization(session, slug)
    return assessment(session, team(session, whose), pack(session, whose))
