"""``/organizations/<slug>/people``: invite, change, remove."""

from flask import Blueprint, Response, g

from app.accounts import invitations, members
from app.accounts.actor import Actor
from app.accounts.addresses import NotAnAddress
from app.accounts.errors import AlreadyMember
from app.accounts.gate import present_actor
from app.accounts.permissions import Capability, require
from app.accounts.port import port
from app.accounts.reset import make_reset_link
from app.store.lookups import access, people, teams
from app.store.tables.people import MembershipRow, UserRow
from app.web import ways
from app.web.access import NotSignedIn, Role, allow
from app.web.forms import Form, sent
from app.web.page import Link, render_page, say, see_other
from app.web.people.forms import InviteForm, RoleForm
from app.web.people.pages import Invited, PeoplePage, Person, PersonPage, TeamChoice
from app.web.shared import ConfirmPage
from app.web.visit import frame, site

blueprint = Blueprint("people", __name__, url_prefix="/organizations/<slug>/people")
_OWNER = allow(Role.OWNER, within=("slug",))
_OWNER_OF_PERSON = allow(Role.OWNER, within=("slug",), free=("person_id",))  # looked for in the organization only


REMOVAL = "They are signed out everywhere at once. Their answers stay in the assessments they took part in."


@blueprint.get("")
@_OWNER
def show(slug: str) -> Response:
    """Everybody."""
    return render_page(_people_page(slug), form=InviteForm())


@blueprint.post("/invitations")
@_OWNER
def invite(slug: str) -> Response:
    """Invite somebody: by mail when there is a server for it, otherwise the link is shown."""
    form, here = InviteForm(), port()
    if not sent(form):
        return render_page(_people_page(slug), form=form)
    try:
        path = invitations.invite(
            here.session(), _actor(), _organization(), str(form.email.data), str(form.role.data), here.now(),
            all_teams=bool(form.all_teams.data), teams=_chosen(form),
        )  # fmt: skip
    except (NotAnAddress, AlreadyMember) as problem:
        text = str(problem)
        form.email.errors = [f"{text[0].upper()}{text[1:]}."]
        return render_page(_people_page(slug), form=form)
    link = f"{site()}{path}"
    if here.mailer is None:
        here.session().flush()
        return render_page(_people_page(slug, link), form=InviteForm(formdata=None))
    words = (
        f"You are invited to {_name(slug)} at Mythmark.\n\nOpen this address to join; it is for you alone:\n{link}\n"
    )
    here.mailer.send(str(form.email.data), f"Join {_name(slug)} at Mythmark", words)
    say("The invitation is on its way.")
    return see_other(ways.people(slug))


@blueprint.post("/invitations/<invitation_id>/withdraw")
@allow(Role.OWNER, within=("slug",), free=("invitation_id",))  # looked for in the organization only
def withdraw(slug: str, invitation_id: str) -> Response:
    """End an invitation."""
    invitations.withdraw_invitation(port().session(), _actor(), _organization(), invitation_id, port().now())
    say("The invitation is withdrawn.")
    return see_other(ways.people(slug))


@blueprint.get("/<person_id>")
@_OWNER_OF_PERSON
def person(slug: str, person_id: str) -> Response:
    """One member."""
    page, row = _person_page(slug, person_id)
    return render_page(page, form=RoleForm(role=row.role, all_teams=row.all_teams))


@blueprint.post("/<person_id>")
@_OWNER_OF_PERSON
def change(slug: str, person_id: str) -> Response:
    """Give another role or other teams."""
    people.member(port().session(), _organization(), person_id)
    form = RoleForm()
    if not sent(form):
        return render_page(_person_page(slug, person_id)[0], form=form)
    members.change_member(
        port().session(), _actor(), _organization(), person_id, port().now(),
        role=str(form.role.data), all_teams=bool(form.all_teams.data), teams=_chosen(form),
    )  # fmt: skip
    say("Saved.")
    return see_other(ways.people(slug))


@blueprint.get("/<person_id>/remove")
@_OWNER_OF_PERSON
def ask_to_remove(slug: str, person_id: str) -> Response:
    """Ask before somebody is taken out."""
    user, _ = people.member(port().session(), _organization(), person_id)
    page = ConfirmPage(
        title=f"Remove {user.name or user.email}?",
        text=REMOVAL,
        yes="Remove from the organization",
        action=f"{ways.people(slug)}/{person_id}/remove",
        back=f"{ways.people(slug)}/{person_id}",
    )
    return render_page(page, form=Form())


@blueprint.post("/<person_id>/remove")
@_OWNER_OF_PERSON
def remove(slug: str, person_id: str) -> Response:
    """Take somebody out of the organization."""
    members.remove_member(port().session(), _actor(), _organization(), person_id, port().now())
    say("The person no longer belongs to the organization.")
    return see_other(ways.people(slug))


@blueprint.post("/<person_id>/reset-link")
@_OWNER_OF_PERSON
def reset_link(slug: str, person_id: str) -> Response:
    """Make a link for a new password and show it this once."""
    here = port()
    path = make_reset_link(here.session(), _actor(), _organization(), person_id, here.now())
    page, row = _person_page(slug, person_id, f"{site()}{path}")
    return render_page(page, form=RoleForm(formdata=None, role=row.role, all_teams=row.all_teams))


def _actor() -> Actor:
    return require(present_actor(), Capability.MANAGE_PEOPLE, _organization())


def _organization() -> int:
    place = g.get("place")
    if place is None:
        raise NotSignedIn
    return int(place.organization_id)


def _name(slug: str) -> str:
    return people.organization(port().session(), slug).name


def _chosen(form: RoleForm) -> list[int]:
    session = port().session()
    return [teams.team(session, _organization(), one).id for one in form.teams.data or ()]


def _people_page(slug: str, link: str = "") -> PeoplePage:
    session, here = port().session(), frame("People")
    return PeoplePage(
        title="People",
        viewer=here.viewer,
        nav=here.nav,
        base=ways.people(slug),
        people=tuple(_person(user, row) for user, row in people.members(session, _organization())),
        invited=tuple(
            Invited(row.public_id, row.email, row.role, row.expires_at.date())
            for row in access.invitations(session, _organization())
        ),
        teams=tuple(TeamChoice(team.public_id, team.name) for team in teams.teams(session, _organization())),
        link=link,
    )


def _person_page(slug: str, person_id: str, link: str = "") -> tuple[PersonPage, MembershipRow]:
    session, here = port().session(), frame("People")
    user, row = people.member(session, _organization(), person_id)
    mine = members.team_keys(session, row)
    base = ways.people(slug)
    page = PersonPage(
        title=user.name or user.email,
        viewer=here.viewer,
        nav=here.nav,
        trail=(Link("People", base),),
        base=f"{base}/{person_id}",
        person=_person(user, row),
        all_teams=row.all_teams,
        removal=REMOVAL,
        teams=tuple(TeamChoice(t.public_id, t.name, t.id in mine) for t in teams.teams(session, _organization())),
        link=link,
    )
    return page, row


def _person(user: UserRow, row: MembershipRow) -> Person:
    session = port().session()
    everything = row.role == "owner" or row.all_teams
    named = "" if everything else ", ".join(team.name for team in people.teams_of_member(session, row))
    words = "All teams" if everything else named or "No team"
    return Person(user.public_id, user.name or user.email, user.email, row.role, words, user.id == _actor().user_id)
