"""``/`` and ``/healthz``."""

from flask import Blueprint, Response

from app.web.home.pages import demo_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
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


@blueprint.get("/healthz")
def health() -> Response:
    """Say that the process lives."""
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
