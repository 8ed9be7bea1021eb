"""Answering: what each participant says; one answer a request, nobody sees another's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.domain.questionnaire import Question, Questionnaire
from app.services.assessments import hold_open, questionnaire_for
from app.services.errors import NotAnAnswer, NotThere, VotingClosed
from app.services.given import given_text
from app.services.settings import asked_questions
from app.store.facts import answer_of
from app.store.lookups import answering
from app.store.record.answers import record_belief, record_vote, release_comment
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class MyAnswer:
    """One's own answer; ``fixed``: its voting has ended; ``seq``: the number it was sent under."""

    answer: Answer
    comment: str | None
    released: bool
    fixed: bool
    seq: int = 0


@dataclass(frozen=True, slots=True)
class MyAnswers:
    """What one participant answered: questions and beliefs by id (None: no opinion).

    ``belief_seqs``: the number each belief was sent under. ``fixed``: the questions whose votings have ended, answered
    or not.
    """

    questions: Mapping[str, MyAnswer]
    beliefs: Mapping[str, int | None]
    belief_seqs: Mapping[str, int] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()


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
    mine = [v for v in answering.own_votes(session, participant) if v.question == question and v.comment is not None]
    meant = mine[-1:] if released else mine  # what was written in an earlier voting may be released still
    for vote in meant:
        release_comment(session, participant, question, vote.voting, released=released)
    return bool(meant)


def my_answers(session: Session, assessment: AssessmentRow, participant: ParticipantRow) -> MyAnswers:
    """What one answered oneself: the last voting of each question, and beliefs.

    A comment that was released in an earlier voting stands where the last has none, since it will be printed.
    """
    votings = answering.votings(session, assessment.id)
    fixed = frozenset({v.question for v in votings if v.ended} - {v.question for v in votings if not v.ended})
    final = assessment.state in {"closed", "voided"}
    questions: dict[str, MyAnswer] = {}
    for vote in answering.own_votes(session, participant):
        before = questions.get(vote.question)
        said, released = vote.comment, vote.released
        if said is None and before is not None and before.released:
            said, released = before.comment, True
        questions[vote.question] = MyAnswer(answer_of(vote), said, released, final or vote.question in fixed, vote.seq)
    beliefs = answering.own_beliefs(session, participant)
    return MyAnswers(questions, {b.belief: b.agree for b in beliefs}, {b.belief: b.seq for b in beliefs}, fixed)


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
