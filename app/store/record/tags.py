"""The tags of a team."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.store.tables.teams import TeamRow, TeamTagRow


def save_tags(session: Session, team: TeamRow, tags: Iterable[str]) -> None:
    """Set the tags of a team: what was there before is replaced."""
    session.execute(delete(TeamTagRow).where(TeamTagRow.team_id == team.id))
    session.add_all(TeamTagRow(team_id=team.id, organization_id=team.organization_id, tag=tag) for tag in tags)
    session.flush()
