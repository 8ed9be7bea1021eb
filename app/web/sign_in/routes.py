"""``/sign-in`` until the accounts take it over: it says where the way in is."""

from flask import Blueprint, Response

from app.web.access import Role, allow
from app.web.page import render_page
from app.web.sign_in.pages import SignInPage

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@allow(Role.ANYONE)
def show() -> Response:
    """Say how somebody gets in."""
    return render_page(SignInPage(ready=False))
