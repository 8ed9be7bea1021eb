"""What each participant is asked: beliefs first, then at most fifteen questions that their role can answer best."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.questionnaire import Question, Questionnaire
from app.services.answering import my_answers
from app.services.assessments import questionnaire_for
from app.services.settings import asked_questions
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session

MOST_ASKED = 15
_GATE_NEED = {1: 4, 2: 3, 3: 2, 4: 1}
#: More than any gate: who sees a thing every day is asked about it first.
_ROLE_NEED = 10


@dataclass(frozen=True, slots=True)
class DimensionProgress:
    """How many questions of a dimension one was asked and has answered; ``extra``: answered though optional."""

    dimension: str
    name: str
    asked: int
    answered: int
    extra: int


@dataclass(frozen=True, slots=True)
class Asking:
    """What one participant is asked, in order. ``following`` is what comes next, None when all is answered."""

    beliefs: tuple[str, ...]
    asked: tuple[str, ...]
    optional: tuple[str, ...]
    following: tuple[Literal["belief", "question"], str] | None
    beliefs_answered: int
    progress: tuple[DimensionProgress, ...]


def next_questions(session: Session, assessment: AssessmentRow, participant: ParticipantRow) -> Asking:
    """What a participant is asked and how far they are; the same order whenever they come back."""
    questionnaire = questionnaire_for(session, assessment)
    mine = my_answers(session, assessment, participant)
    beliefs = belief_order(questionnaire, participant.respondent) if assessment.variant == "full" else ()
    there = asked_questions(questionnaire, assessment.variant, assessment.context)
    # What was settled before one came to it is not asked any more.
    asked = tuple(q for q in _chosen(there, participant) if q in mine.questions or q not in mine.fixed)
    open_beliefs = [("belief", b) for b in beliefs if b not in mine.beliefs]
    open_questions = [("question", q) for q in asked if q not in mine.questions]
    waiting: list[tuple[Literal["belief", "question"], str]] = [*open_beliefs, *open_questions]  # type: ignore[list-item]
    return Asking(
        beliefs=beliefs,
        asked=asked,
        optional=tuple(q.id for q in there if q.id not in asked),
        following=waiting[0] if waiting else None,
        beliefs_answered=sum(b in mine.beliefs for b in beliefs),
        progress=_progress(questionnaire, there, asked, mine.questions),
    )


def belief_order(questionnaire: Questionnaire, respondent: str) -> tuple[str, ...]:
    """The beliefs in an order that is random between people and stable for each."""
    return tuple(sorted((b.id for b in questionnaire.beliefs), key=lambda name: _draw(respondent, name)))


def _chosen(there: tuple[Question, ...], participant: ParticipantRow) -> tuple[str, ...]:
    """The most needed ones, in the order of the pack; a draw among equals spreads the rest over people."""
    ranked = sorted(there, key=lambda q: (-_need(q, participant.role), _draw(participant.respondent, q.id)))
    chosen = {q.id for q in ranked[:MOST_ASKED]}
    return tuple(q.id for q in there if q.id in chosen)


def _need(question: Question, role: str) -> int:
    gates = max((_GATE_NEED.get(gate.stage, 0) for gate in question.gates), default=0)
    return gates + (_ROLE_NEED if role in question.best_roles else 0)


def _progress(
    questionnaire: Questionnaire,
    there: tuple[Question, ...],
    asked: tuple[str, ...],
    answered: Mapping[str, object],
) -> tuple[DimensionProgress, ...]:
    found = []
    for dimension in questionnaire.dimensions:
        ids = [q.id for q in there if q.dimension == dimension.id]
        mine = [q for q in ids if q in asked]
        found.append(
            DimensionProgress(
                dimension.id,
                dimension.name,
                len(mine),
                sum(q in answered for q in mine),
                sum(q in answered for q in ids if q not in asked),
            )
        )
    return tuple(found)


def _draw(respondent: str, name: str) -> bytes:
    return hashlib.sha256(f"{respondent}\0{name}".encode()).digest()
