"""Light, dark or as the system: kept in a cookie, so that the first byte of a page already has the right colours."""

from flask import Blueprint, Response, request

from app.web.access import Role, allow
from app.web.page import THEME_COOKIE, THEMES, own_path, see_other
from app.web.security import A_YEAR

blueprint = Blueprint("theme", __name__)


@blueprint.post("/theme")
@allow(Role.ANYONE)
def choose() -> Response:
    """Keep the choice and go back; anything unknown is as the system."""
    answer = see_other(own_path(request.form.get("next", "/")))
    theme = request.form.get("to", "")
    if theme in THEMES and theme != "system":
        # Read by static/js/theme.js as well, so not HttpOnly; it says nothing about anybody.
        answer.set_cookie(THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax", secure=request.is_secure)
    else:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax", secure=request.is_secure)
    return answer
