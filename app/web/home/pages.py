"""The first pages: a welcome, one's organizations, and the example report under a policy of its own."""

from dataclasses import dataclass

from app.render.files import Renderer
from app.services.example import example
from app.services.keeping import Kept
from app.web.page import Page
from app.web.security import policy_of

_drawn: Kept["DemoPage"] = Kept(1)


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


def demo_page(renderer: Renderer) -> DemoPage:
    """The demo report; drawn once a process."""

    def drawn() -> DemoPage:
        body = renderer.html(renderer.run(example).report)
        return DemoPage(body, policy_of(body))

    return _drawn.get("example", drawn)
