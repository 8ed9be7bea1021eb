"""What may be published of an assessment, question by question: the settled facts everything else is judged from.

``app.domain.settle`` makes a Sheet from the answers and suppresses there, once, what measurement.md 4.10 forbids.
The settled form of an assessment file is this value written down, so scoring it again gives the same result.
"""

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from app.domain.answers import LATER, ActionStatus, Anonymity, Bet, Capacity, Evidence, Grade, Variant
from app.domain.quarter import Quarter

Status: TypeAlias = Literal["level", "unknown", "na"]
Origin: TypeAlias = Literal["agreed", "votes", "hands", "context"]
Cell: TypeAlias = Literal[
    "debunked",
    "in-transition",
    "said-not-done",
    "done-not-believed",
    "contested",
    "believed",
    "behaviour-only",
    "not-enough-evidence",
]

#: Merged small families (measurement.md 4.10, rule 3).
OTHERS = "others"
NO_EVIDENCE = Evidence(Grade.E0)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ended voting as it may be shown. ``counts``: [level 0 to 4, do not know, not applicable], or None."""

    number: int
    counts: tuple[int, int, int, int, int, int, int] | None
    median: Fraction | None


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What is published about one question before evidence caps it.

    ``level`` is the claimed level, ``reason`` why there is none. ``ad`` and ``rwg`` describe the counting voting.
    ``weights``: what the answers 0 to 4 of the counting voting weigh (4.1); None in an anonymous assessment.
    """

    question: str
    status: Status
    level: int | None
    origin: Origin | None
    reason: str | None
    note: str | None
    respondents: str
    ad: Fraction | None
    rwg: Fraction | None
    contested: bool
    votes_apart: bool
    differs_from_votes: bool
    single_source: bool
    visibility_gap: bool
    families: dict[str, Fraction]
    ballots: tuple[Ballot, ...]
    comments: tuple[str, ...]
    evidence: Evidence = NO_EVIDENCE
    weights: tuple[Fraction, Fraction, Fraction, Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class BeliefFacts:
    """What is published of the beliefs about one myth. ``index`` is S, None when too few gave an opinion.

    ``counts``: how often each item was answered 1 to 5; empty in an anonymous assessment.
    """

    myth: str
    index: Fraction | None
    reason: str | None
    undecided: bool
    counts: dict[str, tuple[int, int, int, int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranges:
    """What the resampling of respondents says (measurement.md 4.6); ``reasons`` explain each None by its key.

    Keys of ``reasons``: a dimension id, or ``stability``, or ``alpha.<dimension>``.
    """

    dimensions: dict[str, tuple[Fraction, Fraction] | None]
    stability: Fraction | None
    provisional: tuple[str, ...] | None
    alpha: dict[str, Fraction | None]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class CheckedAction:
    """A step of the previous plan after the check of measurement.md 5.6."""

    id: str
    status: ActionStatus
    why: str | None
    owner: str | None
    started: dt.date | None
    effort_days: Fraction | None
    verified_in: Quarter | None


@dataclass(frozen=True, slots=True)
class CheckedBet:
    """A bet of the previous assessment, held or not; None when the question cannot tell."""

    question: str
    level: int
    held: bool | None


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """How one dimension moved between two assessments (measurement.md 4.9); differences of supported levels.

    ``instrument`` is the sum of ``from_questions`` (questions changed) and ``from_answers`` (answered once only).
    ``before`` and ``after`` are the means over the common questions.
    """

    official: Fraction | None
    like_for_like: Fraction | None
    instrument: Fraction | None
    from_questions: Fraction | None
    from_answers: Fraction | None
    before: Fraction | None
    after: Fraction | None
    common: int
    common_share: Fraction
    comparable: bool
    real: bool | None
    range90: tuple[Fraction, Fraction] | None
    why: str | None


@dataclass(frozen=True, slots=True)
class SamePeople:
    """Both assessments recomputed for those who answered both; like-for-like by dimension."""

    respondents: int
    dimensions: dict[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class LevelMove:
    """One question in both assessments: supported levels before and after."""

    question: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since the previous assessment."""

    previous: Quarter
    comparable: bool
    dimensions: dict[str, DimensionChange]
    moves: tuple[LevelMove, ...]
    questions_added: tuple[str, ...]
    questions_retired: tuple[str, ...]
    questions_changed: tuple[str, ...]
    same_people: SamePeople | None
    same_people_why: str | None


@dataclass(frozen=True, slots=True)
class PastAssessment:
    """One earlier assessment in the trend: supported dimension levels and stage as published then.

    ``breaks`` names the dimensions whose questions changed between it and the one after it.
    """

    quarter: Quarter
    variant: Variant
    dimensions: dict[str, Fraction | None]
    stage: int | None
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastMyth:
    """A myth's cell in the last full assessment, which a pulse repeats."""

    cell: Cell
    behaviour: Fraction | None
    belief: Fraction | None


@dataclass(frozen=True, slots=True)
class LastFull:
    """The team's last full assessment, as a pulse needs it (measurement.md 4.12)."""

    quarter: Quarter
    claimed: int
    supported: int
    stability: Fraction | None
    levels: dict[str, int]
    myths: dict[str, PastMyth]


@dataclass(frozen=True)
class Sheet:
    """Everything published about one assessment that is not computed from other published things.

    Of a workshop: ``asked`` to ``not_agreed``. ``effort_ratio``: days spent over those estimated, from ten actions on.
    """

    organization: str
    team: str
    quarter: Quarter
    date: dt.date
    variant: Variant
    purpose: str
    scope: tuple[str, ...]
    anonymity: Anonymity
    stable_ids: bool
    capacity: Capacity | None
    target: int
    target_levels: dict[str, int]
    context: dict[str, str]
    no_live_model: bool
    overlays: tuple[str, ...]
    respondents: str
    roles: int | None
    questions: dict[str, QuestionFacts]
    beliefs: dict[str, BeliefFacts]
    response_style: Fraction | None
    ranges: Ranges
    actions: tuple[CheckedAction, ...]
    bets_made: tuple[Bet, ...]
    bets_checked: tuple[CheckedBet, ...]
    change: Change | None
    history: tuple[PastAssessment, ...]
    last_full: LastFull | None
    asked: tuple[str, ...] = field(default=(), metadata={LATER: ()})
    accepted: tuple[str, ...] = field(default=(), metadata={LATER: ()})
    left_out: tuple[str, ...] = field(default=(), metadata={LATER: ()})
    not_agreed: tuple[str, ...] = field(default=(), metadata={LATER: ()})
    effort_ratio: Fraction | None = field(default=None, metadata={LATER: None})
    warnings: tuple[str, ...] = field(default=(), compare=False)
