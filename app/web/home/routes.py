"""``/``, the example report, and one's organizations."""

from flask import Blueprint, Response, request

from app.accounts.gate import present_actor
from app.services.demo_story import SLUG as SAMPLE
from app.web import ways
from app.web.access import Role, allow
from app.web.home.pages import OrganizationLine, OrganizationsPage, WelcomePage, demo_page
from app.web.page import render_page, see_other
from app.web.reports import studio
from app.web.visit import own_frame, visitor

blueprint = Blueprint("home", __name__)
#: Which organization somebody looked at last; only a hint where to begin.
LAST = "organization"


@blueprint.get("/")
@allow(Role.ANYONE)
def show() -> Response:
    """Lead to the organization looked at last, or to one's only own; say what this is to whom nobody knows."""
    actor = present_actor()
    if actor is None:
        return render_page(WelcomePage(title="Mythmark"))
    slugs = [one.slug for one in actor.memberships]
    last = request.cookies.get(LAST, "")
    if last in slugs:
        return see_other(ways.organization(last))
    own = [slug for slug in slugs if slug != SAMPLE] or slugs
    return see_other(ways.organization(own[0]) if len(own) == 1 else "/organizations")


@blueprint.get("/organizations")
@allow(Role.OWNER, Role.FACILITATOR, Role.MEMBER, Role.VIEWER)
def organizations() -> Response:
    """List the organizations one belongs to."""
    own = own_frame()
    lines = tuple(OrganizationLine(m.organization, ways.organization(m.slug), m.role) for m in visitor().memberships)
    return render_page(
        OrganizationsPage(title="Your organizations", viewer=own.viewer, nav=own.nav, organizations=lines)
    )


@blueprint.get("/example")
@allow(Role.ANYONE)
def example() -> Response:
    """Show the report of the example organization."""
    page = demo_page(studio().renderer)
    return Response(
        page.body,
        mimetype="text/html",
        headers={
            "Content-Security-Policy": page.policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        },
    )
