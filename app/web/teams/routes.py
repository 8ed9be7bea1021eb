"""``/organizations/<slug>`` and ``/teams/<team_id>``."""

from flask import Blueprint, Response

from app.services.teams import list_teams
from app.web import ways
from app.web.access import Role, allow
from app.web.page import render_page
from app.web.teams.pages import DashboardPage, TeamLine
from app.web.units import session
from app.web.visit import frame, membership, place

blueprint = Blueprint("teams", __name__)


@blueprint.get("/organizations/<slug>")
@allow(Role.VIEWER, within=("slug",))
def dashboard(slug: str) -> Response:
    """Every team of the organization."""
    del slug
    here = frame("Teams")
    lines = tuple(TeamLine(t.name, ways.team(t.public_id)) for t in list_teams(session(), place().organization_id))
    answer = render_page(DashboardPage(title=membership().organization, viewer=here.viewer, nav=here.nav, teams=lines))
    answer.set_cookie("organization", membership().slug, max_age=365 * 86400, httponly=True, samesite="Lax")
    return answer
