"""Answering alone: one's own answers are no secret to oneself, so one may settle on them without a room."""

import datetime as dt

from app.domain.answers import Agreed, DontKnow
from app.services.actors import Actor
from app.services.agreeing import agree_level
from app.services.answering import my_answers
from app.services.assessments import hold_open
from app.services.errors import WrongMoment
from app.services.recorded import what_is_recorded
from app.store.lookups import answering
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session


def alone_in(session: Session, actor: Actor, assessment: AssessmentRow) -> ParticipantRow | None:
    """The actor's part in an assessment in which nobody else takes part and no hands were shown; otherwise None."""
    joined = answering.participants(session, assessment.id)
    mine = len(joined) == 1 and actor.user_id is not None and joined[0].user_id == actor.user_id
    return joined[0] if mine and not answering.hands(session, assessment.id) else None


def answers_to_take_over(session: Session, assessment: AssessmentRow, alone: ParticipantRow) -> dict[str, Agreed]:
    """The levels and reasons that would be recorded: where nothing is agreed yet; who does not know settles nothing."""
    mine = my_answers(session, assessment, alone).questions
    return {
        name: Agreed(own)
        for name, recorded in what_is_recorded(session, assessment).items()
        if recorded.agreed is None and name in mine and not isinstance(own := mine[name].answer, DontKnow)
    }


def take_over_own_answers(session: Session, actor: Actor, assessment: AssessmentRow, *, at: dt.datetime) -> int:
    """Record one's own answers as agreed; how many. Raises WrongMoment when somebody else takes part by now."""
    held = hold_open(session, assessment, alone=True)
    alone = alone_in(session, actor, held)
    if alone is None:
        raise WrongMoment("somebody else takes part by now; settle the questions one by one")
    found = answers_to_take_over(session, held, alone)
    for question, agreed in found.items():
        agree_level(session, actor, held, question, agreed, at=at)
    return len(found)
