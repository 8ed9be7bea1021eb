"""The first pages: a welcome, one's organizations, and the example report under a policy of its own."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache

from app.services.example import example
from app.services.media import draw
from app.web.page import Page

NOTHING = "'none'"
_INLINE = re.compile(rb"<(style|script)[^>]*>(.*?)</\1>", re.DOTALL)


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
    return DemoPage(drawn["html"], policy(drawn["html"]))


def policy(body: bytes) -> str:
    """A policy under which nothing is fetched and only this page's own inline parts run, by their hash."""
    allowed: dict[bytes, list[str]] = {b"style": [], b"script": []}
    for kind, text in _INLINE.findall(body):
        allowed[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'")
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(allowed[b'script']) or NOTHING}",
            f"style-src {' '.join(allowed[b'style']) or NOTHING}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
