"""Votes, beliefs, votings and hands: one write each, the same again changes nothing."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import and_, delete, false, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.domain.answers import Answer, Bet, Hands, Level, NotApplicable
from app.store.columns import Row
from app.store.record import changed_rows, insert_into
from app.store.tables.answering import BeliefRow, HandsRow, ParticipantRow, VoteRow, VotingRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import BetRow
from app.store.unit_of_work import plainly

_VOTE_KEY = ("assessment_id", "question", "voting", "participant_id")
_BELIEF_KEY = ("assessment_id", "belief", "participant_id")
_WORDS = ("comment", "released")


def columns_of(answer: Answer) -> dict[str, Any]:
    """The columns kind, level and reason of an answer."""
    if isinstance(answer, Level):
        return {"kind": "level", "level": answer.level, "reason": None}
    if isinstance(answer, NotApplicable):
        return {"kind": "na", "level": None, "reason": answer.reason}
    return {"kind": "dk", "level": None, "reason": None}


def record_vote(  # noqa: PLR0913 - the key of a vote, and what it says
    session: Session,
    participant: ParticipantRow,
    question: str,
    voting: int,
    answer: Answer,
    *,
    comment: str | None = None,
    seq: int | None = None,
) -> bool:
    """Store one answer; whether anything changed.

    ``seq`` rises per participant and question: one that is not higher than what is stored changes nothing. Without
    it the last to arrive wins, and the stored number stays. Whether answers are taken is the caller's to judge,
    holding the assessment (``hold_assessment``). A changed comment is no longer released.
    """
    owner = (participant.assessment_id, participant.organization_id, participant.id)
    return record_vote_of(session, vote_values(owner, question, voting, answer, comment), seq)


def vote_values(
    owner: tuple[int, int, int], question: str, voting: int, answer: Answer, comment: str | None
) -> dict[str, Any]:
    """The columns of a vote but ``seq``; ``owner``: assessment, organization and participant."""
    assessment_id, organization_id, participant_id = owner
    return {
        "assessment_id": assessment_id,
        "question": question,
        "voting": voting,
        "participant_id": participant_id,
        "organization_id": organization_id,
        "comment": comment,
        "released": False,
        **columns_of(answer),
    }


def record_vote_of(session: Session, values: Mapping[str, Any], seq: int | None, *, keep_comment: bool = False) -> bool:
    """Store the columns of ``vote_values``; whether anything changed. ``keep_comment``: the one that is there stays."""
    return _upsert(session, VoteRow, _VOTE_KEY, values, seq, stays=_WORDS if keep_comment else ())


def record_belief(
    session: Session, participant: ParticipantRow, belief: str, agree: int | None, *, seq: int | None = None
) -> bool:
    """Store one belief (1 to 5, None: no opinion); whether anything changed. ``seq`` as for votes."""
    values = {
        "assessment_id": participant.assessment_id,
        "belief": belief,
        "participant_id": participant.id,
        "organization_id": participant.organization_id,
        "agree": agree,
    }
    return _upsert(session, BeliefRow, _BELIEF_KEY, values, seq)


def _upsert(
    session: Session,
    row: type[Row],
    key: tuple[str, ...],
    values: Mapping[str, Any],
    seq: int | None,
    *,
    stays: tuple[str, ...] = (),
) -> bool:
    """Store a row; whether anything was written. ``stays``: columns that are not changed where there is one."""
    dialect = session.connection().dialect.name
    changing = tuple(name for name in values if name not in key and name not in stays)
    statement = _upsert_statement(dialect, row, key, changing, ordered=seq is not None)
    # Drivers count the rows of an upsert in their own ways; a row comes back only when one was written.
    return plainly(session, statement, {**values, "seq": seq or 0}).first() is not None


@cache
def _upsert_statement(  # a thousand phones vote in a minute: building it takes longer than running it
    dialect: str, row: type[Row], key: tuple[str, ...], changing: tuple[str, ...], *, ordered: bool
) -> ReturningInsert[Any]:
    """Insert, or change what is there; ``ordered``: only where the stored number is lower than the new one."""
    table: Any = row.__table__
    statement = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    changes: dict[str, Any] = {name: statement.excluded[name] for name in changing}
    if "released" in changes:  # the same comment again stays released
        same = and_(table.c.released, table.c.comment == statement.excluded.comment)
        changes["released"] = func.coalesce(same, false())
    if ordered:
        changes["seq"] = statement.excluded.seq
    where = table.c.seq < statement.excluded.seq if ordered else None
    return statement.on_conflict_do_update(index_elements=key, set_=changes, where=where).returning(table.c[key[0]])


def release_comment(
    session: Session, participant: ParticipantRow, question: str, voting: int, *, released: bool
) -> bool:
    """Let one's own comment be printed, or take that back; False where there is no comment."""
    statement = (
        update(VoteRow)
        .where(
            VoteRow.assessment_id == participant.assessment_id,
            VoteRow.question == question,
            VoteRow.voting == voting,
            VoteRow.participant_id == participant.id,
            VoteRow.comment.is_not(None),
        )
        .values(released=released)
    )
    return changed_rows(session.execute(statement, execution_options={"synchronize_session": False})) > 0


def open_voting(session: Session, assessment: AssessmentRow, question: str, number: int) -> None:
    """Ask a question; asking the same again changes nothing, also when it has ended."""
    values = {
        "assessment_id": assessment.id,
        "organization_id": assessment.organization_id,
        "question": question,
        "number": number,
        "ended": False,
    }
    session.execute(insert_into(session, VotingRow, values).on_conflict_do_nothing())


def end_votings(session: Session, assessment: AssessmentRow, question: str) -> int:
    """End every voting of the question, the answers given beforehand included; the number of the last one."""
    voted = select(func.max(VoteRow.voting)).where(VoteRow.assessment_id == assessment.id, VoteRow.question == question)
    asked = select(func.max(VotingRow.number)).where(
        VotingRow.assessment_id == assessment.id, VotingRow.question == question
    )
    last = max(session.scalar(voted) or 1, session.scalar(asked) or 1)
    for number in range(1, last + 1):
        values = {
            "assessment_id": assessment.id,
            "organization_id": assessment.organization_id,
            "question": question,
            "number": number,
            "ended": True,
        }
        statement = insert_into(session, VotingRow, values)
        key = ("assessment_id", "question", "number")
        session.execute(statement.on_conflict_do_update(index_elements=key, set_={"ended": True}))
    return last


def save_hands(session: Session, assessment: AssessmentRow, question: str, shown: Iterable[Hands]) -> None:
    """Set the shows of hands of a question: what was there before is replaced."""
    mine = (HandsRow.assessment_id == assessment.id, HandsRow.question == question)
    session.execute(delete(HandsRow).where(*mine))
    session.add_all(
        HandsRow(
            assessment_id=assessment.id,
            organization_id=assessment.organization_id,
            question=question,
            role=hand.role,
            counts=list(hand.counts),
        )
        for hand in shown
    )
    session.flush()


def save_bets(session: Session, assessment: AssessmentRow, made: Iterable[Bet]) -> None:
    """Set the bets of an assessment: what was there before is replaced."""
    session.execute(delete(BetRow).where(BetRow.assessment_id == assessment.id))
    session.add_all(
        BetRow(
            assessment_id=assessment.id,
            organization_id=assessment.organization_id,
            question=bet.question,
            level=bet.level,
        )
        for bet in made
    )
    session.flush()


def purge_answers(session: Session, assessment: AssessmentRow) -> int:
    """Forget who voted what: votes, beliefs and participants of a closed assessment; how many participants."""
    for row in (VoteRow, BeliefRow):
        session.execute(delete(row).where(row.assessment_id == assessment.id))
    return changed_rows(session.execute(delete(ParticipantRow).where(ParticipantRow.assessment_id == assessment.id)))
