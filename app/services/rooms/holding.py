"""A room held for a move, and the move written down: one more revision, how to take it back, who made it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.domain.questionnaire import Questionnaire
from app.services.actors import Actor
from app.services.answering import asked_question
from app.services.assessments import questionnaire_for
from app.services.rooms.errors import WrongPhase
from app.services.rooms.opening import hold
from app.services.rooms.states import SharedState, shared_state
from app.store.record.requests import log
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session

_WHERE = {
    "lobby": "no question is up yet",
    "voting": "the votes are being cast",
    "revealed": "the votes are revealed",
    "agreed": "the question is settled",
}


@dataclass(frozen=True)
class Held:
    """A room and its assessment, held until the unit ends."""

    assessment: AssessmentRow
    room: RoomRow
    questionnaire: Questionnaire

    @property
    def before(self) -> dict[str, Any]:
        """Where the conversation stands, to come back to."""
        asked_at = self.room.asked_at.isoformat() if self.room.asked_at else None
        return {
            "phase": self.room.phase,
            "question": self.room.question,
            "voting": self.room.voting,
            "asked_at": asked_at,
        }


def hold_for(session: Session, room: RoomRow, *phases: str, instead: str = "") -> Held:
    """Hold a room for a move that fits these phases (none: any); raises WrongPhase, RoomClosed, AssessmentFrozen."""
    assessment, mine = hold(session, room)
    if phases and mine.phase not in phases:
        raise WrongPhase(f"{_WHERE[mine.phase]}; {instead}")
    return Held(assessment, mine, questionnaire_for(session, assessment))


def require_asked(held: Held, question: str) -> None:
    """Raise NotThere unless the assessment asks this question."""
    asked_question(held.assessment, question, held.questionnaire)


def done(  # noqa: PLR0913 - who made which move, and how it is undone
    session: Session,
    actor: Actor,
    held: Held,
    move: str,
    *,
    at: dt.datetime,
    undo: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
) -> SharedState:
    """Write a move down and give the state after it. ``undo``: what takes it back, None where nothing can."""
    room = held.room
    room.undoable = None if undo is None else {"move": move, **undo}
    room.revision += 1
    session.flush()
    log(
        session,
        room.organization_id,
        f"room.{move}",
        at=at,
        actor_id=actor.user_id,
        target=held.assessment.public_id,
        detail=detail if detail is not None else {"question": room.question},
    )
    return shared_state(session, room)
