"""The roadmap as values: what can be done, what is planned, and why the rest waits (measurement.md section 5)."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["build", "show"]
Reason: TypeAlias = Literal["gate", "floor", "level", "myth", "waiting"]


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One step in one quarter. ``reasons`` with their points add up to ``points``.

    ``needs`` are all ids it needs (the step below first); ``unlocks`` those that become possible through it.
    ``clarify``: its question is unknown or contested.
    """

    id: str
    kind: Kind
    title: str
    days: int
    points: int
    reasons: tuple[tuple[Reason, int], ...]
    needs: tuple[str, ...]
    unlocks: tuple[str, ...]
    backlog: Literal["team", "leadership"]
    clarify: bool
    quick_win: bool


@dataclass(frozen=True, slots=True)
class PlannedQuarter:
    """One quarter of the plan, in order of work. ``points`` includes the bonus for reaching the next stage.

    ``dimensions`` are the projected means at its end.
    """

    number: int
    stage_before: int
    stage_after: int
    points: int
    days: int
    actions: tuple[PlannedAction, ...]
    dimensions: dict[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class Deferred:
    """A candidate that found no place, with the first reason that holds."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class StartsAt:
    """The stage the plan starts from: unknown counts as 0 and contested as settled."""

    stage: int
    why: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A stage that the targets close off: the question's target is below the gate's level."""

    stage: int
    question: str
    target: int
    need: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """A pulse's only plan: the next step of an asked question, with its effort in person-days."""

    id: str
    title: str
    days: int


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Up to four quarters, each proven optimal. ``capacity_days`` None: no capacity was stated, so no quarters."""

    capacity_days: int | None
    target: int
    target_levels: dict[str, int]
    starts_at: StartsAt | None
    focus: tuple[str, ...]
    clarify_first: tuple[str, ...]
    quarters: tuple[PlannedQuarter, ...]
    deferred: tuple[Deferred, ...]
    beyond_target: tuple[str, ...]
    unreachable: tuple[Unreachable, ...]
    least_days_to_next_stage: int | None
    points_at_80_percent: int | None
    points_at_120_percent: int | None
    next_steps: tuple[NextStep, ...] = ()
