"""Flask-Security's forms, throttled, and with the same answer and time for known and unknown addresses."""

from typing import Any

from flask import request
from flask_login import current_user
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    WebAuthnRegisterForm,
    WebAuthnRegisterResponseForm,
)
from flask_wtf import FlaskForm
from wtforms import RadioField

from app.accounts import passwords
from app.accounts.account import Account
from app.accounts.port import port
from app.accounts.throttle import Tries, code_tries, password_tries
from app.store.errors import NotFound
from app.store.lookups import people

#: One answer for every reason: which part was wrong, and whether the address is known, is not told.
WRONG = "The address or the password is not right."
WRONG_PASSWORD = "This is not your password."  # noqa: S105 - what a page says
WRONG_CODE = "This code is not right, or was used before."


class SignInForm(LoginForm):
    """Address and password. The browser's session lasts as the sessions room says: there is nothing to remember."""

    remember = None

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Whether address and password belong together; raises TooManyTries.

        The password is compared between two units: no lock on the database is held while that takes its time.
        """
        if not super(LoginForm, self).validate(**kwargs):
            return False
        here = port()
        address, password = str(self.email.data), str(self.password.data)
        tries = password_tries(here.throttle_key, request.remote_addr or "", address)
        with here.look() as session:
            tries.check(session, here.now())
            kept = _kept_password(session, address)
        right = passwords.matches(password, kept)
        session, now = here.session(), here.now()
        tries.check(session, now)
        row = people.user_by_email(session, address) if right else None
        # Between the two units the password may have been changed, or the person removed.
        if row is None or row.password != kept or not row.active:
            tries.count(session, now)
            self.form_errors.append(WRONG)
            return False
        tries.forget(session)
        if passwords.is_outdated(kept or ""):
            row.password = passwords.hash_password(password)
        self.user = Account(row)
        return True


class ConfirmForm(VerifyForm):
    """The password once more, before something that concerns signing in."""

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Whether it is the password of who is signed in; raises TooManyTries."""
        if not super(VerifyForm, self).validate(**kwargs):
            return False
        return _is_own_password(self.password)


class NewPasswordForm(ChangePasswordForm):
    """The present password, if there is one, and a new one."""

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Whether the present one is right and the new one may be; raises TooManyTries."""
        # Guessing the present password here is no cheaper than at the door.
        if current_user.password and FlaskForm.validate(self) and not _is_own_password(self.password):
            return False
        return bool(super().validate(**kwargs))


class ForgotForm(ForgotPasswordForm):
    """Asks for a letter with a link."""

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Whether there is somebody to write to; the view answers the same either way."""
        known = bool(super().validate(**kwargs))
        if known:
            # For an unknown address the view hashes a password, meant to take as long as a letter does.
            passwords.matches("nobody", None)
        return known and port().mailer is not None


class CodeForm(TwoFactorVerifyCodeForm):
    """The code of an authenticator app."""

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Whether the code is right; raises TooManyTries."""
        if self.user is None:
            return False
        self.code.data = "".join((self.code.data or "").split())
        tries, here = _code_tries(self.user), port()
        tries.check(here.session(), here.now())
        if super().validate(**kwargs):
            tries.forget(here.session())
            return True
        tries.count(here.session(), here.now())
        self.code.errors = [WRONG_CODE]
        return False


class RecoveryForm(MfRecoveryForm):
    """A recovery code in place of the authenticator app."""

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Whether the code is one of those left; raises TooManyTries."""
        if self.user is None:
            return False
        self.code.data = "".join((self.code.data or "").lower().split())
        tries, here = _code_tries(self.user), port()
        tries.check(here.session(), here.now())
        if super().validate(**kwargs):
            tries.forget(here.session())
            return True
        tries.count(here.session(), here.now())
        self.code.errors = [WRONG_CODE]
        return False


class HelpForm(TwoFactorRescueForm):
    """Nobody is written to for help: a recovery code is the way."""

    help_setup = RadioField(choices=[])


class PasskeyForm(WebAuthnRegisterForm):
    """A name for a new passkey, which signs in by itself unless chosen otherwise."""

    usage = RadioField(
        "What it is for",
        choices=[("first", "Sign in with it alone"), ("secondary", "Ask for it after the password")],
        default="first",
    )


class PasskeyAnswerForm(WebAuthnRegisterResponseForm):
    """What the browser answers when a passkey is made."""

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Whether the answer belongs to the question; extensions are not kept, they would be whatever was sent."""
        valid = bool(super().validate(**kwargs))
        self.extensions = None  # type: ignore[assignment] # its column may be empty
        return valid


def _kept_password(session: Any, address: str) -> str | None:  # noqa: ANN401
    try:
        return people.user_by_email(session, address).password
    except NotFound:
        return None


def _code_tries(user: Any) -> Tries:  # noqa: ANN401 - an Account
    return code_tries(port().throttle_key, user.id)


def _is_own_password(field: Any) -> bool:  # noqa: ANN401 - a password field
    here = port()
    tries = password_tries(here.throttle_key, request.remote_addr or "", current_user.email)
    session, now = here.session(), here.now()
    tries.check(session, now)
    if passwords.matches(str(field.data or ""), current_user.password):
        return True
    tries.count(session, now)
    field.errors = [*field.errors, WRONG_PASSWORD]
    return False
