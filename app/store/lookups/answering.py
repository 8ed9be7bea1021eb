"""Who takes part in an assessment and what was answered. Inner keys come from rows that were found before."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.store.lookups import all_of, one
from app.store.tables.answering import (
    AgreedRow,
    BeliefRow,
    EvidenceRow,
    HandsRow,
    ParticipantRow,
    VoteRow,
    VotingRow,
)
from app.store.tables.assessments import AssessmentRow


def participant_by_token(session: Session, token_hash: str) -> ParticipantRow:
    """Raises NotFound."""
    return one(session, select(ParticipantRow).where(ParticipantRow.token_hash == token_hash), "participant")


def participant_of_user(session: Session, assessment_id: int, user_id: int) -> ParticipantRow:
    """A signed-in person's part in an assessment; raises NotFound."""
    statement = select(ParticipantRow).where(
        ParticipantRow.assessment_id == assessment_id, ParticipantRow.user_id == user_id
    )
    return one(session, statement, "participant")


def ids_of_user(session: Session, team_id: int, user_id: int) -> Sequence[str]:
    """How a signed-in person was called in the assessments of a team whose ids are stable, by quarter."""
    statement = (
        select(ParticipantRow.respondent)
        .join(AssessmentRow, AssessmentRow.id == ParticipantRow.assessment_id)
        .where(AssessmentRow.team_id == team_id, AssessmentRow.stable_ids, ParticipantRow.user_id == user_id)
        .order_by(AssessmentRow.quarter, AssessmentRow.id)
    )
    return all_of(session, statement)


def participants(session: Session, assessment_id: int) -> Sequence[ParticipantRow]:
    """All who joined, by their opaque id."""
    statement = select(ParticipantRow).where(ParticipantRow.assessment_id == assessment_id)
    return all_of(session, statement.order_by(ParticipantRow.respondent))


def roles_joined(session: Session, assessment_id: int) -> dict[str, int]:
    """How many joined with each role."""
    statement = (
        select(ParticipantRow.role, func.count())
        .where(ParticipantRow.assessment_id == assessment_id)
        .group_by(ParticipantRow.role)
        .order_by(ParticipantRow.role)
    )
    return {role: number for role, number in session.execute(statement)}  # noqa: C416 - a Row is no pair to dict()


def own_votes(session: Session, participant: ParticipantRow) -> Sequence[VoteRow]:
    """What one participant answered, by question and voting."""
    statement = select(VoteRow).where(
        VoteRow.assessment_id == participant.assessment_id, VoteRow.participant_id == participant.id
    )
    return all_of(session, statement.order_by(VoteRow.question, VoteRow.voting))


def own_beliefs(session: Session, participant: ParticipantRow) -> Sequence[BeliefRow]:
    """What one participant believes, by belief."""
    statement = select(BeliefRow).where(
        BeliefRow.assessment_id == participant.assessment_id, BeliefRow.participant_id == participant.id
    )
    return all_of(session, statement.order_by(BeliefRow.belief))


def voted_count(session: Session, assessment_id: int, question: str, voting: int) -> int:
    """How many answered in a voting: the only thing known of it before it ends."""
    statement = (
        select(func.count())
        .select_from(VoteRow)
        .where(VoteRow.assessment_id == assessment_id, VoteRow.question == question, VoteRow.voting == voting)
    )
    return session.scalar(statement) or 0


def answered_counts(session: Session, assessment_id: int) -> dict[str, int]:
    """How many answered each question, in any voting: a count and nothing else may be known before one ends."""
    statement = (
        select(VoteRow.question, func.count(VoteRow.participant_id.distinct()))
        .where(VoteRow.assessment_id == assessment_id)
        .group_by(VoteRow.question)
        .order_by(VoteRow.question)
    )
    return {question: number for question, number in session.execute(statement)}  # noqa: C416 - as above


def believers_count(session: Session, assessment_id: int) -> int:
    """How many answered at least one belief."""
    statement = select(func.count(BeliefRow.participant_id.distinct())).where(BeliefRow.assessment_id == assessment_id)
    return session.scalar(statement) or 0


def votings(session: Session, assessment_id: int) -> Sequence[VotingRow]:
    """The votings that were asked or ended, by question and number."""
    statement = select(VotingRow).where(VotingRow.assessment_id == assessment_id)
    return all_of(session, statement.order_by(VotingRow.question, VotingRow.number))


def has_ended(session: Session, assessment_id: int, question: str) -> bool:
    """Whether a voting of this question has ended and none was opened since."""
    last = (
        select(VotingRow)
        .where(VotingRow.assessment_id == assessment_id, VotingRow.question == question)
        .order_by(VotingRow.number.desc())
        .limit(1)
    )
    row = session.scalars(last).one_or_none()
    return row is not None and row.ended


def agreed(session: Session, assessment_id: int) -> Sequence[AgreedRow]:
    """What was settled on, by question; those taken back too (neither level nor reason)."""
    return all_of(
        session, select(AgreedRow).where(AgreedRow.assessment_id == assessment_id).order_by(AgreedRow.question)
    )


def agreed_on(session: Session, assessment_id: int, question: str) -> AgreedRow | None:
    """What was settled on one question, or None."""
    statement = select(AgreedRow).where(AgreedRow.assessment_id == assessment_id, AgreedRow.question == question)
    return session.scalars(statement, execution_options={"populate_existing": True}).one_or_none()


def evidence_of(session: Session, assessment_id: int, question: str) -> EvidenceRow | None:
    """The evidence of one question, or None."""
    statement = select(EvidenceRow).where(EvidenceRow.assessment_id == assessment_id, EvidenceRow.question == question)
    return session.scalars(statement, execution_options={"populate_existing": True}).one_or_none()


def evidence(session: Session, assessment_id: int) -> Sequence[EvidenceRow]:
    """The evidence, by question."""
    statement = select(EvidenceRow).where(EvidenceRow.assessment_id == assessment_id)
    return all_of(session, statement.order_by(EvidenceRow.question))


def hands(session: Session, assessment_id: int) -> Sequence[HandsRow]:
    """The shows of hands, by question and role."""
    statement = select(HandsRow).where(HandsRow.assessment_id == assessment_id)
    return all_of(session, statement.order_by(HandsRow.question, HandsRow.role))


def answered_in(session: Session, assessment_ids: Collection[int]) -> dict[int, set[str]]:
    """The questions of several assessments that have a vote, a show of hands or an agreed level; never who or what."""
    found: dict[int, set[str]] = {}
    for row, holds in ((VoteRow, ()), (HandsRow, ()), (AgreedRow, (_still_agreed(),))):
        statement = (
            select(row.assessment_id, row.question).where(row.assessment_id.in_(assessment_ids), *holds).distinct()
        )
        for assessment_id, question in session.execute(statement):
            found.setdefault(assessment_id, set()).add(question)
    return found


def answered_by(session: Session, user_id: int, assessment_ids: Collection[int]) -> dict[int, set[str]]:
    """The questions that one signed-in person answered in several assessments."""
    statement = (
        select(VoteRow.assessment_id, VoteRow.question)
        .join(ParticipantRow, ParticipantRow.id == VoteRow.participant_id)
        .where(ParticipantRow.user_id == user_id, VoteRow.assessment_id.in_(assessment_ids))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for assessment_id, question in session.execute(statement):
        found.setdefault(assessment_id, set()).add(question)
    return found


def joined_in(session: Session, assessment_ids: Collection[int]) -> dict[int, int]:
    """How many joined each of several assessments; those that nobody joined are left out."""
    statement = (
        select(ParticipantRow.assessment_id, func.count())
        .where(ParticipantRow.assessment_id.in_(assessment_ids))
        .group_by(ParticipantRow.assessment_id)
        .order_by(ParticipantRow.assessment_id)
    )
    return {assessment_id: number for assessment_id, number in session.execute(statement)}  # noqa: C416 - as above


def _still_agreed() -> ColumnElement[bool]:
    return AgreedRow.level.is_not(None) | AgreedRow.reason.is_not(None)
