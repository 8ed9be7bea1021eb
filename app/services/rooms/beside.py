"""What people do at their own desks while a room is open: it changes what the room counts, so the room is told."""

import datetime as dt
from dataclasses import dataclass

from app.domain.answers import Answer
from app.services.actors import Actor
from app.services.answering import answer_question
from app.services.joining import Joined, join_as_member, participant_of
from app.store.errors import NotFound
from app.store.lookups import answering, assessments
from app.store.record.rooms import raise_revision
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class Beside:
    """Whether anything changed, and the new revision of which room (None: nothing that is shared has changed)."""

    changed: bool
    room_id: int
    revision: int | None


def answer_at_desk(  # noqa: PLR0913 - whose answer to what
    session: Session,
    assessment: AssessmentRow,
    participant: ParticipantRow,
    question: str,
    answer: Answer,
    *,
    comment: str | None = None,
    seq: int | None = None,
) -> Beside:
    """``answering.answer_question``; a first vote in the voting that the room is asked raises its revision."""
    before = _votings(session, participant, question)
    changed = answer_question(session, assessment, participant, question, answer, comment=comment, seq=seq)
    room = _open_room(session, assessment)
    revision = None
    if room is not None:
        for voting in sorted(_votings(session, participant, question) - before):
            revision = raise_revision(session, room.id, asking=(question, voting))
    return Beside(changed, room.id if room else 0, revision)


def join_at_desk(
    session: Session, actor: Actor, assessment: AssessmentRow, role: str, *, on: dt.date
) -> tuple[Joined, Beside]:
    """``joining.join_as_member``; somebody new raises the revision of an open room."""
    try:
        participant_of(session, actor, assessment)
        anew = False
    except NotFound:
        anew = True
    joined = join_as_member(session, actor, assessment, role, on=on)
    room = _open_room(session, assessment) if anew else None
    return joined, Beside(anew, room.id if room else 0, raise_revision(session, room.id) if room else None)


def _votings(session: Session, participant: ParticipantRow, question: str) -> set[int]:
    return {vote.voting for vote in answering.own_votes(session, participant) if vote.question == question}


def _open_room(session: Session, assessment: AssessmentRow) -> RoomRow | None:
    try:
        room = assessments.room_of(session, assessment.id)
    except NotFound:
        return None
    return None if room.phase == "closed" else room
