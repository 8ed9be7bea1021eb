"""The first pages: a welcome, one's organizations, and the example report under a policy of its own."""

from dataclasses import dataclass
from functools import cache

from app.services.example import example
from app.services.media import draw
from app.web.page import Page
from app.web.security import policy_of


@dataclass(frozen=True, slots=True)
class DemoPage:
    """The page and its Content-Security-Policy."""

    body: bytes
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomePage(Page):
    """What this is, for somebody who is not signed in."""


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """An organization, where it is, and what one is there."""

    name: str
    href: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationsPage(Page):
    """The organizations that somebody belongs to, by name."""

    organizations: tuple[OrganizationLine, ...]


@cache
def demo_page() -> DemoPage:
    """The demo report; drawn once a process."""
    drawn, _ = draw(example(), ["html"], "none", (), lambda _: None)
    return DemoPage(drawn["html"], policy_of(drawn["html"]))
