"""The kept summaries of teams: one a team, put in the place of the one before."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.store.record import insert_into
from app.store.tables.teams import SummaryRow


def keep_summary(session: Session, row: SummaryRow) -> None:
    """Keep the summary of a team."""
    values = {
        "organization_id": row.organization_id,
        "assessment_id": row.assessment_id,
        "settled_digest": row.settled_digest,
        "program_version": row.program_version,
        "content": row.content,
        "trend": row.trend,
    }
    made = insert_into(session, SummaryRow, {"team_id": row.team_id, **values})
    session.execute(made.on_conflict_do_update(index_elements=("team_id",), set_=values))


def drop_summary(session: Session, team_id: int) -> None:
    """Forget the summary of a team that has no closed full assessment any more."""
    session.execute(delete(SummaryRow).where(SummaryRow.team_id == team_id))
