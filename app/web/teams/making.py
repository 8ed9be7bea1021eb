"""``/organizations/<slug>/teams``: a new team, and the short way from it to a report of one's own."""

from flask import Response

from app.accounts.permissions import Capability
from app.services.beginning import answer_alone
from app.services.errors import NameTaken, NotValid
from app.services.teams import make_team
from app.store.lookups import people
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import sentence
from app.web.forms import sent
from app.web.page import Link, render_page, say, see_other
from app.web.refusals import refusal_of
from app.web.teams.forms import NewTeamForm
from app.web.teams.pages import NewTeamPage
from app.web.teams.room import blueprint
from app.web.units import session
from app.web.visit import acting, frame, need, now, visitor


@blueprint.get("/organizations/<slug>/teams/new")
@allow(Role.FACILITATOR, within=("slug",))
def new(slug: str) -> Response:
    """Show the form."""
    need(Capability.MAKE_TEAMS)
    return render_page(_page(slug), form=NewTeamForm())


@blueprint.post("/organizations/<slug>/teams")
@allow(Role.FACILITATOR, within=("slug",))
def make(slug: str) -> Response:
    """Make the team, and start what was chosen to come next."""
    need(Capability.MAKE_TEAMS)
    form = NewTeamForm()
    if not sent(form):
        return render_page(_page(slug), form=form)
    organization, _ = people.organization_of_user(session(), visitor().user_id, slug)
    try:
        team = make_team(session(), acting(), organization, str(form.name.data), at=now())
    except (NameTaken, NotValid) as error:
        form.name.errors = [sentence(error)]
        return render_page(_page(slug), form=form, status=refusal_of(error).status)
    if form.then.data == "together":
        return see_other(ways.new_assessment(team.public_id))
    if form.then.data == "alone":
        row = answer_alone(session(), acting(), team, at=now())
        return see_other(ways.answering(row.public_id))
    say("The team is made.")
    return see_other(ways.team(team.public_id))


def _page(slug: str) -> NewTeamPage:
    here = frame("Teams")
    return NewTeamPage(
        title="New team",
        viewer=here.viewer,
        nav=here.nav,
        trail=(Link("Teams", ways.organization(slug)),),
        action=f"{ways.organization(slug)}/teams",
        back=ways.organization(slug),
    )
