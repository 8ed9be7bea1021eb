"""The board of a team: actions of the accepted plan, what the team reports of them, and what the check found."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.domain.sheet import CheckedAction
from app.services.actors import Actor
from app.services.errors import NotValid, WrongMoment
from app.services.given import given_text
from app.services.results import result_of
from app.store.lookups import assessments, board
from app.store.record import add_once
from app.store.record.requests import log
from app.store.record.versions import save_card
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow, PlanRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

#: What a team can say; the rest is found by the check at the next close.
REPORTED = ("planned", "in_progress", "reported_done")


@dataclass(frozen=True, slots=True)
class Report:
    """What a team says of an action. ``owner`` is a name or a respondent id."""

    state: str
    owner: str | None = None
    started: dt.date | None = None
    effort_days: Decimal | None = None
    note: str | None = None


def find_card(session: Session, organization_id: int, public_id: str) -> CardRow:
    """An action of this organization; raises NotFound, also for one of another organization."""
    return board.card(session, organization_id, public_id)


def cards_of(session: Session, team: TeamRow) -> Sequence[CardRow]:
    """The board of a team, by step."""
    return board.cards(session, team.id)


def accept_plan(session: Session, actor: Actor, assessment: AssessmentRow, *, at: dt.datetime) -> Sequence[CardRow]:
    """Put the plan of a closed assessment on the team's board; the board by step. Raises WrongMoment.

    Actions that are there stay as they are, but for those not begun, which move to their new quarter.
    """
    if assessment.state != "closed":
        raise WrongMoment("a plan is accepted when its assessment is closed")
    roadmap = result_of(session, assessment).roadmap
    after = {row.step: row for row in board.cards(session, assessment.team_id)}
    planned = [(quarter.number, action) for quarter in roadmap.quarters for action in quarter.actions]
    content = {"quarters": {str(q.number): [a.id for a in q.actions] for q in roadmap.quarters}}
    session.add(
        PlanRow(
            organization_id=assessment.organization_id,
            team_id=assessment.team_id,
            assessment_id=assessment.id,
            content=content,
            accepted_at=at,
            accepted_by=actor.user_id,
        )
    )
    quarter = result_of(session, assessment).sheet.quarter
    for number, action in planned:
        when = str(quarter.after(number))
        card = after.get(action.id)
        if card is None:
            add_once(session, _card(assessment, action.id, when))
        elif card.state in {"planned", "not_confirmed", "regressed"}:
            save_card(session, card, {"quarter": when, "state": "planned"})
    log(
        session,
        assessment.organization_id,
        "plan.accepted",
        at=at,
        actor_id=actor.user_id,
        target=assessment.public_id,
        detail={"actions": len(planned)},
    )
    return board.cards(session, assessment.team_id)


def report_action(
    session: Session, actor: Actor, card: CardRow, report: Report, *, at: dt.datetime, version: int | None = None
) -> int:
    """Say how far an action is; the new version. Raises NotValid, VersionConflict."""
    if report.state not in REPORTED and report.state != card.state:
        raise NotValid("status", f"say {', '.join(REPORTED)}; the rest is found by the next assessment")
    if report.effort_days is not None and not Decimal(0) <= report.effort_days <= 10_000:
        raise NotValid("effort_days", "write a number of days from 0 to 10,000")
    changes: dict[str, Any] = {
        "state": report.state,
        "owner": given_text(report.owner, "owner"),
        "started": report.started,
        "effort_days": report.effort_days,
        "note": given_text(report.note, "note"),
    }
    saved = save_card(session, card, changes, expected_version=version)
    log(
        session,
        card.organization_id,
        "action.reported",
        at=at,
        actor_id=actor.user_id,
        target=card.public_id,
        detail={"step": card.step, "state": report.state},
    )
    return saved


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


def _card(assessment: AssessmentRow, step: str, quarter: str) -> CardRow:
    return CardRow(organization_id=assessment.organization_id, team_id=assessment.team_id, step=step, quarter=quarter)
