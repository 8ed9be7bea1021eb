"""The pages that Flask-Security asks for, drawn as our own."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, render_template, request, url_for
from flask_login import current_user

from app.accounts.port import port
from app.web.forms import Form
from app.web.page import Link, Page, Viewer, own_path, render_page
from app.web.profile.pages import (
    FormPage,
    Input,
    Passkey,
    PasskeyPage,
    PasskeysPage,
    RecoveryCodesPage,
    SecondFactorPage,
    SignInPage,
)

_PROFILE = (Link("Your account", "/profile"),)
_Values = Mapping[str, Any]
_Drawing = tuple[Page, Any]


class ToldForm:
    """A form of Flask-Security with the list of faults that our templates show."""

    def __init__(self, form: Any) -> None:  # noqa: ANN401 - any of Flask-Security's
        self._form = form

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._form, name)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self._form[name]

    @property
    def faults(self) -> Any:  # noqa: ANN401
        """As those of our own forms."""
        return Form.faults.fget(self._form)  # type: ignore[attr-defined]


def viewer() -> Viewer | None:
    """Who looks at a page about themselves."""
    if not current_user.is_authenticated:
        return None
    name = current_user.row.name or current_user.email
    return Viewer(name, name, (Link("Your account", "/profile"),), "/sign-out")


def draw(template: str, values: _Values) -> Response | str:
    """The page, or the letter, that Flask-Security asks for."""
    if template.endswith(".txt"):
        return render_template(template, **values)
    page, form = DRAWINGS[template](values)
    return render_page(page, form=None if form is None else ToldForm(form))  # type: ignore[arg-type]


def _next() -> str:
    return own_path(request.values.get("next", "") or "/")


def _sign_in(values: _Values) -> _Drawing:
    provider = port().provider
    others = [Link("Use a passkey", url_for("security.wan_signin", next=_next()))]
    if provider is not None:
        others.append(Link(provider.name, "/sign-in/sso"))
    others.append(Link("Forgot your password?", "/reset"))
    return SignInPage(next=_next(), others=tuple(others)), values["login_user_form"]


def _form(form: str, title: str, lead: str, submit: str, *inputs: Input, **more: Any) -> Callable[[_Values], _Drawing]:  # noqa: ANN401
    def drawing(values: _Values) -> _Drawing:
        found = values[form]
        for item in inputs:
            found[item.name].label.text = item.label
        signed_in = viewer()
        page = FormPage(
            title=title, lead=lead, action=request.path, submit=submit, inputs=inputs, next=_next(),
            viewer=signed_in, trail=_PROFILE if request.path.startswith("/profile") else (), **more,
        )  # fmt: skip
        return page, found

    return drawing


def _forgot(values: _Values) -> _Drawing:
    if port().mailer is None:
        words = (
            "No mail can be sent from here. Ask an owner of your organization: the people page makes a link for you."
        )
        page = FormPage(title="A new password", lead=words, action="/reset", others=(Link("Back", "/sign-in"),))
        return page, None
    return _form(
        "forgot_password_form", "A new password", "You get a letter with a link, if the address is known here.", "Send",
        Input("email", "Email address", "email", "username"),
    )(values)  # fmt: skip


_NEW = "At least 12 characters; a few words are easy to remember and hard to guess."


def _second_factor(values: _Values) -> _Drawing:
    trail = _PROFILE
    if values["chosen_method"]:
        page = SecondFactorPage(
            title="Set up an authenticator app", viewer=viewer(), trail=trail, on=False, image=values["authr_qrcode"],
            key=values["authr_key"], action=f"/profile/second-factor/{values['state_token']}",
        )  # fmt: skip
        values["two_factor_verify_code_form"].code.label.text = "Code of the app"
        return page, values["two_factor_verify_code_form"]
    on = bool(current_user.is_authenticated and current_user.tf_primary_method)
    page = SecondFactorPage(title="Second factor", viewer=viewer(), trail=trail, on=on)
    return page, values["two_factor_setup_form"]


def _recovery_codes(values: _Values) -> _Drawing:
    page = RecoveryCodesPage(
        title="Recovery codes", viewer=viewer(), trail=_PROFILE, codes=tuple(values["recovery_codes"])
    )
    return page, values["mf_recovery_codes_form"]


def _passkeys(values: _Values) -> _Drawing:
    if "wan_state" in values:
        page: Page = PasskeyPage(
            title="Make a passkey", viewer=viewer(), trail=_PROFILE, ceremony="create", back="/profile/passkeys",
            lead="Your browser asks which device should keep it: this one, your phone or a key.",
            options=values["credential_options"], action=f"/profile/passkeys/{values['wan_state']}",
        )  # fmt: skip
        return page, values["wan_register_response_form"]
    kept = values.get("registered_credentials", ())
    passkeys = tuple(Passkey(c["name"], c["usage"] == "first", str(c["lastuse"])[:10]) for c in kept)
    values["wan_register_form"]["name"].label.text = "A name for it"
    page = PasskeysPage(title="Passkeys", viewer=viewer(), trail=_PROFILE, passkeys=passkeys)
    return page, values["wan_register_form"]


def _ask_passkey(form: str, where: str, back: str) -> Callable[[_Values], _Drawing]:
    def drawing(values: _Values) -> _Drawing:
        if "wan_state" not in values:
            words = "Your browser asks for a finger, a face or a PIN; nothing is typed."
            return _form(form, "Use a passkey", words, "Go on", others=(Link("Another way", back),))(values)
        page = PasskeyPage(
            title="Use a passkey", lead="Follow what your browser asks.", ceremony="get", back=back, next=_next(),
            options=json.dumps(json.loads(values["credential_options"])), action=f"{where}/{values['wan_state']}",
        )  # fmt: skip
        return page, values["wan_signin_response_form"]

    return drawing


_CODE = Input("code", "Code", "text", "one-time-code", inputmode="numeric")
_OWN = Input("password", "Your password", "password", "current-password")

DRAWINGS: dict[str, Callable[[_Values], _Drawing]] = {
    "accounts/sign_in.html": _sign_in,
    "accounts/again.html": _form(
        "verify_form", "Your password once more", "What comes next concerns how you sign in.", "Go on", _OWN,
        others=(Link("Use a passkey", "/sign-in/again/passkey"),),
    ),
    "accounts/forgot.html": _forgot,
    "accounts/reset.html": _form(
        "reset_password_form", "Set a new password", "It ends every session signed in with the old one.", "Save",
        Input("password", "New password", "password", "new-password", _NEW),
        Input("password_confirm", "New password again", "password", "new-password"),
    ),
    "accounts/password.html": lambda values: _form(
        "change_password_form", "Password", "Every other browser that is signed in is signed out.", "Save",
        *((_OWN,) if values["active_password"] else ()),
        Input("new_password", "New password", "password", "new-password", _NEW),
        Input("new_password_confirm", "New password again", "password", "new-password"),
    )(values),
    "accounts/second_factor.html": _second_factor,
    "accounts/code.html": _form(
        "two_factor_verify_code_form", "The code of your app", "Six digits; each code counts once.", "Sign in", _CODE,
        others=(Link("Use a recovery code", "/sign-in/recovery"),),
    ),
    "accounts/which.html": _form(
        "two_factor_select_form", "Which way?", "You have several second factors.", "Go on",
    ),
    "accounts/recovery.html": _form(
        "mf_recovery_form", "A recovery code", "One of those that you kept when you made them.", "Sign in",
        Input("code", "Recovery code", "text", "off"),
    ),
    "accounts/recovery_codes.html": _recovery_codes,
    "accounts/passkeys.html": _passkeys,
    "accounts/passkey.html": _ask_passkey("wan_signin_form", "/sign-in/passkey", "/sign-in"),
    "accounts/again_passkey.html": _ask_passkey("wan_verify_form", "/sign-in/again/passkey", "/sign-in/again"),
}  # fmt: skip
