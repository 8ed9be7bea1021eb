"""The board of a team: its actions by quarter with their reasons, what the team says of them, what the check found."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.report.cards import why_in_words
from app.domain.report.wording import within
from app.domain.roadmap import PlannedAction
from app.domain.sheet import CheckedAction
from app.services.assessments import questionnaire_for
from app.services.board_cards import find_card
from app.services.board_plans import AcceptedPlan, plans_of
from app.store.lookups import assessments, board
from app.store.record.versions import save_card
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

__all__ = ["Board", "BoardQuarter", "Card", "StepLink", "board_of", "find_card", "mark_checked"]

#: In the order of a card's way over the board.
STATES = ("planned", "in_progress", "reported_done", "verified", "not_confirmed", "regressed")


@dataclass(frozen=True, slots=True)
class StepLink:
    """Another step that a card names; ``state`` is that of its card, None when it is not on the board."""

    step: str
    title: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One action on the board. ``step`` such as ``mon-drift@2``; ``id`` is the card's own in addresses.

    ``points`` and ``reasons`` are those of the newest accepted plan that holds it; None and empty for an action that
    the team added. ``why``: the same in one sentence. ``days``: planned person-days, ``effort_days``: what it took.
    ``known`` False: the newest questionnaire does not hold the step any more.
    """

    id: str
    version: int
    step: str
    question: str
    capability: str
    title: str
    what: str
    kind: Literal["build", "show"]
    state: str
    quarter: Quarter | None
    days: int | None
    points: int | None
    reasons: tuple[tuple[str, int], ...]
    why: str
    needs: tuple[StepLink, ...]
    unlocks: tuple[StepLink, ...]
    owner: str | None
    due: dt.date | None
    started: dt.date | None
    link: str | None
    note: str | None
    effort_days: Decimal | None
    verified_in: Quarter | None
    backlog: Literal["team", "leadership"]
    pinned: bool
    dropped: bool
    clarify: bool
    quick_win: bool
    known: bool

    @property
    def is_open(self) -> bool:
        """Whether something is left to do: neither verified nor dropped."""
        return self.state != "verified" and not self.dropped


@dataclass(frozen=True, slots=True)
class BoardQuarter:
    """One quarter: the team's cards in the order of work. Stages and dimension means as the plan projects them.

    The projection is None for a quarter that the accepted plan does not reach. ``days`` are planned person-days of
    the cards that are in the quarter now, those for leadership included.
    """

    quarter: Quarter
    cards: tuple[Card, ...]
    days: int
    stage_before: int | None
    stage_after: int | None
    dimensions: Mapping[str, Fraction | None]

    def in_state(self, state: str) -> tuple[Card, ...]:
        """The cards of one state."""
        return tuple(card for card in self.cards if card.state == state)


@dataclass(frozen=True)
class Board:
    """A team's board. ``leadership``: what only leadership can do, apart. ``later``: in no quarter; ``dropped``: out.

    ``capacity_days``: those of the accepted plan, None before one is accepted.
    """

    team: str
    plan: AcceptedPlan | None
    capacity_days: int | None
    quarters: tuple[BoardQuarter, ...]
    leadership: tuple[Card, ...]
    later: tuple[Card, ...]
    dropped: tuple[Card, ...]
    dimensions: Mapping[str, str]

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card."""
        mine = tuple(card for quarter in self.quarters for card in quarter.cards)
        return (*mine, *self.leadership, *self.later, *self.dropped)

    @property
    def counts(self) -> dict[str, int]:
        """How many cards that were not dropped are in each state."""
        states = [card.state for card in self.cards if not card.dropped]
        return {state: states.count(state) for state in STATES}


@dataclass(frozen=True)
class _Ground:
    """What the cards of one board are told from."""

    questionnaire: Questionnaire | None
    planned: Mapping[str, tuple[PlannedAction, int]]
    order: Mapping[str, int]
    states: Mapping[str, str]


def board_of(session: Session, team: TeamRow) -> Board:
    """The board of a team as it is now; empty before a plan was accepted."""
    plans = plans_of(session, team)
    rows = board.cards(session, team.id)
    ground = _ground(_questionnaire(session, team), plans, rows)
    cards = sorted((_card(row, ground) for row in rows), key=lambda c: (ground.order.get(c.step, len(rows)), c.step))
    kept = [card for card in cards if not card.dropped]
    mine = [card for card in kept if card.backlog == "team"]
    newest = plans[0] if plans else None
    return Board(
        team=team.name,
        plan=newest,
        capacity_days=newest.capacity_days if newest else None,
        quarters=_quarters(newest, mine, kept),
        leadership=tuple(card for card in kept if card.backlog == "leadership"),
        later=tuple(card for card in mine if card.quarter is None),
        dropped=tuple(card for card in cards if card.dropped),
        dimensions={d.id: d.name for d in ground.questionnaire.dimensions} if ground.questionnaire else {},
    )


def mark_checked(session: Session, assessment: AssessmentRow, checked: Sequence[CheckedAction]) -> None:
    """Bring what the check of an assessment found onto the board, if it is the team's last one."""
    later = [a for a in assessments.assessments_of_team(session, assessment.team_id) if a.quarter > assessment.quarter]
    if any(a.state == "closed" for a in later):
        return
    cards = {card.step: card for card in board.cards(session, assessment.team_id)}
    for action in checked:
        card = cards.get(action.id)
        if card is not None and card.state != action.status:
            when = str(action.verified_in) if action.verified_in else None
            save_card(session, card, {"state": action.status, "verified_in": when})


def _questionnaire(session: Session, team: TeamRow) -> Questionnaire | None:
    """That of the last closed full assessment, which the plans are about."""
    rows = assessments.assessments_of_team(session, team.id)
    closed = [row for row in rows if row.state == "closed" and row.variant == "full"]
    return questionnaire_for(session, closed[-1]) if closed else None


def _ground(questionnaire: Questionnaire | None, plans: Sequence[AcceptedPlan], rows: Sequence[CardRow]) -> _Ground:
    planned: dict[str, tuple[PlannedAction, int]] = {}
    order: dict[str, int] = {}
    for plan in reversed(plans):  # the newest has the last word
        for _, quarter in plan.quarters:
            for action in quarter.actions:
                planned[action.id] = action, quarter.stage_before + 1
    for _, quarter in plans[0].quarters if plans else ():
        order |= {action.id: len(order) + place for place, action in enumerate(quarter.actions)}
    return _Ground(questionnaire, planned, order, {row.step: row.state for row in rows})


def _card(row: CardRow, ground: _Ground) -> Card:
    name = row.step.rpartition("@")[0]
    asked = ground.questionnaire
    step = asked.steps.get(row.step) if asked else None
    question = asked.by_id.get(name) if asked else None
    action, stage = ground.planned.get(row.step, (None, 0))
    area = {d.id: d.name for d in asked.dimensions}.get(question.dimension) if asked and question else None
    days = action.days if action else step.days if step else None
    why = "Added by the team"
    if action is not None:
        reasons = [reason for reason, _ in action.reasons]
        why = why_in_words(reasons, (within(area),) if area else (), stage, action.points)
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
        why=why,
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


def _link(step: str, ground: _Ground) -> StepLink:
    known = ground.questionnaire.steps.get(step) if ground.questionnaire else None
    return StepLink(step, known.title if known else step, ground.states.get(step))


def _quarters(plan: AcceptedPlan | None, mine: Sequence[Card], kept: Sequence[Card]) -> tuple[BoardQuarter, ...]:
    projected = dict(plan.quarters) if plan else {}
    names = sorted({*projected, *(card.quarter for card in mine if card.quarter is not None)})
    return tuple(
        BoardQuarter(
            quarter=name,
            cards=tuple(card for card in mine if card.quarter == name),
            days=sum(card.days or 0 for card in kept if card.quarter == name),
            stage_before=projected[name].stage_before if name in projected else None,
            stage_after=projected[name].stage_after if name in projected else None,
            dimensions=projected[name].dimensions if name in projected else {},
        )
        for name in names
    )
