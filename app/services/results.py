"""The result of an assessment: of a closed one from its settled form, of an open one from what may be seen so far."""

from app.domain.questionnaire import Questionnaire
from app.domain.result import Result
from app.domain.score import score
from app.domain.settle import settle
from app.domain.sheet import Sheet
from app.formats.assessments import canonical_digest
from app.planner.plan import plan
from app.services.assessments import FINAL, questionnaire_for
from app.services.effort import effort_of
from app.services.keeping import Kept
from app.services.settled import past_of, settled_sheet
from app.store.facts import assessment_facts
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session

_results: Kept[Result] = Kept(128)


def result_of(session: Session, assessment: AssessmentRow) -> Result:
    """The result of an assessment; what nobody may see yet is not in it. Raises SettledChanged.

    A closed one is judged from its settled form and never from votes; an open one without votes that were not
    revealed or agreed, and without beliefs. Kept by the digest of what it was made from.
    """
    return judge(sheet_of(session, assessment), questionnaire_for(session, assessment))


def sheet_of(session: Session, assessment: AssessmentRow) -> Sheet:
    """The published facts of an assessment as they are now."""
    questionnaire = questionnaire_for(session, assessment)
    if assessment.state in FINAL:
        return settled_sheet(assessment, questionnaire)
    facts = assessment_facts(session, assessment, questionnaire)
    ratio = effort_of(session, assessment.organization_id)
    return settle(facts, questionnaire, past_of(session, assessment), effort_ratio=ratio)


def judge(sheet: Sheet, questionnaire: Questionnaire) -> Result:
    """Score and plan what was settled; ``input_digest`` is that of the settled facts."""
    digest = canonical_digest(sheet)

    def make() -> Result:
        card = score(sheet, questionnaire)
        return Result(questionnaire, sheet, card, plan(sheet, card, questionnaire), digest)

    return _results.get((digest, questionnaire.digest), make)
