"""The workshop of one team of the sample organization, led through the moves that a facilitator makes."""

import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain.answers import Level
from app.domain.questionnaire import Questionnaire
from app.services.actors import OPERATOR
from app.services.rooms.accepting import accept_as_agreed
from app.services.rooms.agenda import refresh_agenda
from app.services.rooms.moves import agree, ask, not_agreed, reveal, vote_again
from app.services.rooms.opening import open_room
from app.services.rooms.voting import vote
from app.services.settings import asked_questions
from app.store.lookups import answering
from app.store.lookups.rooms import seat_of
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session

#: What builders and the others say when they vote again: near enough to agree, or nearer and still apart.
_AGAIN: Mapping[str, tuple[int, int]] = {"col-handoff": (3, 2), "mon-alert-response": (3, 1)}
_SETTLED: Mapping[str, tuple[int, str]] = {"col-handoff": (2, "The page is there; who is on call had not seen it.")}
_WAITS = "aut-rollback"
#: So many without votes does the time not reach.
_NOT_REACHED = 3


def hold_workshop(
    session: Session,
    row: AssessmentRow,
    questionnaire: Questionnaire,
    contested: Sequence[str],
    *,
    at: dt.datetime,
) -> frozenset[str]:
    """Lead the workshop; the questions that nobody settles afterwards.

    What was narrow beforehand is accepted, what is contested talked about; one of each the time does not reach, and
    some that nobody had answered.
    """
    asked = asked_questions(questionnaire, row.variant, row.context)
    room = open_room(session, OPERATOR, row, at=at).room
    agenda = refresh_agenda(session, OPERATOR, room, at=at)
    narrow = sorted(p.question for p in (*agenda.items, *agenda.offered) if p.spread == "narrow")
    accept_as_agreed(session, OPERATOR, room, narrow[1:], at=at)
    for question in contested:
        if question == _WAITS:
            continue
        _talk(session, room, row, questionnaire, question, at=at)
    spare = [q.id for q in asked if q.id not in (*narrow, *contested) and not q.gates]
    return frozenset((*narrow, *contested, *spare[-_NOT_REACHED:]))


def _talk(
    session: Session, room: RoomRow, row: AssessmentRow, questionnaire: Questionnaire, question: str, *, at: dt.datetime
) -> None:
    ask(session, OPERATOR, room, question, at=at)
    reveal(session, OPERATOR, room, at=at)
    if question in _AGAIN:
        vote_again(session, OPERATOR, room, at=at)
        builders, others = _AGAIN[question]
        for person in answering.participants(session, row.id):
            family = questionnaire.families_by_role[person.role]
            level = builders if family == questionnaire.families[0].id else others
            vote(session, seat_of(session, person.id), question, 2, Level(level))
        reveal(session, OPERATOR, room, at=at)
    if question in _SETTLED:
        level, note = _SETTLED[question]
        agree(session, OPERATOR, room, Level(level), note=note, at=at)
    else:
        not_agreed(session, OPERATOR, room, at=at)
