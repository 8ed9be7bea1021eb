"""Flask-Security set up on the store's tables, with its known traps mended."""

from typing import Any

from flask import Flask, g, make_response, request, session, url_for
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import (
    MailUtil,
    PasswordUtil,
    Security,
    login_user,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    wan_deleted,
    wan_registered,
)
from flask_security.mail_util import EmailValidateException
from flask_security.utils import set_request_attr

from app.accounts import audit, forms, passwords, sessions
from app.accounts.account import Account, AccountStore
from app.accounts.addresses import NotAnAddress, normalize_address
from app.accounts.codes import OneTimeCodes
from app.accounts.errors import PasswordRefused
from app.accounts.flask_security_settings import MESSAGES, SETTINGS
from app.accounts.passkeys import Passkeys
from app.accounts.port import Port, attach, port
from app.store.lookups import people
from app.store.tables.people import UserRow

_BROWSER = "browser"


def set_up(app: Flask, here: Port) -> Security:
    """Give the application people who sign in. CSRF protection has to be there before."""
    attach(app, here)
    app.config.update({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    app.config.update({f"SECURITY_MSG_{name}": said for name, said in MESSAGES.items()})
    app.config["SECURITY_TOTP_SECRETS"] = {"1": here.derived_text("one-time codes")}
    app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS"] = [here.derived_text("recovery codes").encode()]
    app.config["SECURITY_DATETIME_FACTORY"] = here.now
    app.config["PERMANENT_SESSION_LIFETIME"] = sessions.LONGEST
    security = Security(
        app,
        AccountStore(here.session, here.now),
        login_form=forms.SignInForm,
        verify_form=forms.ConfirmForm,
        change_password_form=forms.NewPasswordForm,
        forgot_password_form=forms.ForgotForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_rescue_form=forms.HelpForm,
        mf_recovery_form=forms.RecoveryForm,
        wan_register_form=forms.PasskeyForm,
        wan_register_response_form=forms.PasskeyAnswerForm,
        mail_util_cls=Letters,
        password_util_cls=PasswordRules,
        totp_cls=OneTimeCodes,
        webauthn_util_cls=Passkeys,
        render_template=_draw,
    )
    security.want_json(lambda _: False)
    security.login_manager.user_loader(_load)
    security.login_manager.request_loader(lambda _: None)
    # Binding a cookie to a network address would sign phones out on the way home.
    security.login_manager.session_protection = None
    # Roles are memberships. Flask-Principal would look the person up before every request, asked for or not.
    app.before_request_funcs[None].remove(security.principal._on_before_request)  # noqa: SLF001
    _listen(app)
    return security


def sign_in(person: UserRow, way: str) -> None:
    """Sign this person in for this browser; ``way``: how they proved who they are, such as ``start``."""
    login_user(Account(person), authn_via=[way])


class PasswordRules(PasswordUtil):  # type: ignore[misc, unused-ignore]
    """What a new password has to be."""

    def validate(self, password: str, is_register: bool, **about: Any) -> tuple[list[str] | None, str]:  # noqa: ANN401, ARG002, FBT001
        """The problems, if any, and the password as it is kept."""
        user = about.get("user")
        known = (user.email, user.row.name) if user else ()
        try:
            passwords.check_new_password(password, known)
        except PasswordRefused as problem:
            return [_sentence(str(problem))], password
        return None, passwords.normalize(password)


class Letters(MailUtil):
    """Addresses without asking a name server, and letters through the house's own mailer."""

    def normalize(self, email: str) -> str:
        """The address as it is kept."""
        try:
            return normalize_address(email)
        except NotAnAddress as problem:
            raise EmailValidateException(_sentence(str(problem))) from None

    validate = normalize

    def send_mail(
        self,
        template: str,  # noqa: ARG002
        subject: str,
        recipient: object,
        sender: object,  # noqa: ARG002
        body: str | None,
        html: str | None,  # noqa: ARG002
        **_: object,
    ) -> None:
        """Hand the letter over, if there is somebody who takes letters."""
        mailer = port().mailer
        if mailer is not None and body:
            mailer.send(str(recipient), str(subject), body)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _draw(template: str, **values: Any) -> Any:  # noqa: ANN401 - a letter is text, a page a response
    """A page; with 422 when what was sent is not valid, which Flask-Security would answer with 200."""
    here = port()
    if here.address and "reset_token" in values and template.endswith(".txt"):
        # Flask-Security believes the Host header, and whoever asks for the letter need not be who gets it.
        way = url_for("security.reset_password", token=values["reset_token"])
        values = {**values, "reset_link": f"{here.address}{way}"}
    body = here.draw(template, values)
    if template.endswith(".txt"):
        return body
    answer = make_response(body)
    if request.method == "POST" and any(getattr(value, "errors", None) for value in values.values()):
        answer.status_code = 422
    return answer


def _load(uniquifier: str) -> Account | None:
    """Who this cookie stands for, as long as its session was not ended: a cookie alone proves nothing."""
    here, secret = port(), session.get(_BROWSER)
    row = sessions.find_session(here.session(), secret, here.now()) if isinstance(secret, str) else None
    if row is None:
        return None
    user = people.user_by_key(here.session(), row.user_id)
    if user.fs_uniquifier != uniquifier or not user.active:
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    g.web_session_id = row.id
    if sessions.wants_to_be_seen(row, here.now()):
        with here.unit() as unit:
            sessions.note_seen(unit, row.id, here.now())
    return Account(user)


def _listen(app: Flask) -> None:
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)
    password_changed.connect(_renew, app)
    password_reset.connect(_end_all, app)
    tf_profile_changed.connect(_second_factor_set, app)
    tf_disabled.connect(_second_factor_removed, app)
    wan_registered.connect(_passkey_added, app)
    wan_deleted.connect(_passkey_removed, app)


def _begin(_: Flask, user: Account, **__: object) -> None:
    here = port()
    _end()
    device = sessions.device_name(request.headers.get("User-Agent", ""))
    with here.unit() as unit:
        session[_BROWSER] = sessions.begin_session(unit, user.id, device, here.now())
    session.permanent = True


def _end(*_: object, **__: object) -> None:
    here, secret = port(), session.pop(_BROWSER, None)
    if isinstance(secret, str):
        with here.unit() as unit:
            sessions.end_secret(unit, secret, here.now())


def _renew(app: Flask, user: Account, **_: object) -> None:
    """After a change of the password every session ends but this browser's, which gets a new one."""
    _end_all(app, user)
    if getattr(current_user, "id", None) == user.id:
        _begin(app, user)


def _end_all(_: Flask, user: Account, **__: object) -> None:
    here = port()
    sessions.end_all_sessions(here.session(), user.id, here.now())
    audit.record_for_person(here.session(), user.id, audit.PASSWORD_CHANGED, at=here.now())


def _second_factor_set(_: Flask, user: Account, **__: object) -> None:
    _record(user, audit.SECOND_FACTOR_SET)


def _second_factor_removed(_: Flask, user: Account, **__: object) -> None:
    user.mf_recovery_codes = None
    _record(user, audit.SECOND_FACTOR_REMOVED)


def _passkey_added(_: Flask, user: Account, **__: object) -> None:
    _record(user, audit.PASSKEY_ADDED)


def _passkey_removed(_: Flask, user: Account, **__: object) -> None:
    _record(user, audit.PASSKEY_REMOVED)


def _record(user: Account, event: str) -> None:
    audit.record_for_person(port().session(), user.id, event, at=port().now())
