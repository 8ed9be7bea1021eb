"""Ways in beside the password: one-time links, invitations, single sign-on."""

from flask import Blueprint, Response, redirect, request, url_for
from flask_login import current_user, logout_user

from app.accounts import invitations, passwords, start
from app.accounts.errors import PasswordRefused
from app.accounts.port import port
from app.accounts.security import sign_in
from app.accounts.single_sign_on import SignOnRefused, come_back_from_provider, leave_for_provider
from app.accounts.throttle import link_tries
from app.store.lookups import people
from app.web.access import Role, allow
from app.web.forms import Form, sent
from app.web.page import render_page, say, see_other
from app.web.profile.forms import ButtonForm, JoinForm
from app.web.profile.pages import InvitationPage, StartPage
from app.web.visit import site

entrance = Blueprint("entrance", __name__)


@entrance.get("/start/<token>")
@allow(Role.ANYONE)
def look_at_start(token: str) -> Response:
    """Show whom the link would sign in, and a button."""
    here = port()
    name = start.look_at_start_link(here.session(), token, here.now())
    return render_page(StartPage(title="Sign in", name=name, action=request.path), form=ButtonForm())


@entrance.post("/start/<token>")
@allow(Role.ANYONE)
def use_start(token: str) -> Response:
    """Use the link up and sign in."""
    here = port()
    link_tries(here.throttle_key, request.remote_addr or "").check(here.session(), here.now())
    user_id = start.use_start_link(here.session(), token, here.now())
    sign_in(people.user_by_key(here.session(), user_id), "start")
    return see_other("/")


@entrance.route("/invitations/<token>", methods=["GET", "POST"])
@allow(Role.ANYONE)
def invitation(token: str) -> Response:
    """Show an invitation; accept it by POST, as who is signed in or as somebody new."""
    here = port()
    offered = invitations.look_at_invitation(here.session(), token, here.now())
    signed_in = bool(current_user.is_authenticated)
    form: Form = ButtonForm() if signed_in or offered.known else JoinForm()
    if (signed_in or not offered.known) and sent(form):
        slug = _accept(token, form, signed_in=signed_in)
        if slug:
            say(f"You belong to {offered.organization} now.")
            return see_other("/")
    page = InvitationPage(
        title=f"Join {offered.organization}", organization=offered.organization, email=offered.email,
        role=offered.role, action=request.path, known=offered.known, signed_in=signed_in,
    )  # fmt: skip
    return render_page(page, form=form)


def _accept(token: str, form: Form, *, signed_in: bool) -> str:
    here = port()
    if signed_in:
        return invitations.accept_as(here.session(), token, current_user.id, here.now())
    offered = invitations.look_at_invitation(here.session(), token, here.now())
    name, password = str(form["name"].data), str(form["password"].data)
    try:
        passwords.check_new_password(password, (offered.email, name))
    except PasswordRefused as problem:
        text = str(problem)
        form["password"].errors = [f"{text[0].upper()}{text[1:]}."]
        return ""
    user_id, slug = invitations.accept_as_new(
        here.session(), token, name, passwords.hash_password(password), here.now()
    )
    sign_in(people.user_by_key(here.session(), user_id), "invitation")
    return slug


@entrance.get("/sign-in/sso")
@allow(Role.ANYONE)
def leave() -> Response:
    """Go to the provider."""
    here = port()
    if here.provider is None:
        raise SignOnRefused("single sign-on is not set up here")
    return leave_for_provider(f"{site()}{url_for('entrance.come_back')}")


@entrance.get("/sign-in/sso/back")
@allow(Role.ANYONE)
def come_back() -> Response:
    """Come back from the provider: signing in is the one write that a GET has to do, guarded by state and nonce."""
    if port().provider is None:
        raise SignOnRefused("single sign-on is not set up here")
    if current_user.is_authenticated:
        logout_user()
    come_back_from_provider()
    answer: Response = redirect("/")  # type: ignore[assignment]
    return answer
