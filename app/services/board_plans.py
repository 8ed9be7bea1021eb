"""Plans of a team: computed anew under its wishes, a proposal until they are accepted, then kept as accepted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire, Step
from app.domain.score import score
from app.domain.scorecard import Scorecard
from app.planner.again import Again, Wish, plan_again
from app.services.actors import Actor
from app.services.assessments import questionnaire_for
from app.services.board_plan_values import AcceptedPlan, RefusedPin, Replan, Targets, accepted_of, content_of
from app.services.errors import NotValid, WrongMoment
from app.services.keeping import Kept
from app.services.settled import settled_sheet
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
__all__ = [
    "AcceptedPlan", "Replan", "Targets", "accept_plan", "effort_ratio_of", "last_full", "new_card", "newest_plan",
    "plans_of", "replan",
]  # fmt: skip

_plans: Kept[Again] = Kept(128)
#: What every plan of an assessment is made from: the same for each number of days that is tried.
_cards: Kept[Scorecard] = Kept(32)


def replan(
    session: Session,
    of: TeamRow | AssessmentRow,
    *,
    capacity_days: Decimal | None = None,
    targets: Targets | None = None,
    priced: bool = True,
) -> Replan:
    """The best plan from the last closed full assessment (or the given one) with what the board pins and drops.

    ``capacity_days``: usable person-days a quarter, else those of the assessment. Not ``priced``: at once, without
    what pins and drops cost. Raises NotValid, WrongMoment, and PlanNotProven when the solver stops early.
    """
    assessment = of if isinstance(of, AssessmentRow) else last_full(session, of)
    if assessment.state != "closed" or assessment.variant != "full":
        raise WrongMoment("a plan is made from a closed full assessment")
    asked = questionnaire_for(session, assessment)
    sheet = settled_sheet(assessment, asked)
    wanted = _checked(targets, asked.by_id) or Targets(sheet.target, sheet.target_levels)
    cards = board.cards(session, assessment.team_id)
    wish = Wish(
        _days(capacity_days),
        pins=frozenset(c.step for c in cards if c.pinned and c.state in OPEN),
        drops=frozenset(c.step for c in cards if c.pinned is False),
    )
    aimed = replace(sheet, target=wanted.default, target_levels=dict(wanted.by_question))
    ground = (assessment.settled_digest, asked.digest)
    card = _cards.get(ground, lambda: score(sheet, asked))
    key = (*ground, wish, priced, wanted.default, *sorted(wanted.by_question.items()))
    made = _plans.find(key, lambda: plan_again(aimed, card, asked, wish, priced=priced))
    if made is None:
        raise NotValid("capacity_days", "say how many person-days a quarter there are; the assessment states none")
    return _proposed(assessment, asked, wish, wanted, made)


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
    if _last_full(session, assessment.team_id).id != assessment.id:
        raise WrongMoment("a later assessment of the team is closed; accept its plan instead")
    if plan.refused:
        raise WrongMoment(f"{plan.refused[0].why}; unpin it first")
    session.add(
        PlanRow(
            organization_id=assessment.organization_id,
            team_id=assessment.team_id,
            assessment_id=assessment.id,
            content=content_of(plan),
            accepted_at=at,
            accepted_by=actor.user_id,
        )
    )
    planned = _place(session, assessment, plan)
    log(
        session,
        assessment.organization_id,
        "plan.accepted",
        at=at,
        actor_id=actor.user_id,
        target=assessment.public_id,
        detail={"actions": planned, "capacity_days": plan.capacity_days},
    )
    return board.cards(session, assessment.team_id)


def _place(session: Session, assessment: AssessmentRow, plan: Replan) -> int:
    """Put the actions of a plan on the board; how many it holds."""
    after = {row.step: row for row in board.cards(session, assessment.team_id)}
    planned = {a.id: (str(when), a.kind) for when, quarter in plan.quarters for a in quarter.actions}
    for step, (when, kind) in planned.items():
        card = after.get(step)
        if card is None:
            add_once(session, new_card(assessment.organization_id, assessment.team_id, step, when, kind))
        elif card.state in _NOT_BEGUN:
            save_card(session, card, {"quarter": when, "state": "planned", "kind": kind})
    for step, card in after.items():
        if step not in planned and card.state in _NOT_BEGUN and card.quarter is not None:
            save_card(session, card, {"quarter": None})
    return len(planned)


def plans_of(session: Session, team: TeamRow) -> tuple[AcceptedPlan, ...]:
    """The plans that a team accepted, newest first, as they were accepted."""
    titles: dict[int, Mapping[str, Step]] = {}
    found = []
    for row in board.plans(session, team.id):
        if row.assessment_id not in titles:
            assessment = assessments.assessment_by_key(session, row.assessment_id)
            titles[row.assessment_id] = questionnaire_for(session, assessment).steps
        found.append(accepted_of(row, titles[row.assessment_id]))
    return tuple(found)


def newest_plan(session: Session, team: TeamRow) -> AcceptedPlan | None:
    """The plan that stands; None before one was accepted."""
    row = next(iter(board.plans(session, team.id)), None)
    if row is None:
        return None
    assessment = assessments.assessment_by_key(session, row.assessment_id)
    return accepted_of(row, questionnaire_for(session, assessment).steps)


def _proposed(assessment: AssessmentRow, asked: Questionnaire, wish: Wish, targets: Targets, made: Again) -> Replan:
    points, free = [quarter.points for quarter in made.quarters], made.free_points
    basis, steps = Quarter.parse(assessment.quarter), asked.steps
    return Replan(
        assessment=assessment.public_id,
        basis=basis,
        capacity_days=made.capacity_days,
        targets=targets,
        pins=tuple(sorted(wish.pins)),
        drops=tuple(sorted(wish.drops)),
        quarters=tuple((basis.after(quarter.number), quarter) for quarter in made.quarters),
        points=sum(points),
        price=None if free is None else free[0] - points[0],
        price_of_year=None if free is None else sum(free) - sum(points),
        refused=tuple(RefusedPin(s, steps[s].title if s in steps else s, why) for s, why in made.refused),
        deferred=made.deferred,
    )


def effort_ratio_of(session: Session, team: TeamRow) -> Fraction | None:
    """What the plans of a team multiply estimates by; None while experience is too small (measurement.md 5.6)."""
    try:
        assessment = last_full(session, team)
    except WrongMoment:
        return None
    return settled_sheet(assessment, questionnaire_for(session, assessment)).effort_ratio


def last_full(session: Session, team: TeamRow) -> AssessmentRow:
    """The last closed full assessment of a team; raises WrongMoment."""
    return _last_full(session, team.id)


def _last_full(session: Session, team_id: int) -> AssessmentRow:
    rows = assessments.assessments_of_team(session, team_id)
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
