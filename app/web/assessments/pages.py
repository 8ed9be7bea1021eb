"""Assessments as values."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.formats.problems import Problem
from app.web.page import Link, Page


@dataclass(frozen=True, slots=True)
class Stop:
    """A state in the life of an assessment: past, now or to come."""

    name: str
    told: str
    place: str


@dataclass(frozen=True, slots=True)
class Way:
    """Somewhere to go from an assessment, and what for."""

    label: str
    href: str
    small: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A final step: the words of its question, the page that asks it, and where it is sent."""

    label: str
    href: str
    question: str
    text: str
    yes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPage(Page):
    """Where an assessment stands and what comes next.

    ``mine`` and ``room`` are lines of (name, answered, asked): one's own answers, and what has any answer at all; None
    where the visitor has no part in it. ``missing`` are sentences.
    """

    subtitle: str
    lead: str
    stops: tuple[Stop, ...]
    void: bool
    open_action: str
    primary: Link | None
    ways: tuple[Way, ...]
    mine: tuple[tuple[str, int, int], ...] | None
    room: tuple[tuple[str, int, int], ...] | None
    joined: int
    missing: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    endings: tuple[Ending, ...]


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team that can be assessed, and the two ways to begin."""

    name: str
    new: str
    alone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseTeamPage(Page):
    """Which team a new assessment is of."""

    teams: tuple[TeamChoice, ...]
    new_team: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the forms of the settings say beside their fields.

    ``hints``: what an answer about the models changes, by field; ``usable``: what the capacity comes to, as a
    sentence; ``fixed``: somebody has answered, so the terms stay.
    """

    hints: Mapping[str, str]
    usable: str
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage(Page):
    """The form of a new assessment. ``several``: there is more than one questionnaire to choose from.

    ``known_from``: the quarter whose settings stand in it, in words.
    """

    action: str
    back: str
    told: Told
    several: bool
    renewed: bool
    known_from: str


@dataclass(frozen=True, slots=True)
class Rival:
    """A setting that somebody else saved differently in the meantime."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage(Page):
    """The settings of an assessment; ``rivals`` after somebody else was faster."""

    action: str
    back: str
    told: Told
    frame: str
    rivals: tuple[Rival, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePage(Page):
    """The question before an assessment is closed: what stays unknown, that it is final."""

    action: str
    back: str
    missing: tuple[str, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidPage(Page):
    """The question before a closed assessment is declared void."""

    action: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage(Page):
    """The form for a file; ``problems`` of the one that was sent, in its order."""

    action: str
    back: str
    problems: tuple[Problem, ...] = ()
    more: int = 0
