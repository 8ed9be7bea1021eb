"""What is told of each card: its step in the questionnaire, its reasons in the accepted plan, what the team says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.quarter import Quarter
from app.domain.questionnaire import Question, Questionnaire
from app.domain.report.cards import why_in_words
from app.domain.report.wording import within
from app.domain.roadmap import PlannedAction
from app.services.board_plan_values import AcceptedPlan
from app.services.board_values import Card, StepLink
from app.store.tables.board import CardRow


@dataclass(frozen=True)
class Ground:
    """What the cards of one board are told from."""

    questionnaire: Questionnaire | None
    planned: Mapping[str, tuple[PlannedAction, int]]
    order: Mapping[str, int]
    states: Mapping[str, str]


def ground_of(questionnaire: Questionnaire | None, plans: Sequence[AcceptedPlan], rows: Sequence[CardRow]) -> Ground:
    """What is told of the cards of one board, from all its accepted plans; the newest has the last word."""
    planned: dict[str, tuple[PlannedAction, int]] = {}
    order: dict[str, int] = {}
    for plan in reversed(plans):  # the newest has the last word
        for _, quarter in plan.quarters:
            for action in quarter.actions:
                planned[action.id] = action, quarter.stage_before + 1
    for _, quarter in plans[0].quarters if plans else ():
        order |= {action.id: len(order) + place for place, action in enumerate(quarter.actions)}
    return Ground(questionnaire, planned, order, {row.step: row.state for row in rows})


def card_of(row: CardRow, ground: Ground) -> Card:
    """One card with everything that is told of it."""
    name = row.step.rpartition("@")[0]
    asked = ground.questionnaire
    step = asked.steps.get(row.step) if asked else None
    question = asked.by_id.get(name) if asked else None
    action, stage = ground.planned.get(row.step, (None, 0))
    days = action.days if action else step.days if step else None
    needs = action.needs if action else step.needs if step else ()
    return Card(
        id=row.public_id,
        version=row.version,
        step=row.step,
        question=name,
        capability=question.capability if question else name,
        title=step.title if step else row.step,
        what=step.what if step else "",
        kind="show" if row.kind == "show" else "build",
        state=row.state,
        quarter=Quarter.parse(row.quarter) if row.quarter else None,
        days=days,
        points=action.points if action else None,
        reasons=action.reasons if action else (),
        why=why_of(action, stage, question, asked),
        needs=tuple(_link(need, ground) for need in needs),
        unlocks=tuple(_link(other, ground) for other in (action.unlocks if action else ())),
        owner=row.owner,
        due=row.due,
        started=row.started,
        link=row.link,
        note=row.note,
        effort_days=row.effort_days,
        verified_in=Quarter.parse(row.verified_in) if row.verified_in else None,
        backlog=step.who if step else "team",
        pinned=row.pinned is True,
        dropped=row.pinned is False,
        clarify=action.clarify if action else False,
        quick_win=action.quick_win if action else False,
        known=step is not None,
    )


def _link(step: str, ground: Ground) -> StepLink:
    known = ground.questionnaire.steps.get(step) if ground.questionnaire else None
    return StepLink(step, known.title if known else step, ground.states.get(step))


def why_of(action: PlannedAction | None, stage: int, question: Question | None, asked: Questionnaire | None) -> str:
    """Why an action is planned, in one sentence; ``stage`` is the one that its gates lead to."""
    if action is None:
        return "Added by the team"
    names = [d.name for d in asked.dimensions if d.id == question.dimension] if asked and question else []
    reasons = [reason for reason, _ in action.reasons]
    return why_in_words(reasons, [within(name) for name in names], stage, action.points)
