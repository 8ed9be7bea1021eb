"""Answering: who takes part, and what each says; one answer a request, nobody sees another's."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.domain.questionnaire import NOT_SAID, Question, Questionnaire
from app.services.actors import Actor
from app.services.assessments import hold_open, questionnaire_for
from app.services.errors import NotAnAnswer, NotThere, NotValid, RoleFixed, VotingClosed
from app.services.given import given_text
from app.services.settings import asked_questions
from app.store.errors import NotFound
from app.store.facts import answer_of
from app.store.lookups import answering, people
from app.store.record import add_once
from app.store.record.answers import record_belief, record_vote, release_comment
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session

_ID_BYTES = 12


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody's part in an assessment; ``warning`` says when their answers could be recognised."""

    respondent: str
    role: str
    warning: str | None


@dataclass(frozen=True, slots=True)
class MyAnswer:
    """One's own answer; ``fixed``: its voting has ended."""

    answer: Answer
    comment: str | None
    released: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class MyAnswers:
    """What one participant answered: questions and beliefs by id (None: no opinion)."""

    questions: Mapping[str, MyAnswer]
    beliefs: Mapping[str, int | None]


def join_as_member(session: Session, actor: Actor, assessment: AssessmentRow, role: str, *, on: dt.date) -> Joined:
    """Take part as a signed-in person, in a role; again with another role changes it until the first answer.

    Raises NotValid for a role that the questionnaire does not hold, NotYetOpen, AssessmentFrozen, RoleFixed.
    """
    if actor.user_id is None:
        raise NotValid("role", "only a signed-in person takes part as a member")
    person = people.user_by_key(session, actor.user_id)
    people.membership(session, assessment.organization_id, person.id)
    try:
        mine = answering.participant_of_user(session, assessment.id, person.id)
    except NotFound:
        # Open terms compare the same people over quarters; under anonymous ones an id lasts one assessment.
        name = person.public_id if assessment.stable_ids else secrets.token_hex(_ID_BYTES)
        return _join(session, assessment, role, name, user_id=person.id, on=on)
    return _change_role(session, assessment, mine, role)


def join_as_guest(
    session: Session,
    assessment: AssessmentRow,
    role: str,
    *,
    on: dt.date,
    token_hash: str | None = None,
    respondent: str | None = None,
) -> Joined:
    """Take part without an account, known by the hash of a token; errors as for members."""
    name = respondent or secrets.token_hex(_ID_BYTES)
    return _join(session, assessment, role, name, token_hash=token_hash, on=on)


def participant_of(session: Session, actor: Actor, assessment: AssessmentRow) -> ParticipantRow:
    """The actor's part in an assessment; raises NotFound before they have joined."""
    return answering.participant_of_user(session, assessment.id, actor.user_id or 0)


def answer_question(  # noqa: PLR0913 - whose answer to what
    session: Session,
    assessment: AssessmentRow,
    participant: ParticipantRow,
    question: str,
    answer: Answer,
    *,
    comment: str | None = None,
    seq: int | None = None,
) -> bool:
    """Answer a question for oneself; whether anything changed.

    ``seq`` rises with every answer of this participant to this question: a late older one changes nothing.
    Raises NotThere, NotAnAnswer, NotYetOpen, AssessmentFrozen, VotingClosed.
    """
    held = _hold(session, assessment)
    asked = _asked(held, question, questionnaire_for(session, held))
    kept = checked_answer(asked, answer)
    said = given_text(comment, "comment")
    voting = _voting(session, held, question)
    changed = record_vote(session, participant, question, voting, kept, comment=said, seq=seq)
    _first(session, held)
    return changed


def answer_belief(
    session: Session,
    assessment: AssessmentRow,
    participant: ParticipantRow,
    belief: str,
    agree: int | None,
    *,
    seq: int | None = None,
) -> bool:
    """Say how far one agrees (1 to 5, None: no opinion); whether anything changed. Errors as for questions."""
    held = _hold(session, assessment)
    if belief not in {b.id for b in questionnaire_for(session, held).beliefs} or held.variant == "pulse":
        raise NotThere("belief", belief)
    if agree is not None and agree not in range(1, 6):
        raise NotAnAnswer(belief, "agreement is 1 to 5, or no opinion")
    changed = record_belief(session, participant, belief, agree, seq=seq)
    _first(session, held)
    return changed


def release_my_comment(
    session: Session, assessment: AssessmentRow, participant: ParticipantRow, question: str, *, released: bool
) -> bool:
    """Let one's own comment be printed, or take that back while the assessment is open; False without a comment."""
    hold_open(session, assessment, alone=False)
    mine = [vote.voting for vote in answering.own_votes(session, participant) if vote.question == question]
    return bool(mine) and release_comment(session, participant, question, max(mine), released=released)


def my_answers(session: Session, assessment: AssessmentRow, participant: ParticipantRow) -> MyAnswers:
    """What one answered oneself: the last voting of each question, and beliefs."""
    ended = {v.question for v in answering.votings(session, assessment.id) if v.ended}
    running = {v.question for v in answering.votings(session, assessment.id) if not v.ended}
    final = assessment.state in {"closed", "voided"}
    questions = {
        vote.question: MyAnswer(
            answer_of(vote), vote.comment, vote.released, final or (vote.question in ended - running)
        )
        for vote in answering.own_votes(session, participant)
    }
    return MyAnswers(questions, {b.belief: b.agree for b in answering.own_beliefs(session, participant)})


def checked_answer(question: Question, answer: Answer) -> Answer:
    """The answer, if the question can be answered so; raises NotAnAnswer."""
    if isinstance(answer, Level) and answer.level not in range(5):
        raise NotAnAnswer(question.id, f"there is no level {answer.level}; choose 0 to 4")
    if isinstance(answer, NotApplicable):
        if not question.na_allowed:
            raise NotAnAnswer(
                question.id, f"{question.id} applies to everybody; choose a level, or say you do not know"
            )
        reason = given_text(answer.reason, question.id)
        if reason is None:
            raise NotAnAnswer(question.id, "say in a few words why it does not apply")
        return NotApplicable(reason)
    return DontKnow() if isinstance(answer, DontKnow) else answer


def asked_question(assessment: AssessmentRow, question: str, questionnaire: Questionnaire) -> Question:
    """A question that this assessment asks; raises NotThere."""
    return _asked(assessment, question, questionnaire)


def _asked(assessment: AssessmentRow, question: str, questionnaire: Questionnaire) -> Question:
    for one in asked_questions(questionnaire, assessment.variant, assessment.context):
        if one.id == question:
            return one
    raise NotThere("question", question)


def _hold(session: Session, assessment: AssessmentRow) -> AssessmentRow:
    """The first answer fixes the terms, so it holds the assessment alone; later ones come together."""
    return hold_open(session, assessment, alone=not assessment.first_answer)


def _first(session: Session, assessment: AssessmentRow) -> None:
    if not assessment.first_answer:
        assessment.first_answer = True
        session.flush()


def _voting(session: Session, assessment: AssessmentRow, question: str) -> int:
    """The voting that takes answers now: the one being asked, or the first before anything was; raises VotingClosed."""
    mine = [v for v in answering.votings(session, assessment.id) if v.question == question]
    running = [v.number for v in mine if not v.ended]
    if mine and not running:
        raise VotingClosed(question)
    return max(running, default=1)


def _join(  # noqa: PLR0913 - as join_as_guest
    session: Session,
    assessment: AssessmentRow,
    role: str,
    respondent: str,
    *,
    on: dt.date,
    user_id: int | None = None,
    token_hash: str | None = None,
) -> Joined:
    held = hold_open(session, assessment, alone=False)
    _check_role(session, held, role)
    row = ParticipantRow(
        organization_id=held.organization_id,
        assessment_id=held.id,
        user_id=user_id,
        respondent=respondent,
        role=role,
        token_hash=token_hash,
        joined_on=on,
    )
    if not add_once(session, row):
        raise NotValid("respondent", "this participant takes part already")
    return _joined(session, held, row)


def _change_role(session: Session, assessment: AssessmentRow, mine: ParticipantRow, role: str) -> Joined:
    if role != mine.role:
        held = hold_open(session, assessment, alone=False)
        _check_role(session, held, role)
        if answering.own_votes(session, mine) or answering.own_beliefs(session, mine):
            raise RoleFixed
        mine.role = role
        session.flush()
    return _joined(session, assessment, mine)


def _check_role(session: Session, assessment: AssessmentRow, role: str) -> None:
    roles = questionnaire_for(session, assessment).families_by_role
    if role != NOT_SAID and role not in roles:
        raise NotValid("role", f"there is no role {role!r}; choose {', '.join(roles)} or {NOT_SAID}")


def _joined(session: Session, assessment: AssessmentRow, row: ParticipantRow) -> Joined:
    warning = None
    alone = answering.roles_joined(session, assessment.id).get(row.role) == 1
    if alone and row.role != NOT_SAID and assessment.anonymity == "anonymous":
        names = {r.id: r.name for r in questionnaire_for(session, assessment).roles}
        warning = (
            f"You are the only one here as {names[row.role]}: your answers can be recognised. You may join as "
            '"not said" instead; they then count half and in no family.'
        )
    return Joined(row.respondent, row.role, warning)
