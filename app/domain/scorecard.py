"""The judgements on one assessment as frozen values: levels, dimensions, stage, myths, agreement."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from app.domain.sheet import Cell, QuestionFacts

Verdict: TypeAlias = Literal["debunked", "lingering", "believed", "not-enough-evidence"]

VERDICT_OF: dict[Cell, Verdict] = {
    "debunked": "debunked",
    "in-transition": "lingering",
    "said-not-done": "lingering",
    "done-not-believed": "lingering",
    "contested": "lingering",
    "believed": "believed",
    "not-enough-evidence": "not-enough-evidence",
}


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """One question after the evidence cap: claimed and supported level, both None unless it has a level."""

    facts: QuestionFacts
    claimed: int | None
    supported: int | None

    @property
    def applies(self) -> bool:
        """Whether it counts in its dimension, known or not."""
        return self.facts.status != "na"


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension, 0 to 4. ``low`` and ``high`` bound the supported level whatever the unknown answers are.

    Levels and bounds are None unless ``published``; ``why`` says what is missing. ``pulse`` is the mean of the asked
    questions in a pulse, which publishes no dimension.
    """

    id: str
    published: bool
    claimed: Fraction | None
    supported: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction
    applicable: int
    answered: int
    na_share: Fraction
    range90: tuple[Fraction, Fraction] | None
    range_why: str | None
    pulse: Fraction | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Blocker:
    """What keeps the next stage closed: a gate (levels) or a dimension floor (means)."""

    kind: Literal["gate", "floor"]
    of: str
    have: Fraction | None
    need: Fraction
    why: Literal["below", "unknown", "contested", "not published"]


@dataclass(frozen=True, slots=True)
class StageScore:
    """The stage of the organization. ``withdrawn`` names the fallen gates of a pulse."""

    claimed: int
    supported: int
    next: int | None
    blockers: tuple[Blocker, ...]
    stability: Fraction | None
    stability_why: str | None
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MythScore:
    """One myth: behaviour index B, belief index S (both 0 to 1, high is against the myth), and the verdict.

    ``movement`` (pulse only): questions of the myth that were asked, with the levels before and now.
    """

    id: str
    behaviour: Fraction | None
    belief: Fraction | None
    evidence_share: Fraction
    verdict: Verdict
    cell: Cell
    rank_gap: int | None
    undecided: bool
    provisional: bool | None
    in_focus: bool
    questions: tuple[str, ...]
    beliefs: tuple[str, ...]
    why: str | None
    movement: tuple[tuple[str, int | None, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class PerceptionGap:
    """Role families that see a question two or more levels apart: midpoint medians."""

    question: str
    families: dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where the respondents differ."""

    contested: tuple[str, ...]
    perception_gaps: tuple[PerceptionGap, ...]
    alpha: dict[str, Fraction | None]
    alpha_why: dict[str, str]
    response_style: Fraction | None


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The one question whose smallest change raises the supported stage to ``stage``."""

    question: str
    from_level: int | None
    to_level: int
    stage: int


@dataclass(frozen=True, slots=True)
class Risk:
    """One of the three risks of measurement.md 4.13."""

    question: str
    kind: Literal["gate", "contested", "visibility"]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Every judgement on one assessment but the plan."""

    questions: dict[str, QuestionScore]
    overlay: dict[str, QuestionScore]
    overlay_mean: Fraction | None
    dimensions: dict[str, DimensionScore]
    stage: StageScore | None
    myths: dict[str, MythScore] | None
    agreement: Agreement
    counterfactual: Counterfactual | None
    strengths: tuple[str, ...]
    risks: tuple[Risk, ...]
    confirmation_rate: Fraction | None
