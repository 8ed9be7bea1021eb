"""One vote a request: kept for good when it is answered, counted once, and seen by nobody before the reveal."""

from dataclasses import dataclass

from app.domain.answers import Answer
from app.domain.questionnaire import Question, Questionnaire
from app.services.answering import answer_belief, checked_answer, release_my_comment
from app.services.errors import AssessmentFrozen, NotThere, NotValid, NotYetOpen, VotingClosed
from app.services.given import given_text
from app.services.keeping import Kept
from app.services.packs import questionnaire_by_digest
from app.services.rooms.errors import RoomClosed, WrongPhase
from app.services.settings import asked_questions
from app.store.lookups import assessments
from app.store.lookups.rooms import Seat, Standing, participant_by_key, standing
from app.store.record.rooms import cast_vote, first_answer, raise_revision
from app.store.unit_of_work import Session

MOST_SEQ = 2**53 - 1
_asked: Kept[dict[str, Question]] = Kept(256)


@dataclass(frozen=True, slots=True)
class VoteKept:
    """A vote that is stored. ``revision``: the new one of the room, None where nothing that is shared has changed."""

    changed: bool
    revision: int | None


def vote(  # noqa: PLR0913 - whose answer to what, and in which voting
    session: Session,
    seat: Seat,
    question: str,
    voting: int,
    answer: Answer,
    *,
    comment: str | None = None,
    seq: int | None = None,
    keep_comment: bool = False,
) -> VoteKept:
    """Vote for oneself. The first voting of any question is open until its reveal, later ones while they are asked.

    ``seq`` rises with every vote of this participant on this question: a late older one changes nothing.
    ``keep_comment``: the comment that is there stays. Raises NotThere, NotAnAnswer, NotValid, VotingClosed,
    WrongPhase, RoomClosed, NotYetOpen, AssessmentFrozen.
    """
    kept = checked_answer(question_of(session, seat, question), answer)
    said = given_text(comment, "comment")
    if seq is not None and not 0 <= seq <= MOST_SEQ:
        raise NotValid("seq", "a number of a vote is 0 or more")
    # Held with other votes; alone for the very first answer, which fixes the terms.
    now = standing(session, seat, question, voting, alone=not seat.first_answer)
    _check(now, question, voting)
    if not now.answered:
        first_answer(session, seat.assessment_id)
    outcome = cast_vote(
        session, seat, question, voting, kept, comment=said, seq=seq, voted=now.voted, keep_comment=keep_comment
    )
    counted = outcome == "new"
    revision = raise_revision(session, seat.room_id, asking=(question, voting)) if counted else None
    return VoteKept(outcome != "kept", revision)


def say_belief(session: Session, seat: Seat, belief: str, agree: int | None, *, seq: int | None = None) -> bool:
    """Answer a belief (1 to 5, None: no opinion); whether anything changed. Raises as ``vote``."""
    if seat.code is None:
        raise RoomClosed
    assessment = assessments.assessment_by_key(session, seat.assessment_id)
    return answer_belief(session, assessment, participant_by_key(session, seat.participant_id), belief, agree, seq=seq)


def release_comment(session: Session, seat: Seat, question: str, *, released: bool) -> bool:
    """Let one's own comment be printed, or take that back; False without a comment. Raises AssessmentFrozen."""
    assessment = assessments.assessment_by_key(session, seat.assessment_id)
    mine = participant_by_key(session, seat.participant_id)
    return release_my_comment(session, assessment, mine, question, released=released)


def questions_of(session: Session, seat: Seat) -> tuple[Questionnaire, dict[str, Question]]:
    """The questionnaire of a seat, and the questions that are asked by id, in the order of the pack."""
    questionnaire = questionnaire_by_digest(session, seat.pack_id, seat.pack_digest)
    key = (questionnaire.digest, seat.variant, tuple(sorted(seat.context.items())))
    asked = _asked.get(key, lambda: {q.id: q for q in asked_questions(questionnaire, seat.variant, seat.context)})
    return questionnaire, asked


def question_of(session: Session, seat: Seat, question: str) -> Question:
    """A question that is asked of this seat; raises NotThere."""
    found = questions_of(session, seat)[1].get(question)
    if found is None:
        raise NotThere("question", question)
    return found


def _check(now: Standing, question: str, voting: int) -> None:
    if now.state == "draft":
        raise NotYetOpen
    if now.state != "open":
        raise AssessmentFrozen
    if now.phase == "closed":
        raise RoomClosed
    asked = now.phase == "voting" and now.question == question and now.voting == voting
    if now.votings.get(voting) or (voting == 1 and any(now.votings.values())):
        raise VotingClosed(question)
    if voting != 1 and not asked:
        raise WrongPhase(f"voting {voting} on {question} is not being asked; load the room again to see what is")
