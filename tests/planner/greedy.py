"""A planner that takes the most points per day and never looks back: what the proven plan is compared with."""

from collections.abc import Mapping

from app.domain.planning.ground import Ground
from app.domain.planning.opening import Opening, open_quarter
from app.planner.plan import QUARTERS, Leg


def greedy_choice(opening: Opening, capacity: int) -> frozenset[str]:
    """Fill the quarter by points per day among what can be begun; ties by id."""
    chosen: set[str] = set()
    days = builds = 0
    for _ in opening.candidates:
        fitting = [
            cid
            for cid, c in opening.candidates.items()
            if cid not in chosen
            and chosen.issuperset(opening.open_needs[cid])
            and opening.is_allowed(c)
            and days + c.days <= capacity
            and builds + (c.kind == "build") <= opening.ground.questionnaire.rules.actions_per_quarter_max
        ]
        if not fitting:
            break
        best = min(fitting, key=lambda cid: (-opening.points[cid] / opening.candidates[cid].days, cid))
        chosen.add(best)
        days += opening.candidates[best].days
        builds += opening.candidates[best].kind == "build"
    return frozenset(chosen)


def greedy_walk(ground: Ground, capacity: int) -> tuple[Leg, ...]:
    """Four greedy quarters."""
    legs: list[Leg] = []
    waits: Mapping[str, int] = {}
    opening = open_quarter(ground, ground.levels, waits)
    for _ in range(QUARTERS):
        legs.append(Leg(opening, greedy_choice(opening, capacity)))
        opening = open_quarter(ground, opening.levels_after(legs[-1].chosen), opening.waits_after(legs[-1].chosen))
    return tuple(legs)
