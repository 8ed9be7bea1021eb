"""``/profile/data.json`` and ``/profile/delete``: everything that is kept about oneself, and leaving for good."""

from flask import Response
from flask_login import current_user, logout_user

from app.accounts.port import port
from app.services.errors import WrongMoment
from app.services.retention import delete_person, only_owner_of, personal_file
from app.store.lookups import people
from app.store.tables.people import UserRow
from app.web import ways
from app.web.access import Role, allow
from app.web.forms import sent
from app.web.page import Link, render_page, say, see_other
from app.web.profile.drawing import viewer
from app.web.profile.forms import ButtonForm
from app.web.profile.pages import LeavePage
from app.web.profile.routes import blueprint
from app.web.units import compact_after_commit
from app.web.visit import acting

_ALL = (Role.OWNER, Role.FACILITATOR, Role.MEMBER, Role.VIEWER)


@blueprint.get("/profile/data.json")
@allow(*_ALL)
def my_file() -> Response:
    """All that is kept about oneself."""
    headers = {"Content-Disposition": 'attachment; filename="mythmark-my-data.json"', "Cache-Control": "no-store"}
    return Response(personal_file(port().session(), _me()), content_type="application/json", headers=headers)


@blueprint.get("/profile/delete")
@allow(*_ALL)
def ask_to_delete() -> Response:
    """The question, or what has to be done first."""
    return render_page(_page(), form=ButtonForm(formdata=None))


@blueprint.post("/profile/delete")
@allow(*_ALL)
def delete() -> Response:
    """Delete oneself; the only owner of an organization is told what to do first."""
    form = ButtonForm()
    if not sent(form):
        return render_page(_page(), form=form)
    try:
        delete_person(port().session(), _me(), at=port().now(), actor=acting())
    except WrongMoment:
        return render_page(_page(), form=form, status=409)
    compact_after_commit()
    logout_user()
    say("Your account is deleted.")
    return see_other("/")


def _me() -> UserRow:
    return people.user_by_key(port().session(), current_user.id)


def _page() -> LeavePage:
    alone = only_owner_of(port().session(), _me())
    return LeavePage(
        title="Delete your account?",
        viewer=viewer(),
        trail=(Link("Your account", "/profile"),),
        email=current_user.email,
        first=tuple(Link(organization.name, ways.people(organization.slug)) for organization in alone),
    )
