"""What teams offer to others: one offer a team, put in the place of the one before."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.store.record import insert_into
from app.store.tables.teams import OfferRow


def keep_offer(session: Session, row: OfferRow) -> None:
    """Keep the offer of a team."""
    values = {
        "organization_id": row.organization_id,
        "assessment_id": row.assessment_id,
        "questions": row.questions,
        "note": row.note,
        "offered_at": row.offered_at,
        "offered_by": row.offered_by,
    }
    made = insert_into(session, OfferRow, {"team_id": row.team_id, **values})
    session.execute(made.on_conflict_do_update(index_elements=("team_id",), set_=values))


def drop_offer(session: Session, team_id: int) -> None:
    """Forget the offer of a team."""
    session.execute(delete(OfferRow).where(OfferRow.team_id == team_id))
