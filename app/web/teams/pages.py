"""The teams of an organization as values."""

from dataclasses import dataclass

from app.web.page import Page


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in a list, and where it is."""

    name: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardPage(Page):
    """Every team of an organization, in alphabetical order."""

    teams: tuple[TeamLine, ...]
