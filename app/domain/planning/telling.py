"""What is said about a chosen quarter: order of work, what it unlocks, quick wins, and the levels it leads to."""

from collections.abc import Iterable
from fractions import Fraction

from app.domain.planning.opening import Opening
from app.domain.planning.stages import means_of, stage_of
from app.domain.roadmap import PlannedAction, PlannedQuarter


def order_of_work(opening: Opening, chosen: Iterable[str]) -> tuple[str, ...]:
    """Prerequisites first; among what can be begun: gates, then points per day, then id."""
    left = {cid: set(opening.open_needs[cid]) for cid in chosen}
    order: list[str] = []
    while left:
        begun = min((cid for cid, needs in left.items() if not needs), key=lambda cid: _urgency(opening, cid))
        order.append(begun)
        del left[begun]
        for needs in left.values():
            needs.discard(begun)
    return tuple(order)


def _urgency(opening: Opening, cid: str) -> tuple[bool, Fraction, str]:
    candidate = opening.candidates[cid]
    return not opening.is_gate_step(candidate), -Fraction(opening.points[cid], candidate.days), cid


def unlocked_by(opening: Opening, chosen: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """For each chosen step the candidates that name it and whose needs are all done at the quarter's end."""
    ready = [cid for cid, needs in opening.open_needs.items() if needs and chosen.issuperset(needs)]
    return {step: tuple(cid for cid in ready if step in opening.open_needs[cid]) for step in chosen}


def tell_quarter(opening: Opening, chosen: frozenset[str], number: int) -> PlannedQuarter:
    """The chosen quarter as it is published."""
    unlocks = unlocked_by(opening, chosen)
    actions = tuple(_action(opening, cid, unlocks[cid]) for cid in order_of_work(opening, chosen))
    levels = opening.levels_after(chosen)
    return PlannedQuarter(
        number=number,
        stage_before=opening.stage,
        stage_after=stage_of(opening.ground, levels),
        points=sum(action.points for action in actions) + opening.bonus_after(levels),
        days=sum(action.days for action in actions),
        actions=actions,
        dimensions=means_of(opening.ground, levels),
    )


def _action(opening: Opening, cid: str, unlocks: tuple[str, ...]) -> PlannedAction:
    candidate, points, rules = opening.candidates[cid], opening.points[cid], opening.ground.questionnaire.rules
    quick = candidate.days <= rules.quick_win_days_max and points >= rules.quick_win_points_min
    return PlannedAction(
        id=cid,
        kind=candidate.kind,
        title=candidate.step.title,
        days=candidate.days,
        points=points,
        reasons=opening.reasons[cid],
        needs=candidate.needs,
        unlocks=unlocks,
        backlog=candidate.step.who,
        clarify=candidate.question in opening.ground.unclear,
        quick_win=quick and not opening.open_needs[cid],
    )
