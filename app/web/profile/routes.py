"""``/profile``: sessions and tokens; what Flask-Security answers below it is drawn in ``drawing``."""

from flask import Blueprint, Response, g
from flask_login import current_user

from app.accounts import sessions, tokens
from app.accounts.port import port
from app.store.lookups import access
from app.web.access import Role, allow
from app.web.forms import sent
from app.web.page import render_page, say, see_other
from app.web.profile.drawing import viewer
from app.web.profile.forms import TokenForm
from app.web.profile.pages import Browser, ProfilePage, Token

blueprint = Blueprint("profile", __name__)
_ALL = (Role.OWNER, Role.FACILITATOR, Role.MEMBER, Role.VIEWER)


@blueprint.get("/profile")
@allow(*_ALL)
def show() -> Response:
    """Everything about signing in."""
    return render_page(_page(), form=TokenForm())


@blueprint.post("/profile/tokens")
@allow(*_ALL)
def make_token() -> Response:
    """Make a token and show it this once."""
    form, here = TokenForm(), port()
    if not sent(form):
        return render_page(_page(), form=form)
    secret = tokens.make_token_of(here.session(), current_user.id, here.now(), name=form.name.data or "")
    here.session().flush()
    return render_page(_page(secret), form=TokenForm(formdata=None))


@blueprint.post("/profile/tokens/<token_id>/end")
@allow(*_ALL, free=("token_id",))  # looked for among one's own only
def end_token(token_id: str) -> Response:
    """End one of one's own tokens."""
    tokens.end_token(port().session(), current_user.id, token_id, port().now())
    say("The token has ended.")
    return see_other("/profile")


@blueprint.post("/profile/sessions/<session_id>/end")
@allow(*_ALL, free=("session_id",))  # looked for among one's own only
def end_session(session_id: str) -> Response:
    """Sign one of one's own browsers out."""
    sessions.end_session(port().session(), current_user.id, session_id, port().now())
    say("That browser is signed out.")
    return see_other("/profile")


def _page(secret: str = "") -> ProfilePage:
    here = port()
    live = sessions.live_sessions(here.session(), current_user.id, here.now())
    kept = access.api_tokens(here.session(), current_user.id)
    return ProfilePage(
        title="Your account",
        viewer=viewer(),
        email=current_user.email,
        has_password=current_user.password is not None,
        second_factor=current_user.tf_primary_method is not None,
        passkeys=len(current_user.webauthn),
        recovery_codes=len(current_user.mf_recovery_codes or ()),
        browsers=tuple(
            Browser(r.public_id, r.device, r.created_at.date(), r.seen_at.date(), r.id == g.get("web_session_id"))
            for r in live
        ),
        tokens=tuple(Token(t.public_id, t.name, t.created_at.date(), t.last_used_on) for t in kept),
        secret=secret,
    )
