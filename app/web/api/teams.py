"""Teams of an organization."""

from flask import Response

from app.formats.api_given import Team, TeamPage
from app.formats.api_taken import NewTeam, PageAsked
from app.services.organizations import find_organization
from app.services.teams import find_team, make_team, page_of_teams
from app.web.access import Role, allow
from app.web.api.bodies import given, taken
from app.web.api.once import once
from app.web.api.paging import cut, page_asked
from app.web.api.room import Described, Heading, blueprint, describe
from app.web.api.shown import shown_team
from app.web.units import session
from app.web.visit import acting, now, place


@blueprint.get("/organizations/<slug>/teams")
@allow(Role.VIEWER, within=("slug",))
@describe(Described(Heading.TEAMS, {200: TeamPage}, query=PageAsked))
def listed_teams(slug: str) -> Response:
    """List the teams of an organization by name."""
    del slug
    after, limit = page_asked()
    found = page_of_teams(session(), place().organization_id, after=after, limit=limit + 1)
    rows, following = cut(found, lambda row: row.name, limit)
    return given(TeamPage(items=[shown_team(row) for row in rows], next=following))


@blueprint.post("/organizations/<slug>/teams")
@allow(Role.FACILITATOR, within=("slug",))
@describe(Described(Heading.TEAMS, {201: Team}, takes=NewTeam, moment=True))
@once
def new_team(slug: str) -> Response:
    """Make a team; who works with given teams only may not."""
    body = taken(NewTeam)
    row = make_team(session(), acting(), find_organization(session(), slug), body.name, at=now())
    return given(shown_team(row), 201, location=f"/teams/{row.public_id}")


@blueprint.get("/teams/<team_id>")
@allow(Role.VIEWER, within=("team_id",))
@describe(Described(Heading.TEAMS, {200: Team}))
def show_team(team_id: str) -> Response:
    """Show a team."""
    return given(shown_team(find_team(session(), place().organization_id, team_id)))
