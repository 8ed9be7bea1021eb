"""The parts of a result file about the course: stage, roadmap, change, what became of the last plan."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.domain.result import Result
from app.domain.roadmap import PlannedQuarter, Roadmap
from app.domain.scorecard import Counterfactual, StageScore
from app.domain.sheet import Change, DimensionChange, PastAssessment, SamePeople, Sheet
from app.formats.numbers import figure, given, ordered, reasons, span, with_why

_NO_CAPACITY = "no capacity was stated"
_CHECKED = ("verified", "not_confirmed", "regressed")


def stage(score: StageScore) -> dict[str, Any]:
    """``stage``."""
    return {
        "claimed": score.claimed,
        "supported": score.supported,
        "next": score.next,
        "blockers": [
            {
                "kind": blocker.kind,
                "question" if blocker.kind == "gate" else "dimension": blocker.of,
                "have": figure(blocker.have),
                "need": figure(blocker.need),
                "why": blocker.why,
            }
            for blocker in score.blockers
        ],
        "stability": figure(score.stability),
        "withdrawn": list(score.withdrawn),
        "why": reasons(
            "the highest stage is reached" if score.next is None else None,
            (score.stability_why or "too few respondents for a range") if score.stability is None else None,
        ),
    }


def counterfactual(found: Counterfactual | None) -> dict[str, Any] | None:
    """``counterfactual``."""
    if found is None:
        return None
    return {
        "question": found.question,
        "from": found.from_level,
        "to": found.to_level,
        "effect": {"stage": found.stage},
        "why": "unknown" if found.from_level is None else None,
    }


def roadmap(plan: Roadmap, variant: str) -> dict[str, Any]:
    """``roadmap``."""
    no_plan = "a pulse has next steps instead of a plan" if variant == "pulse" else _NO_CAPACITY
    start = plan.starts_at
    return {
        "capacity_days": plan.capacity_days,
        "target": plan.target,
        "target_levels": dict(sorted(plan.target_levels.items())),
        "starts_at": None if start is None else {"stage": start.stage, "why": start.why},
        "focus": list(plan.focus),
        "clarify_first": list(plan.clarify_first),
        "quarters": [_quarter(quarter) for quarter in plan.quarters],
        "deferred": [{"id": one.id, "why": one.why} for one in plan.deferred],
        "beyond_target": list(plan.beyond_target),
        "unreachable": [
            {"stage": one.stage, "question": one.question, "target": one.target, "need": one.need}
            for one in plan.unreachable
        ],
        "least_days_to_next_stage": plan.least_days_to_next_stage,
        "at_80_percent": with_why({"points": plan.points_at_80_percent}, no_plan),
        "at_120_percent": with_why({"points": plan.points_at_120_percent}, no_plan),
        "next_steps": [{"id": step.id, "title": step.title, "days": step.days} for step in plan.next_steps],
        "why": reasons(
            no_plan if plan.capacity_days is None else None,
            no_plan if start is None else None,
            "there is no next stage to reach" if plan.least_days_to_next_stage is None else None,
        ),
    }


def _quarter(quarter: PlannedQuarter) -> dict[str, Any]:
    return {
        "number": quarter.number,
        "stage_before": quarter.stage_before,
        "stage_after": quarter.stage_after,
        "points": quarter.points,
        "days": quarter.days,
        "actions": [
            {
                "id": action.id,
                "kind": action.kind,
                "title": action.title,
                "days": action.days,
                "points": action.points,
                "reasons": [reason for reason, _ in action.reasons],
                "reason_points": dict(action.reasons),
                "needs": list(action.needs),
                "unlocks": list(action.unlocks),
                "backlog": action.backlog,
                "clarify": action.clarify,
                "quick_win": action.quick_win,
            }
            for action in quarter.actions
        ],
        "dimensions": _figures(quarter.dimensions, tuple(quarter.dimensions), "no question of it applies"),
    }


def change(found: Change | None, order: Sequence[str]) -> dict[str, Any] | None:
    """``change``, its dimensions in the given order."""
    if found is None:
        return None
    hidden = found.same_people_why or "the same people cannot be told"
    return {
        "previous": str(found.previous),
        "comparable": found.comparable,
        "dimensions": {name: _dimension(one) for name, one in ordered(found.dimensions, order).items()},
        "questions_added": list(found.questions_added),
        "questions_retired": list(found.questions_retired),
        "questions_changed": list(found.questions_changed),
        "same_people": _same_people(found.same_people, order),
        "moves": [{"question": move.question, "before": move.before, "after": move.after} for move in found.moves],
        "why": hidden if found.same_people is None else None,
    }


def _dimension(one: DimensionChange) -> dict[str, Any]:
    values = {
        "official": figure(one.official),
        "like_for_like": figure(one.like_for_like),
        "instrument": figure(one.instrument),
        "common_share": figure(one.common_share),
        "real": one.real,
        "common": one.common,
        "comparable": one.comparable,
        "from_questions": figure(one.from_questions),
        "from_answers": figure(one.from_answers),
        "before": figure(one.before),
        "after": figure(one.after),
        "range90": span(one.range90),
    }
    return with_why(values, one.why, None if one.why else "it cannot be told from these assessments")


def _same_people(same: SamePeople | None, order: Sequence[str]) -> dict[str, Any] | None:
    if same is None:
        return None
    return {
        "respondents": same.respondents,
        "dimensions": _figures(same.dimensions, order, "too few common questions"),
    }


def _figures(values: Mapping[str, Fraction | None], order: Sequence[str], reason: str) -> dict[str, Any]:
    """One figure a dimension, with a ``why`` that names those there is none of."""
    figures = {name: figure(value) for name, value in ordered(values, order).items()}
    missing = [f"{name}: {reason}" for name, value in figures.items() if value is None]
    return figures | ({"why": reasons(*missing)} if missing else {})


def history(past: tuple[PastAssessment, ...], order: Sequence[str]) -> list[dict[str, Any]]:
    """``history``: earlier assessments as published then, their dimensions in the given order."""
    return [
        {
            "quarter": str(one.quarter),
            "variant": one.variant,
            "stage": one.stage,
            "dimensions": _figures(one.dimensions, order, "not published then"),
            "breaks": list(one.breaks),
            "why": "no stage was published then" if one.stage is None else None,
        }
        for one in past
    ]


def last_plan(result: Result) -> dict[str, Any]:
    """What became of the last plan: checked and open actions, confirmation rate, bets."""
    sheet: Sheet = result.sheet
    return {
        "actions_checked": [
            {"id": one.id, "status": one.status.replace("_", "-"), "why": one.why}
            for one in sheet.actions
            if one.status in _CHECKED
        ],
        "actions_open": [
            given(id=one.id, status=one.status.replace("_", "-"), owner=one.owner)
            for one in sheet.actions
            if one.status not in _CHECKED
        ],
        "confirmation_rate": figure(result.scorecard.confirmation_rate),
        "bets": [
            with_why({"question": bet.question, "level": bet.level, "held": bet.held}, "the question has no level now")
            for bet in sheet.bets_checked
        ],
        "bets_made": [{"question": bet.question, "level": bet.level} for bet in sheet.bets_made],
    }
