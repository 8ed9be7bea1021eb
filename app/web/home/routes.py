"""``/``."""

from flask import Blueprint, Response

from app.web.access import Role, allow
from app.web.home.pages import demo_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@allow(Role.ANYONE)
def show() -> Response:
    """Show the demo report."""
    page = demo_page()
    return Response(
        page.body,
        mimetype="text/html",
        headers={
            "Content-Security-Policy": page.policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        },
    )
