"""The board of a team, its accepted plans, and what an assessment says of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.lookups import all_of, one, one_pair
from app.store.tables.board import BetRow, CardRow, PlanRow, ReportedActionRow, ReportRow
from app.store.tables.people import MembershipRow


def card(session: Session, organization_id: int, public_id: str) -> CardRow:
    """A card of the organization; raises NotFound."""
    statement = select(CardRow).where(CardRow.organization_id == organization_id, CardRow.public_id == public_id)
    return one(session, statement, "action")


def card_of_user(session: Session, user_id: int, public_id: str) -> tuple[CardRow, MembershipRow]:
    """A card of one of the user's organizations, and what the user is there; raises NotFound."""
    return one_pair(
        session,
        select(CardRow, MembershipRow)
        .join(MembershipRow, MembershipRow.organization_id == CardRow.organization_id)
        .where(CardRow.public_id == public_id, MembershipRow.user_id == user_id),
        "action",
    )


def cards(session: Session, team_id: int) -> Sequence[CardRow]:
    """The board of a team, by step."""
    return all_of(session, select(CardRow).where(CardRow.team_id == team_id).order_by(CardRow.step))


def cards_of_organization(session: Session, organization_id: int) -> Sequence[CardRow]:
    """All cards of an organization, by step and team."""
    statement = select(CardRow).where(CardRow.organization_id == organization_id)
    return all_of(session, statement.order_by(CardRow.step, CardRow.team_id))


def verified_cards(session: Session, organization_id: int) -> Sequence[CardRow]:
    """The verified actions of an organization that were built and whose effort was reported, by step and team."""
    statement = select(CardRow).where(
        CardRow.organization_id == organization_id,
        CardRow.state == "verified",
        CardRow.kind == "build",
        CardRow.effort_days.is_not(None),
    )
    return all_of(session, statement.order_by(CardRow.step, CardRow.team_id))


def plans(session: Session, team_id: int) -> Sequence[PlanRow]:
    """The accepted plans of a team, newest first."""
    statement = select(PlanRow).where(PlanRow.team_id == team_id)
    return all_of(session, statement.order_by(PlanRow.accepted_at.desc(), PlanRow.id.desc()))


def reported_actions(session: Session, assessment_id: int) -> Sequence[ReportedActionRow]:
    """The steps as reported in an assessment, by step."""
    statement = select(ReportedActionRow).where(ReportedActionRow.assessment_id == assessment_id)
    return all_of(session, statement.order_by(ReportedActionRow.step))


def bets(session: Session, assessment_id: int) -> Sequence[BetRow]:
    """The bets of an assessment, by question."""
    return all_of(session, select(BetRow).where(BetRow.assessment_id == assessment_id).order_by(BetRow.question))


def report(session: Session, assessment_id: int, form: str, input_digest: str, program_version: str) -> ReportRow:
    """A report that was made before from the same input by the same program; raises NotFound."""
    statement = select(ReportRow).where(
        ReportRow.assessment_id == assessment_id,
        ReportRow.form == form,
        ReportRow.input_digest == input_digest,
        ReportRow.program_version == program_version,
    )
    return one(session, statement, "report")
