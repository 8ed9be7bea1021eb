"""The result of an assessment: of a closed one from its settled form, of an open one from what may be seen so far."""

from app.domain.result import Result
from app.domain.sheet import Sheet
from app.services.assessments import FINAL, questionnaire_for
from app.services.effort import effort_of
from app.services.judging import Settled, Unsettled, judge
from app.services.settled import past_of, settled_sheet
from app.store.facts import assessment_facts
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session


def result_of(session: Session, assessment: AssessmentRow) -> Result:
    """The result of an assessment; what nobody may see yet is not in it. Raises SettledChanged.

    A closed one is judged from its settled form and never from votes; an open one without votes that were not
    revealed or agreed, and without beliefs. Kept by the digest of what it was made from.
    """
    return judge(sheet_of(session, assessment), questionnaire_for(session, assessment))


def sheet_of(session: Session, assessment: AssessmentRow) -> Sheet:
    """The published facts of an assessment as they are now; raises SettledChanged."""
    return ground_of(session, assessment).settle()


def ground_of(session: Session, assessment: AssessmentRow) -> Settled | Unsettled:
    """Everything that an assessment is judged from as it is now, so that it can be judged elsewhere.

    Raises SettledChanged.
    """
    questionnaire = questionnaire_for(session, assessment)
    if assessment.state in FINAL:
        return Settled(questionnaire, settled_sheet(assessment, questionnaire))
    facts = assessment_facts(session, assessment, questionnaire)
    return Unsettled(questionnaire, facts, past_of(session, assessment), effort_of(session, assessment.organization_id))
