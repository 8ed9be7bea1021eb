"""What is recorded of each question, and what the facilitator may see of its votes."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.answers import Agreed, Evidence, Grade, Hands, Level
from app.domain.questionnaire import Question
from app.domain.reading import read_answers
from app.domain.sheet import QuestionFacts
from app.domain.votings import before_the_close
from app.services.assessments import FINAL, questionnaire_for
from app.services.settings import asked_questions
from app.services.settled import settled_sheet
from app.store.facts import assessment_facts
from app.store.lookups import answering
from app.store.record.versions import agreed_value, evidence_value
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session

#: From this claimed level on an artefact is asked for (measurement.md 4.2).
ARTEFACT_FROM = 3


@dataclass(frozen=True, slots=True)
class Recorded:
    """One question with what was recorded. ``answered`` counts people; ``ended``: its votes may count.

    Versions are 0 where nothing was recorded yet.
    """

    question: Question
    agreed: Agreed | None
    agreed_version: int
    evidence: Evidence
    evidence_version: int
    hands: tuple[Hands, ...]
    answered: int
    ended: bool

    @property
    def level(self) -> int | None:
        """The agreed level."""
        return self.agreed.answer.level if self.agreed and isinstance(self.agreed.answer, Level) else None

    @property
    def wants_artefact(self) -> bool:
        """Whether a claim stands without anything that shows it."""
        return self.level is not None and self.level >= ARTEFACT_FROM and self.evidence.grade is Grade.E0


def what_is_recorded(session: Session, assessment: AssessmentRow) -> dict[str, Recorded]:
    """What is recorded of every question that the assessment asks, in the order of the pack."""
    questionnaire = questionnaire_for(session, assessment)
    agreed = {row.question: row for row in answering.agreed(session, assessment.id)}
    evidence = {row.question: row for row in answering.evidence(session, assessment.id)}
    counts = answering.answered_counts(session, assessment.id)
    votings = answering.votings(session, assessment.id)
    running = {v.question for v in votings if not v.ended}
    ended = {v.question for v in votings if v.ended} - running
    hands: dict[str, list[Hands]] = {}
    for row in answering.hands(session, assessment.id):
        hands.setdefault(row.question, []).append(Hands(row.role, tuple(row.counts)))  # type: ignore[arg-type]
    found = {}
    for question in asked_questions(questionnaire, assessment.variant, assessment.context):
        settled, shown = agreed.get(question.id), evidence.get(question.id)
        found[question.id] = Recorded(
            question=question,
            agreed=agreed_value(settled) if settled else None,
            agreed_version=settled.version if settled else 0,
            evidence=evidence_value(shown) if shown else Evidence(Grade.E0),
            evidence_version=shown.version if shown else 0,
            hands=tuple(hands.get(question.id, ())),
            answered=counts.get(question.id, 0),
            ended=question.id in ended or assessment.state in FINAL,
        )
    return found


def published_votes(session: Session, assessment: AssessmentRow) -> Mapping[str, QuestionFacts]:
    """What may be shown of the votes of each question now (measurement.md 4.10), never who answered what.

    Only of votings that ended; of a closed assessment as it was published. Raises SettledChanged.
    """
    questionnaire = questionnaire_for(session, assessment)
    if assessment.state in FINAL:
        return settled_sheet(assessment, questionnaire).questions
    facts = before_the_close(assessment_facts(session, assessment, questionnaire), questionnaire)
    return read_answers(facts, questionnaire).sheet.questions
