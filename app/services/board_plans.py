"""Plans of a team: computed anew under its wishes, a proposal until they are accepted, then kept as accepted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.domain.quarter import Quarter
from app.domain.roadmap import Deferred, PlannedAction, PlannedQuarter
from app.planner.again import Again, Wish, plan_again
from app.services.actors import Actor
from app.services.assessments import questionnaire_for
from app.services.errors import NotValid, WrongMoment
from app.services.keeping import Kept
from app.services.results import result_of
from app.store.lookups import assessments, board
from app.store.record import add_once
from app.store.record.requests import log
from app.store.record.versions import save_card
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow, PlanRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

#: What is not done, nor said to be done: a new plan may put it elsewhere.
OPEN = ("planned", "in_progress", "not_confirmed", "regressed")
_NOT_BEGUN = ("planned", "not_confirmed", "regressed")
_MOST_DAYS = 100_000
_plans: Kept[Again] = Kept(128)


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
    below 0, since each quarter is optimal for itself. ``refused`` pins are not in the plan.
    """

    assessment: str
    basis: Quarter
    capacity_days: int
    targets: Targets
    pins: tuple[str, ...]
    drops: tuple[str, ...]
    quarters: tuple[tuple[Quarter, PlannedQuarter], ...]
    points: int
    price: int
    price_of_year: int
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


def replan(
    session: Session,
    of: TeamRow | AssessmentRow,
    *,
    capacity_days: Decimal | None = None,
    targets: Targets | None = None,
) -> Replan:
    """The best plan from the last closed full assessment (or the given one) with what the board pins and drops.

    ``capacity_days``: usable person-days a quarter, else those of the assessment. Raises NotValid, WrongMoment, and
    PlanNotProven when the solver stops early.
    """
    assessment = of if isinstance(of, AssessmentRow) else last_full(session, of)
    if assessment.state != "closed" or assessment.variant != "full":
        raise WrongMoment("a plan is made from a closed full assessment")
    result = result_of(session, assessment)
    wanted = _checked(targets, result.questionnaire.by_id) or Targets(result.sheet.target, result.sheet.target_levels)
    cards = board.cards(session, assessment.team_id)
    wish = Wish(
        _days(capacity_days),
        pins=frozenset(c.step for c in cards if c.pinned and c.state in OPEN),
        drops=frozenset(c.step for c in cards if c.pinned is False),
    )
    sheet = replace(result.sheet, target=wanted.default, target_levels=dict(wanted.by_question))
    key = (result.input_digest, result.questionnaire.digest, wish, wanted.default, *sorted(wanted.by_question.items()))
    made = _plans.find(key, lambda: plan_again(sheet, result.scorecard, result.questionnaire, wish))
    if made is None:
        raise NotValid("capacity_days", "say how many person-days a quarter there are; the assessment states none")
    points = [quarter.points for quarter in made.quarters]
    basis, steps = result.sheet.quarter, result.questionnaire.steps
    return Replan(
        assessment=assessment.public_id,
        basis=basis,
        capacity_days=made.capacity_days,
        targets=wanted,
        pins=tuple(sorted(wish.pins)),
        drops=tuple(sorted(wish.drops)),
        quarters=tuple((basis.after(quarter.number), quarter) for quarter in made.quarters),
        points=sum(points),
        price=made.free_points[0] - points[0],
        price_of_year=sum(made.free_points) - sum(points),
        refused=tuple(RefusedPin(s, steps[s].title if s in steps else s, why) for s, why in made.refused),
        deferred=made.deferred,
    )


def accept_plan(
    session: Session,
    actor: Actor,
    assessment: AssessmentRow,
    *,
    at: dt.datetime,
    capacity_days: Decimal | None = None,
    targets: Targets | None = None,
) -> Sequence[CardRow]:
    """Put a plan on the team's board as ``replan`` proposes it; the board by step. Raises WrongMoment, NotValid.

    Actions that are there stay as they are, but for those not begun: they move to their new quarter, or out of the
    quarters when the plan has no place for them. A pin that cannot be held has to be taken back first.
    """
    plan = replan(session, assessment, capacity_days=capacity_days, targets=targets)
    if plan.refused:
        raise WrongMoment(f"{plan.refused[0].why}; unpin it first")
    after = {row.step: row for row in board.cards(session, assessment.team_id)}
    planned = {a.id: (str(when), a.kind) for when, quarter in plan.quarters for a in quarter.actions}
    session.add(
        PlanRow(
            organization_id=assessment.organization_id,
            team_id=assessment.team_id,
            assessment_id=assessment.id,
            content=_content(plan),
            accepted_at=at,
            accepted_by=actor.user_id,
        )
    )
    for step, (when, kind) in planned.items():
        card = after.get(step)
        if card is None:
            add_once(session, new_card(assessment.organization_id, assessment.team_id, step, when, kind))
        elif card.state in _NOT_BEGUN:
            save_card(session, card, {"quarter": when, "state": "planned", "kind": kind})
    for step, card in after.items():
        if step not in planned and card.state in _NOT_BEGUN and card.quarter is not None:
            save_card(session, card, {"quarter": None})
    log(
        session,
        assessment.organization_id,
        "plan.accepted",
        at=at,
        actor_id=actor.user_id,
        target=assessment.public_id,
        detail={"actions": len(planned), "capacity_days": plan.capacity_days},
    )
    return board.cards(session, assessment.team_id)


def plans_of(session: Session, team: TeamRow) -> tuple[AcceptedPlan, ...]:
    """The plans that a team accepted, newest first, as they were accepted."""
    titles: dict[int, Mapping[str, Any]] = {}
    found = []
    for row in board.plans(session, team.id):
        if row.assessment_id not in titles:
            assessment = assessments.assessment_by_key(session, row.assessment_id)
            titles[row.assessment_id] = questionnaire_for(session, assessment).steps
        found.append(_accepted(row, titles[row.assessment_id]))
    return tuple(found)


def last_full(session: Session, team: TeamRow) -> AssessmentRow:
    """The last closed full assessment of a team; raises WrongMoment."""
    rows = assessments.assessments_of_team(session, team.id)
    closed = [row for row in rows if row.state == "closed" and row.variant == "full"]
    if not closed:
        raise WrongMoment("there is no plan before the first full assessment is closed; close one first")
    return closed[-1]


def new_card(organization_id: int, team_id: int, step: str, quarter: str | None, kind: str = "build") -> CardRow:
    """A card that nobody has touched yet."""
    return CardRow(organization_id=organization_id, team_id=team_id, step=step, quarter=quarter, kind=kind)


def _days(capacity_days: Decimal | None) -> Decimal | None:
    if capacity_days is not None and not (capacity_days.is_finite() and 0 <= capacity_days <= _MOST_DAYS):
        raise NotValid("capacity_days", f"write a number of person-days from 0 to {_MOST_DAYS:,}")
    return capacity_days


def _checked(targets: Targets | None, known: Mapping[str, object]) -> Targets | None:
    if targets is None:
        return None
    for question, level in (("target", targets.default), *targets.by_question.items()):
        if question not in known and question != "target":
            raise NotValid("target", f"there is no question {question!r}")
        if not 1 <= level <= 4:
            raise NotValid("target", "a target level is 1 to 4")
    return targets


def _content(plan: Replan) -> dict[str, Any]:
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


def _accepted(row: PlanRow, steps: Mapping[str, Any]) -> AcceptedPlan:
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


def _quarter(number: int, kept: Mapping[str, Any], steps: Mapping[str, Any]) -> PlannedQuarter:
    before, after = kept["stages"]
    means = {d: None if mean is None else Fraction(mean) for d, mean in kept["dimensions"].items()}
    actions = tuple(_action(action, steps) for action in kept["actions"])
    return PlannedQuarter(number, before, after, kept["points"], kept["days"], actions, means)


def _action(kept: Mapping[str, Any], steps: Mapping[str, Any]) -> PlannedAction:
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
