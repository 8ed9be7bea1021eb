"""Plans of a board as values: what a proposal says, and what is kept of one that was accepted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.domain.quarter import Quarter
from app.domain.questionnaire import Step
from app.domain.roadmap import Deferred, PlannedAction, PlannedQuarter
from app.store.tables.board import PlanRow


@dataclass(frozen=True)
class Targets:
    """How far to go: a level for every question, others for some."""

    default: int
    by_question: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedPin:
    """A pinned step that the next quarter cannot hold, and why."""

    step: str
    title: str
    why: str


@dataclass(frozen=True)
class Replan:
    """A plan as it would be: under these days and targets, with what the board pins and drops. Nothing is stored.

    ``quarters`` with their calendar names. ``price``: points of the first quarter that pins and drops cost against
    the best plan of the same days and targets; never below 0. ``price_of_year``: of all four quarters, which may be
    below 0, since each quarter is optimal for itself; both None when they were not asked for. ``refused`` pins are
    not in the plan.
    """

    assessment: str
    basis: Quarter
    capacity_days: int
    targets: Targets
    pins: tuple[str, ...]
    drops: tuple[str, ...]
    quarters: tuple[tuple[Quarter, PlannedQuarter], ...]
    points: int
    price: int | None
    price_of_year: int | None
    refused: tuple[RefusedPin, ...]
    deferred: tuple[Deferred, ...]

    @property
    def stage_after(self) -> int:
        """The stage at the end of the last quarter."""
        return self.quarters[-1][1].stage_after


@dataclass(frozen=True)
class AcceptedPlan:
    """A plan as it was accepted. ``basis`` is the quarter of the assessment it was made from."""

    id: str
    basis: Quarter
    accepted_at: dt.datetime
    accepted_by: int | None
    capacity_days: int
    targets: Targets
    pins: tuple[str, ...]
    drops: tuple[str, ...]
    quarters: tuple[tuple[Quarter, PlannedQuarter], ...]

    @property
    def points(self) -> int:
        """The points of all quarters."""
        return sum(quarter.points for _, quarter in self.quarters)


def content_of(plan: Replan) -> dict[str, Any]:
    """A plan as plain values. The words of the steps are those of the questionnaire, which never changes."""
    return {
        "basis": str(plan.basis),
        "capacity_days": plan.capacity_days,
        "target": plan.targets.default,
        "target_levels": dict(plan.targets.by_question),
        "pins": list(plan.pins),
        "drops": list(plan.drops),
        "quarters": [
            {
                "quarter": str(when),
                "stages": [quarter.stage_before, quarter.stage_after],
                "points": quarter.points,
                "days": quarter.days,
                "dimensions": {d: None if mean is None else str(mean) for d, mean in quarter.dimensions.items()},
                "actions": [_plain(action) for action in quarter.actions],
            }
            for when, quarter in plan.quarters
        ],
    }


def _plain(action: PlannedAction) -> dict[str, Any]:
    return {
        "id": action.id,
        "kind": action.kind,
        "days": action.days,
        "points": action.points,
        "reasons": [list(reason) for reason in action.reasons],
        "needs": list(action.needs),
        "unlocks": list(action.unlocks),
        "clarify": action.clarify,
        "quick_win": action.quick_win,
    }


def accepted_of(row: PlanRow, steps: Mapping[str, Step]) -> AcceptedPlan:
    """An accepted plan as it was; ``steps`` are those of its questionnaire, which never changes."""
    kept = row.content
    return AcceptedPlan(
        id=row.public_id,
        basis=Quarter.parse(kept["basis"]),
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
        capacity_days=kept["capacity_days"],
        targets=Targets(kept["target"], kept["target_levels"]),
        pins=tuple(kept["pins"]),
        drops=tuple(kept["drops"]),
        quarters=tuple(
            (Quarter.parse(quarter["quarter"]), _quarter(number, quarter, steps))
            for number, quarter in enumerate(kept["quarters"], 1)
        ),
    )


def _quarter(number: int, kept: Mapping[str, Any], steps: Mapping[str, Step]) -> PlannedQuarter:
    before, after = kept["stages"]
    means = {d: None if mean is None else Fraction(mean) for d, mean in kept["dimensions"].items()}
    actions = tuple(_action(action, steps) for action in kept["actions"])
    return PlannedQuarter(number, before, after, kept["points"], kept["days"], actions, means)


def _action(kept: Mapping[str, Any], steps: Mapping[str, Step]) -> PlannedAction:
    step = steps[kept["id"]]
    return PlannedAction(
        id=kept["id"],
        kind=kept["kind"],
        title=step.title,
        days=kept["days"],
        points=kept["points"],
        reasons=tuple((reason, points) for reason, points in kept["reasons"]),
        needs=tuple(kept["needs"]),
        unlocks=tuple(kept["unlocks"]),
        backlog=step.who,
        clarify=kept["clarify"],
        quick_win=kept["quick_win"],
    )
