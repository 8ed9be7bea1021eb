"""A plan computed anew: other days, other targets, steps pinned or dropped, and what that costs in points."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.domain.errors import PinNotPossible
from app.domain.planning.capacity import usable_days, whole_days
from app.domain.planning.ground import Ground, survey
from app.domain.planning.opening import open_quarter
from app.domain.planning.remainder import deferred_after
from app.domain.planning.telling import tell_quarter
from app.domain.questionnaire import Questionnaire
from app.domain.roadmap import Deferred, PlannedQuarter
from app.domain.scorecard import Scorecard
from app.domain.sheet import Sheet
from app.planner.choice import affordable
from app.planner.plan import Leg, walk, why_not

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a team wants of its plan. ``capacity_days``: usable person-days a quarter; None: as assessed.

    ``pins``: steps that the first quarter shall hold; ``drops``: steps that are never planned.
    """

    capacity_days: Decimal | None = None
    pins: frozenset[str] = _NONE
    drops: frozenset[str] = _NONE


@dataclass(frozen=True, slots=True)
class Again:
    """Four quarters under a wish, each proven optimal, and the points of those without pins and drops.

    ``free_points``: of each quarter of the plan at the same capacity and targets that nobody pinned or dropped
    anything from; None when that was not asked for. ``refused``: pins that no first quarter can hold, with the
    reason; the plan is made without them.
    """

    capacity_days: int
    quarters: tuple[PlannedQuarter, ...]
    free_points: tuple[int, ...] | None
    refused: tuple[tuple[str, str], ...]
    deferred: tuple[Deferred, ...]


def plan_again(
    sheet: Sheet, scorecard: Scorecard, questionnaire: Questionnaire, wish: Wish, *, priced: bool = True
) -> Again | None:
    """Plan a full assessment under a wish; None without a capacity, a stage or a live model. Raises PlanNotProven.

    The least days to the next stage and the plans around this capacity are left out, so it answers at once. Not
    ``priced``: without the plan that nobody wished anything of, which takes as long again.
    """
    days = wish.capacity_days
    usable = Fraction(days) if days is not None else None
    if usable is None and sheet.capacity is not None:
        usable = usable_days(sheet.capacity, questionnaire.rules)
    if usable is None or scorecard.stage is None or sheet.no_live_model or sheet.variant == "pulse":
        return None
    capacity = whole_days(usable)
    ground = survey(sheet, scorecard, questionnaire, wish.drops)
    legs, refused = _pinned(ground, capacity, wish.pins)
    wished = bool(wish.drops or wish.pins - {pin for pin, _ in refused})
    free = walk(survey(sheet, scorecard, questionnaire, _NONE), capacity) if wished and priced else legs
    return Again(
        capacity_days=capacity,
        quarters=tuple(tell_quarter(leg.opening, leg.chosen, number) for number, leg in enumerate(legs, 1)),
        free_points=tuple(leg.points for leg in free) if priced else None,
        refused=refused,
        deferred=_deferred(legs),
    )


def _pinned(ground: Ground, capacity: int, pins: frozenset[str]) -> tuple[tuple[Leg, ...], tuple[tuple[str, str], ...]]:
    """The plan with the pins that a first quarter can hold, and the others with the reason: alone, then together."""
    opening = open_quarter(ground, ground.levels, {})
    fitting = pins & frozenset(affordable(opening, capacity))
    refused = [(pin, why_not(opening, capacity, frozenset({pin}))) for pin in sorted(pins - fitting)]
    try:
        legs = walk(ground, capacity, fitting)
    except PinNotPossible as together:
        refused += [(pin, str(together)) for pin in sorted(fitting)]
        legs = walk(ground, capacity)
    return legs, tuple(sorted(refused))


def _deferred(legs: tuple[Leg, ...]) -> tuple[Deferred, ...]:
    return deferred_after(legs[-1].opening, legs[-1].chosen)
