"""The people of an organization as values."""

import datetime as dt
from dataclasses import dataclass

from app.web.page import Page


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team that can be given to somebody."""

    id: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A member; ``teams`` in words."""

    id: str
    name: str
    email: str
    role: str
    teams: str
    me: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody invited who has not come yet."""

    id: str
    email: str
    role: str
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    """Everybody, and a form to invite. ``link`` is one just made, to be handed over where no mail can be sent."""

    base: str
    people: tuple[Person, ...]
    invited: tuple[Invited, ...]
    teams: tuple[TeamChoice, ...]
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """One member: role, teams, a link for a new password, removal (``removal`` says what that does)."""

    base: str
    person: Person
    all_teams: bool
    teams: tuple[TeamChoice, ...]
    removal: str
    link: str = ""
