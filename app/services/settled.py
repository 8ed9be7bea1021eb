"""The settled form of a closed assessment: written once, read with its digest checked, never computed again."""

import hashlib
from typing import Any

from app import __version__
from app.domain.questionnaire import Questionnaire
from app.domain.settle import Past
from app.domain.sheet import Sheet
from app.formats.assessments import read_assessment, write_settled
from app.formats.head_shapes import FORMAT
from app.services.assessments import FINAL, questionnaire_for
from app.services.errors import SettledChanged, WrongMoment
from app.services.keeping import Kept
from app.store.facts import assessment_facts
from app.store.lookups import assessments
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session

_sheets: Kept[Sheet] = Kept(256)


class OneQuestionnaire:
    """A shelf of the one questionnaire that an assessment was frozen with."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._one = questionnaire

    def names(self) -> tuple[str, ...]:
        """Its name."""
        return (self._one.name,)

    def get(self, name: str) -> Questionnaire:  # noqa: ARG002 - there is one only
        """The questionnaire."""
        return self._one


def settled_columns(sheet: Sheet, questionnaire: Questionnaire) -> dict[str, Any]:
    """The columns that keep the settled form. It is kept as its text: a database may order the keys of an object."""
    text = write_settled(sheet, questionnaire).decode()
    return {
        "settled": {"format": FORMAT, "text": text},
        "settled_digest": _digest(text),
        "program_version": __version__,
    }


def settled_text(assessment: AssessmentRow) -> str:
    """The settled form as it was published; raises SettledChanged when it is not what was, WrongMoment before."""
    if assessment.state not in FINAL or assessment.settled is None:
        raise WrongMoment("the assessment is not closed yet; nothing is settled")
    text = assessment.settled.get("text")
    if not isinstance(text, str) or _digest(text) != assessment.settled_digest:
        raise SettledChanged(assessment.public_id)
    return text


def settled_sheet(assessment: AssessmentRow, questionnaire: Questionnaire) -> Sheet:
    """The published facts of a closed assessment; raises SettledChanged."""
    text = settled_text(assessment)

    def read() -> Sheet:
        sheet = read_assessment(text.encode(), assessment.public_id, OneQuestionnaire(questionnaire)).sheet
        if sheet is None:
            raise SettledChanged(assessment.public_id)
        return sheet

    return _sheets.get((assessment.settled_digest, questionnaire.digest), read)


def past_of(session: Session, assessment: AssessmentRow) -> tuple[Past, ...]:
    """The earlier closed assessments of the team, oldest first.

    Answers one by one come along only where the terms were open: numbers over the same people need stable ids.
    """
    found = []
    for row in assessments.closed_before(session, assessment):
        questionnaire = questionnaire_for(session, row)
        sheet = settled_sheet(row, questionnaire)
        facts = None
        if row.anonymity == "open" and row.stable_ids and row.purged_at is None:
            facts = assessment_facts(session, row, questionnaire)
        found.append(Past(sheet, questionnaire, facts if facts is not None and facts.respondents else None))
    return tuple(found)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
