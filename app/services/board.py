"""The board of a team: its actions by quarter with their reasons, what the team says of them, what the check found."""

from collections.abc import Sequence

from app.domain.questionnaire import Questionnaire
from app.domain.sheet import CheckedAction
from app.services.assessments import questionnaire_for
from app.services.board_cards import find_card
from app.services.board_plans import AcceptedPlan, plans_of
from app.services.board_told import card_of, ground_of
from app.services.board_values import Board, BoardQuarter, Card, StepLink
from app.store.lookups import assessments, board
from app.store.record.versions import save_card
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

__all__ = ["Board", "BoardQuarter", "Card", "StepLink", "board_of", "cards_of", "find_card", "mark_checked"]


def board_of(session: Session, team: TeamRow) -> Board:
    """The board of a team as it is now; empty before a plan was accepted."""
    plans = plans_of(session, team)
    rows = board.cards(session, team.id)
    ground = ground_of(_questionnaire(session, team), plans, rows)
    cards = sorted((card_of(row, ground) for row in rows), key=lambda c: (ground.order.get(c.step, len(rows)), c.step))
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


def cards_of(session: Session, team: TeamRow) -> Sequence[CardRow]:
    """The cards of a team as rows, by step."""
    return board.cards(session, team.id)


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
