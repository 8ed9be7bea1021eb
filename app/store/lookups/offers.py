"""What teams offer to the other teams of their organization."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import OfferRow, TeamRow


def offers(session: Session, organization_id: int) -> list[tuple[OfferRow, TeamRow, AssessmentRow]]:
    """What teams offer to others, with the closed assessment it is from; by name of the team."""
    statement = (
        select(OfferRow, TeamRow, AssessmentRow)
        .join(TeamRow, TeamRow.id == OfferRow.team_id)
        .join(AssessmentRow, AssessmentRow.id == OfferRow.assessment_id)
        .where(
            OfferRow.organization_id == organization_id,
            TeamRow.organization_id == organization_id,
            AssessmentRow.organization_id == organization_id,
            AssessmentRow.state == "closed",
            TeamRow.archived_at.is_(None),
            TeamRow.rehearsal.is_(False),
        )
    )
    found = session.execute(statement.order_by(func.lower(TeamRow.name), TeamRow.name))
    return [(offer, team, assessment) for offer, team, assessment in found]


def offer(session: Session, team_id: int) -> OfferRow | None:
    """What a team offers."""
    return session.scalar(select(OfferRow).where(OfferRow.team_id == team_id))
