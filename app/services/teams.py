"""Teams: the units that are assessed."""

import datetime as dt
from collections.abc import Sequence

from app.services.actors import Actor
from app.services.errors import NameTaken
from app.services.given import given_name
from app.store.errors import NotFound
from app.store.lookups import teams
from app.store.record import add_once
from app.store.record.requests import log
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import OrganizationRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session


def find_team(session: Session, organization_id: int, public_id: str) -> TeamRow:
    """A team of this organization; raises NotFound, also for one of another organization."""
    return teams.team(session, organization_id, public_id)


def list_teams(session: Session, organization_id: int, *, archived: bool = False) -> Sequence[TeamRow]:
    """The teams of an organization by name; archived ones when asked for."""
    return teams.teams(session, organization_id, archived=archived)


def team_of(session: Session, assessment: AssessmentRow) -> TeamRow:
    """The team of an assessment that was found before."""
    return teams.team_by_key(session, assessment.team_id)


def page_of_teams(session: Session, organization_id: int, *, after: str, limit: int) -> Sequence[TeamRow]:
    """At most so many teams by name, those that come after this name; archived ones too."""
    return teams.teams_after(session, organization_id, after, limit)


def make_team(session: Session, actor: Actor, organization: OrganizationRow, name: str, *, at: dt.datetime) -> TeamRow:
    """Make a team; raises NotValid, NameTaken (an archived team keeps its name)."""
    row = TeamRow(organization_id=organization.id, name=given_name(name, "name"), created_at=at)
    if not add_once(session, row):
        raise NameTaken("a team", row.name)
    log(session, row.organization_id, "team.made", at=at, actor_id=actor.user_id, target=row.public_id)
    return row


def rename_team(session: Session, actor: Actor, team: TeamRow, name: str, *, at: dt.datetime) -> None:
    """Give a team another name; closed assessments keep the one they were published under. Raises NameTaken."""
    wanted = given_name(name, "name")
    if wanted == team.name:
        return
    try:
        teams.team_by_name(session, team.organization_id, wanted)
    except NotFound:
        team.name = wanted
        session.flush()
        log(session, team.organization_id, "team.renamed", at=at, actor_id=actor.user_id, target=team.public_id)
        return
    raise NameTaken("a team", wanted)


def archive_team(session: Session, actor: Actor, team: TeamRow, *, at: dt.datetime) -> None:
    """Put a team away: its reports stay, nothing new is assessed; again changes nothing."""
    if team.archived_at is None:
        team.archived_at = at
        log(session, team.organization_id, "team.archived", at=at, actor_id=actor.user_id, target=team.public_id)


def bring_back_team(session: Session, actor: Actor, team: TeamRow, *, at: dt.datetime) -> None:
    """Take a team out of the archive; again changes nothing."""
    if team.archived_at is not None:
        team.archived_at = None
        log(session, team.organization_id, "team.brought_back", at=at, actor_id=actor.user_id, target=team.public_id)
