"""How far an assessment has come: counts of answered questions, never what was answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.domain.questionnaire import Question, Questionnaire
from app.services.assessments import questionnaire_for
from app.services.settings import asked_questions
from app.store.lookups import answering
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class Progress:
    """Of ``asked`` questions ``answered`` have any answer, ``mine`` one's own; ``joined`` counts people."""

    asked: int
    answered: int
    mine: int
    joined: int


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension, or the overlay as a whole: how many of its questions are answered."""

    name: str
    answered: int
    asked: int


def progress_of(session: Session, rows: Sequence[AssessmentRow], user_id: int | None) -> Mapping[int, Progress]:
    """The progress of several assessments, by inner key, in as many queries as for one."""
    keys = [row.id for row in rows]
    anybody = answering.answered_in(session, keys) if keys else {}
    mine = answering.answered_by(session, user_id, keys) if keys and user_id is not None else {}
    joined = answering.joined_in(session, keys) if keys else {}
    found = {}
    for row in rows:
        asked = {question.id for question in asked_in(session, row)}
        found[row.id] = Progress(
            len(asked),
            len(asked & anybody.get(row.id, set())),
            len(asked & mine.get(row.id, set())),
            joined.get(row.id, 0),
        )
    return found


def answered_by_anybody(session: Session, row: AssessmentRow) -> set[str]:
    """The questions that have a vote, a show of hands or an agreed level."""
    return answering.answered_in(session, [row.id]).get(row.id, set())


def answered_by_me(session: Session, row: AssessmentRow, user_id: int) -> set[str]:
    """The questions that this person answered."""
    return answering.answered_by(session, user_id, [row.id]).get(row.id, set())


def asked_in(session: Session, row: AssessmentRow) -> tuple[Question, ...]:
    """What this assessment asks, in the order of its questionnaire."""
    return asked_questions(questionnaire_for(session, row), row.variant, row.context)


def parts_of(questionnaire: Questionnaire, asked: Sequence[Question], answered: Collection[str]) -> tuple[Part, ...]:
    """The asked questions by dimension, in the order of the questionnaire; the overlay last, as it is scored apart."""
    groups = [(one.name, [q for q in asked if q.is_core and q.dimension == one.id]) for one in questionnaire.dimensions]
    groups.append(("Generative systems, scored apart", [q for q in asked if not q.is_core]))
    return tuple(Part(name, sum(q.id in answered for q in group), len(group)) for name, group in groups if group)
