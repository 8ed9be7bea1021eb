"""What a stage still asks for, computed from any levels: open gates, and levels missing below a dimension's floor."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from app.domain.planning.ground import Ground, Levels
from app.domain.questionnaire import MAX_LEVEL


@dataclass(frozen=True, slots=True)
class Goal:
    """What is missing to a stage. ``gates``: level asked of each question that is below it.

    ``short``: how many levels each dimension lacks to its floor. ``hopeless``: dimensions without any applicable
    question; they have no mean and fail every floor, as in measurement.md 4.4.
    """

    stage: int
    gates: dict[str, int]
    short: dict[str, int]
    hopeless: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not (self.gates or self.short or self.hopeless)


def goal_of(ground: Ground, levels: Levels, stage: int) -> Goal:
    """What these levels lack to a stage, judged by its own gates and floors."""
    floor = ground.questionnaire.rules.floors[stage - 1]
    short = {d: ceil(floor * len(qs)) - sum(levels[q] for q in qs) for d, qs in ground.members.items() if qs}
    return Goal(
        stage=stage,
        gates={q: level for q, level in ground.gates[stage].items() if levels[q] < level},
        short={d: missing for d, missing in short.items() if missing > 0},
        hopeless=tuple(d for d, qs in ground.members.items() if not qs),
    )


def stage_of(ground: Ground, levels: Levels) -> int:
    """The highest stage whose gates and floors hold, with those of every stage below."""
    stage = 0
    while stage < MAX_LEVEL and goal_of(ground, levels, stage + 1).is_met:
        stage += 1
    return stage


def next_goal(ground: Ground, levels: Levels) -> Goal | None:
    """What the next stage asks for; None at the last stage."""
    stage = stage_of(ground, levels)
    return goal_of(ground, levels, stage + 1) if stage < MAX_LEVEL else None


def means_of(ground: Ground, levels: Levels) -> dict[str, Fraction | None]:
    """The mean level of each dimension over all its applicable questions; None where there is none."""
    return {
        dimension: Fraction(sum(levels[q] for q in questions), len(questions)) if questions else None
        for dimension, questions in ground.members.items()
    }
