"""The roadmap of one assessment: four quarters, one after the other, each proven optimal."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.domain.errors import PinNotPossible
from app.domain.planning.capacity import usable_days, whole_days
from app.domain.planning.ground import Ground, survey
from app.domain.planning.opening import Opening, open_quarter
from app.domain.planning.remainder import beyond_target, deferred_after, starts_at, unreachable
from app.domain.planning.stages import stage_of
from app.domain.planning.telling import tell_quarter
from app.domain.questionnaire import MAX_LEVEL, Questionnaire
from app.domain.roadmap import NextStep, Roadmap
from app.domain.scorecard import Scorecard, StageScore
from app.domain.sheet import Sheet
from app.planner.choice import affordable, choose
from app.planner.least import least_days

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Leg:
    """One quarter of a plan: what could be chosen, and what was."""

    opening: Opening
    chosen: frozenset[str]

    @property
    def points(self) -> int:
        """The points of its actions, and the bonus if it reaches the next stage."""
        bonus = self.opening.bonus_after(self.opening.levels_after(self.chosen))
        return sum(self.opening.points[cid] for cid in self.chosen) + bonus


def plan(
    sheet: Sheet,
    scorecard: Scorecard,
    questionnaire: Questionnaire,
    *,
    capacity_days: Decimal | None = None,
    pins: frozenset[str] = frozenset(),
    drops: frozenset[str] = frozenset(),
) -> Roadmap:
    """Plan four quarters (measurement.md section 5.0).

    ``capacity_days``: usable person-days a quarter, in place of those that the sheet's capacity gives.
    ``pins``: steps that the first quarter must hold; ``drops``: steps that are never planned. Without a capacity
    there are no quarters, so pins say nothing. A pulse gets its next steps only; an organization without a live
    model, or a full assessment without a stage, gets an empty roadmap.
    Raises PinNotPossible, and PlanNotProven when the solver stops early.
    """
    usable = _usable(sheet, questionnaire, capacity_days)
    ground = None if sheet.no_live_model else survey(sheet, scorecard, questionnaire, drops)
    if ground is None or sheet.variant == "pulse" or scorecard.stage is None:
        steps = _next_steps(ground) if ground is not None and sheet.variant == "pulse" else ()
        return _empty(sheet, usable, steps)
    return _roadmap(sheet, scorecard.stage, ground, usable, pins)


def _usable(sheet: Sheet, questionnaire: Questionnaire, capacity_days: Decimal | None) -> Fraction | None:
    if capacity_days is not None:
        return Fraction(capacity_days)
    return None if sheet.capacity is None else usable_days(sheet.capacity, questionnaire.rules)


def _roadmap(sheet: Sheet, score: StageScore, ground: Ground, usable: Fraction | None, pins: frozenset[str]) -> Roadmap:
    legs = () if usable is None else walk(ground, whole_days(usable), pins)
    stage = stage_of(ground, ground.levels)
    return Roadmap(
        capacity_days=None if usable is None else whole_days(usable),
        target=sheet.target,
        target_levels=sheet.target_levels,
        starts_at=starts_at(stage, score),
        focus=ground.focus,
        clarify_first=ground.unclear,
        quarters=tuple(tell_quarter(leg.opening, leg.chosen, number) for number, leg in enumerate(legs, 1)),
        deferred=deferred_after(legs[-1].opening, legs[-1].chosen) if legs else (),
        beyond_target=beyond_target(ground),
        unreachable=unreachable(ground),
        least_days_to_next_stage=least_days(ground, stage + 1) if stage < MAX_LEVEL else None,
        points_at_80_percent=_points_at(80, ground, usable, pins),
        points_at_120_percent=_points_at(120, ground, usable, pins),
    )


def walk(
    ground: Ground, capacity: int, pins: frozenset[str] = frozenset(), quarters: int = QUARTERS
) -> tuple[Leg, ...]:
    """Quarter after quarter at so many whole person-days each. Raises PinNotPossible and PlanNotProven."""
    legs: list[Leg] = []
    opening = open_quarter(ground, ground.levels, {})
    for number in range(quarters):
        chosen = choose(opening, capacity, pins if number == 0 else frozenset())
        if chosen is None:
            raise PinNotPossible(why_not(opening, capacity, pins))
        legs.append(Leg(opening, chosen))
        opening = open_quarter(ground, opening.levels_after(chosen), opening.waits_after(chosen))
    return tuple(legs)


def _points_at(percent: int, ground: Ground, usable: Fraction | None, pins: frozenset[str]) -> int | None:
    """The points of four quarters planned anew; None without a capacity, or when the pins do not fit into it."""
    if usable is None:
        return None
    try:
        return sum(leg.points for leg in walk(ground, whole_days(usable, percent), pins))
    except PinNotPossible:
        return None


def why_not(opening: Opening, capacity: int, pins: frozenset[str]) -> str:
    """Why no choice holds all these pins, in words."""
    ground, fitting = opening.ground, affordable(opening, capacity)
    for pin in sorted(pins):
        if pin in ground.drops:
            return f"{pin} cannot be in the first quarter: it is dropped"
        if pin not in ground.candidates:
            return f"{pin} cannot be in the first quarter: it is done, does not apply or is no step of the plan"
        if not ground.within_target(ground.candidates[pin]):
            return f"{pin} cannot be in the first quarter: it is above the target"
        if pin not in fitting:
            return f"{pin} cannot be in the first quarter: it does not fit with everything it needs"
    return f"{', '.join(sorted(pins))} cannot all be in the first quarter: together they do not fit"


def _next_steps(ground: Ground) -> tuple[NextStep, ...]:
    """The step above today's level of each asked question, up to its target, in the order of the pack."""
    above = (ground.candidates.get(f"{question}@{level + 1}") for question, level in ground.levels.items())
    return tuple(NextStep(c.id, c.step.title, c.days) for c in above if c is not None and ground.within_target(c))


def _empty(sheet: Sheet, usable: Fraction | None, next_steps: tuple[NextStep, ...]) -> Roadmap:
    return Roadmap(
        capacity_days=None if usable is None else whole_days(usable),
        target=sheet.target,
        target_levels=sheet.target_levels,
        starts_at=None,
        focus=(),
        clarify_first=(),
        quarters=(),
        deferred=(),
        beyond_target=(),
        unreachable=(),
        least_days_to_next_stage=None,
        points_at_80_percent=None,
        points_at_120_percent=None,
        next_steps=next_steps,
    )
