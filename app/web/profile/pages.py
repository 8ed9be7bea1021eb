"""The pages of somebody's own account as values."""

import datetime as dt
from dataclasses import dataclass

from app.web.page import Link, Page


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form: its name there, its words, and what a browser should know of it."""

    name: str
    label: str
    type: str = "text"
    autocomplete: str = "off"
    hint: str = ""
    inputmode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(Page):
    """Where to sign in; the value of ``sign_in/sign_in.html``."""

    title: str = "Sign in"
    action: str = "/sign-in"
    next: str = "/"
    others: tuple[Link, ...] = ()
    ready: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """A page with one form; without ``inputs`` and ``submit`` it only says something."""

    lead: str
    action: str
    inputs: tuple[Input, ...] = ()
    submit: str = ""
    others: tuple[Link, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorPage(Page):
    """The authenticator app: off, being set up (with ``image`` and ``key``), or on."""

    on: bool
    image: str = ""
    key: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesPage(Page):
    """Recovery codes, shown when they are made."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey in a list; ``used`` is a day."""

    name: str
    alone: bool
    used: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeysPage(Page):
    """One's own passkeys, and a form for another."""

    passkeys: tuple[Passkey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyPage(Page):
    """A question to the browser's passkeys: ``options`` (JSON) go to it, its answer to ``action``."""

    lead: str
    ceremony: str  # create or get
    options: str
    action: str
    back: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class Browser:
    """One signed-in browser."""

    id: str
    device: str
    since: dt.date
    seen: dt.date
    here: bool


@dataclass(frozen=True, slots=True)
class Token:
    """One API token; ``used`` None: never."""

    id: str
    name: str
    made: dt.date
    used: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage(Page):
    """Everything about signing in, on one page. ``secret`` is a token just made, shown this once."""

    email: str
    has_password: bool
    second_factor: bool
    passkeys: int
    recovery_codes: int
    browsers: tuple[Browser, ...]
    tokens: tuple[Token, ...]
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(Page):
    """The page behind a one-time link: a button, because looking at it must not use it up."""

    name: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage(Page):
    """An invitation: accepted with one button by who is signed in, or with a name and a password by somebody new."""

    organization: str
    email: str
    role: str
    action: str
    known: bool
    signed_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavePage(Page):
    """The question before an account is deleted. ``first``: organizations that need another owner before that."""

    email: str
    first: tuple[Link, ...]
