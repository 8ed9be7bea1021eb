"""Everything that is kept about one person, table by table; and what has to go when the person goes."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.store.lookups import all_of
from app.store.tables.access import ApiTokenRow, InvitationRow, WebSessionRow
from app.store.tables.answering import BeliefRow, ParticipantRow, VoteRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow, ReportedActionRow
from app.store.tables.people import CredentialRow, MembershipRow, UserRow
from app.store.tables.records import AuditRow, IdempotencyRow


def participations(session: Session, user_id: int) -> list[tuple[ParticipantRow, AssessmentRow]]:
    """The assessments a person took part in while signed in, as far as the answers were not purged."""
    statement = (
        select(ParticipantRow, AssessmentRow)
        .join(AssessmentRow, AssessmentRow.id == ParticipantRow.assessment_id)
        .where(ParticipantRow.user_id == user_id)
        .order_by(AssessmentRow.quarter, AssessmentRow.id)
    )
    return [(participant, assessment) for participant, assessment in session.execute(statement)]


def votes(session: Session, participant: ParticipantRow) -> Sequence[VoteRow]:
    """What a participant answered."""
    statement = select(VoteRow).where(
        VoteRow.assessment_id == participant.assessment_id, VoteRow.participant_id == participant.id
    )
    return all_of(session, statement.order_by(VoteRow.question, VoteRow.voting))


def beliefs(session: Session, participant: ParticipantRow) -> Sequence[BeliefRow]:
    """What a participant believes."""
    statement = select(BeliefRow).where(
        BeliefRow.assessment_id == participant.assessment_id, BeliefRow.participant_id == participant.id
    )
    return all_of(session, statement.order_by(BeliefRow.belief))


def passkeys(session: Session, user_id: int) -> Sequence[CredentialRow]:
    """The passkeys of a person."""
    return all_of(session, select(CredentialRow).where(CredentialRow.user_id == user_id).order_by(CredentialRow.name))


def web_sessions(session: Session, user_id: int) -> Sequence[WebSessionRow]:
    """The sessions of a person, ended ones too."""
    statement = select(WebSessionRow).where(WebSessionRow.user_id == user_id)
    return all_of(session, statement.order_by(WebSessionRow.created_at, WebSessionRow.id))


def api_tokens(session: Session, user_id: int) -> Sequence[ApiTokenRow]:
    """The API tokens of a person, ended ones too."""
    statement = select(ApiTokenRow).where(ApiTokenRow.user_id == user_id)
    return all_of(session, statement.order_by(ApiTokenRow.created_at, ApiTokenRow.id))


def invitations(session: Session, organization_id: int, email: str) -> Sequence[InvitationRow]:
    """What an organization invited an address to."""
    statement = select(InvitationRow).where(
        InvitationRow.organization_id == organization_id, InvitationRow.email == email
    )
    return all_of(session, statement.order_by(InvitationRow.created_at, InvitationRow.id))


def deeds(session: Session, organization_id: int, user_id: int) -> Sequence[AuditRow]:
    """What a person did in an organization, by its log."""
    statement = select(AuditRow).where(AuditRow.organization_id == organization_id, AuditRow.actor_id == user_id)
    return all_of(session, statement.order_by(AuditRow.id))


def cards_owned(session: Session, organization_id: int, names: Sequence[str]) -> Sequence[CardRow]:
    """The actions whose owner is written as one of these names."""
    statement = select(CardRow).where(CardRow.organization_id == organization_id, CardRow.owner.in_(names))
    return all_of(session, statement.order_by(CardRow.team_id, CardRow.step))


def was_there(session: Session, organization_id: int, user: UserRow) -> bool:
    """Whether the log of an organization tells of a person: that they joined, left, or did something."""
    told = (AuditRow.actor_id == user.id) | (AuditRow.target == user.public_id)
    statement = select(AuditRow.id).where(AuditRow.organization_id == organization_id, told)
    return session.scalar(statement.limit(1)) is not None


def drop_invitations(session: Session, organization_id: int, email: str) -> None:
    """Forget that an organization invited an address."""
    mine = (InvitationRow.organization_id == organization_id, InvitationRow.email == email)
    session.execute(delete(InvitationRow).where(*mine))


def forget(session: Session, user: UserRow, organization_ids: Sequence[int], names: Sequence[str]) -> None:
    """Take a person out: the account with all that hangs on it, and the name as owner of actions.

    Names are chosen freely, so they are looked for only in the organizations that are or were the person's. What a
    closed assessment published stays as it was published.
    """
    colleagues = {f"user:{user.id}"}
    for organization_id in organization_ids:
        members = select(MembershipRow.user_id).where(MembershipRow.organization_id == organization_id)
        colleagues |= {f"user:{key}" for key in session.scalars(members)}
        for card in cards_owned(session, organization_id, names):
            card.owner, card.version = None, card.version + 1
        unfinished = select(AssessmentRow.id).where(
            AssessmentRow.organization_id == organization_id, AssessmentRow.state.in_(("draft", "open"))
        )
        session.execute(
            update(ReportedActionRow)
            .where(
                ReportedActionRow.organization_id == organization_id,
                ReportedActionRow.assessment_id.in_(unfinished),
                ReportedActionRow.owner.in_(names),
            )
            .values(owner=None)
        )
    mine = f"user:{user.id}"
    marks = [name.encode() for name in names]
    for kept in all_of(session, select(IdempotencyRow).where(IdempotencyRow.actor.in_(colleagues))):
        if kept.actor == mine or any(mark in kept.answer for mark in marks):
            session.delete(kept)
    session.flush()
    session.delete(user)
    session.flush()
