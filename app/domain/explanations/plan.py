"""Capacity and points of the plan, explained (measurement.md 5.2, 5.3)."""

from fractions import Fraction

from app.domain.explain import Explanation, Term
from app.domain.report import wording as w
from app.domain.result import Result
from app.domain.roadmap import PlannedAction, PlannedQuarter

REASONS = {
    "gate": "step towards an open gate of the next stage",
    "floor": "its dimension is below the floor of the next stage",
    "level": "one level more",
    "myth": "primary question of a myth in focus",
    "waiting": "gate step that had to wait",
}


def usable_days(result: Result) -> Fraction | None:
    """Days that the stated capacity leaves after the reserve, not yet rounded down."""
    capacity = result.sheet.capacity
    if capacity is None:
        return None
    stated = Fraction(capacity.people) * Fraction(capacity.working_days) * Fraction(capacity.share)
    return stated * result.questionnaire.rules.capacity_reserve


def explain_plan(result: Result) -> tuple[Explanation, ...]:
    """The usable days, the points of each quarter, the points of each action."""
    found = _capacity(result)
    for quarter in result.roadmap.quarters:
        found.append(_quarter(result, quarter))
        found += [_action(result, action) for action in quarter.actions]
    return tuple(found)


def _capacity(result: Result) -> list[Explanation]:
    usable, capacity, days = usable_days(result), result.sheet.capacity, result.roadmap.capacity_days
    if usable is None or capacity is None or days is None:
        return []
    parts = (
        ("people", Fraction(capacity.people)),
        ("working days", Fraction(capacity.working_days)),
        ("share set aside", Fraction(capacity.share)),
        ("kept after the reserve", result.questionnaire.rules.capacity_reserve),
    )
    return [
        Explanation(
            "roadmap.capacity",
            f"Capacity: {w.days(days)} a quarter",
            usable,
            " * ".join(w.exact(value) for _, value in parts),
            tuple(Term(label, value) for label, value in parts),
            (f"Rounded down to {w.days(days)}. The reserve is kept against underestimation.",),
            "5.2",
        )
    ]


def _quarter(result: Result, quarter: PlannedQuarter) -> Explanation:
    parts = [str(action.points) for action in quarter.actions]
    reached = quarter.stage_after > quarter.stage_before
    if reached:
        parts.append(str(result.questionnaire.rules.points_stage))
    text = ["The points of its actions, added."]
    if reached:
        text.append(f"The last figure is the bonus for reaching stage {quarter.stage_after}.")
    return Explanation(
        f"roadmap.quarters.{quarter.number}",
        f"Quarter {quarter.number}: {w.figures(quarter.points, 'point')}",
        Fraction(quarter.points),
        " + ".join(parts) or "0",
        (),
        tuple(text),
        "5.3",
    )


def _action(result: Result, action: PlannedAction) -> Explanation:
    step = result.questionnaire.steps.get(action.id)
    question = result.questionnaire.by_id.get(step.question) if step else None
    name = f"{action.title} ({question.capability}, level {step.to_level})" if step and question else action.title
    return Explanation(
        f"roadmap.actions.{action.id}",
        f"{name}: {w.figures(action.points, 'point')}",
        Fraction(action.points),
        " + ".join(str(points) for _, points in action.reasons) or "0",
        tuple(Term(REASONS[reason], Fraction(points)) for reason, points in action.reasons),
        ("Each reason has fixed points, so that the best plan can be proven and read.",),
        "5.3",
    )
