"""What was answered: the facts of one assessment, before any judgement."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from typing import Literal, TypeAlias

from app.domain.quarter import Quarter

#: Marks a field that came later: as long as it holds this value, digests are what they were before it.
LATER = "later"


@dataclass(frozen=True, slots=True)
class Level:
    """The highest statement that is wholly true, 0 to 4."""

    level: int


@dataclass(frozen=True, slots=True)
class DontKnow:
    """The respondent was asked and does not know."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question does not apply, for a stated reason."""

    reason: str


Answer: TypeAlias = Level | DontKnow | NotApplicable
Variant: TypeAlias = Literal["full", "pulse"]
Anonymity: TypeAlias = Literal["anonymous", "open"]
ActionStatus: TypeAlias = Literal["planned", "in_progress", "reported_done", "verified", "not_confirmed", "regressed"]


class Grade(IntEnum):
    """What stands behind a claimed level: nothing, a named artefact, an artefact a second person saw."""

    E0 = 0
    E1 = 1
    E2 = 2


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's last answers. A question or belief that is absent was not asked.

    ``beliefs``: 1 to 5, or None for "no opinion". ``role`` may be questionnaire.NOT_SAID.
    """

    id: str
    role: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    beliefs: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the room settled on for one question."""

    answer: Level | NotApplicable
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """A public show of hands of one role on one question: counts of [level 0 to 4, do not know, not applicable]."""

    role: str
    counts: tuple[int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One artefact; ``seen_by`` names the second person who looked at it."""

    title: str
    place: str | None = None
    date: dt.date | None = None
    seen_by: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for one question."""

    grade: Grade
    items: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedAction:
    """A step of the previous plan, as the team reports it. ``owner`` is a respondent id or a name."""

    id: str
    status: ActionStatus
    owner: str | None = None
    started: dt.date | None = None
    effort_days: Decimal | None = None
    verified_in: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Voting:
    """One voting of one question: who answered what. Number 1 is the first."""

    question: str
    number: int
    votes: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Bet:
    """A level that the room expects a question to have at the next assessment."""

    question: str
    level: int


@dataclass(frozen=True, slots=True)
class ReleasedComment:
    """A comment whose author released it for print."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the team can set aside in a quarter, as stated."""

    people: Decimal
    working_days: Decimal
    share: Decimal


@dataclass(frozen=True)
class Assessment:
    """The facts of one assessment of one team in one quarter, as collected (the raw form).

    ``context`` maps a context question to the chosen value. ``target_levels`` overrides ``target`` by question.
    ``stable_ids``: the same respondent id is the same person in every assessment of the team. ``seen``: what a live
    room saw of the votes on a question, "counts", the "level" they give, or "both". ``asked``: questions that a
    workshop voted on or settled; ``accepted``: those of them accepted as agreed without a talk; ``not_agreed``: those
    it found no level for; ``left_out``: those it did not get to.
    """

    organization: str
    team: str
    quarter: Quarter
    date: dt.date
    variant: Variant = "full"
    purpose: str = ""
    scope: tuple[str, ...] = ()
    anonymity: Anonymity = "open"
    capacity: Capacity | None = None
    target: int = 3
    target_levels: Mapping[str, int] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    stable_ids: bool = False
    respondents: tuple[Respondent, ...] = ()
    agreed: Mapping[str, Agreed] = field(default_factory=dict)
    hands: Mapping[str, tuple[Hands, ...]] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    actions: tuple[ReportedAction, ...] = ()
    votings: tuple[Voting, ...] = ()
    bets: tuple[Bet, ...] = ()
    comments: tuple[ReleasedComment, ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict, metadata={LATER: {}})
    asked: tuple[str, ...] = field(default=(), metadata={LATER: ()})
    accepted: tuple[str, ...] = field(default=(), metadata={LATER: ()})
    left_out: tuple[str, ...] = field(default=(), metadata={LATER: ()})
    not_agreed: tuple[str, ...] = field(default=(), metadata={LATER: ()})
