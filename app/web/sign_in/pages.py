"""The page to sign in as a value."""

from dataclasses import dataclass

from app.web.page import Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(Page):
    """Where to sign in. ``others`` are further ways: passkey, single sign-on. Not ``ready``: nobody has an account."""

    title: str = "Sign in"
    action: str = "/sign-in"
    next: str = "/"
    others: tuple[Link, ...] = ()
    ready: bool = True
