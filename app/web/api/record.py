"""The facilitator's record: agreed levels, and the evidence behind them."""

from flask import Response

from app.domain.answers import Agreed as AgreedValue
from app.domain.answers import EvidenceItem, Level, NotApplicable
from app.domain.answers import Grade as GradeValue
from app.formats.api_given import Agreed, Evidence
from app.formats.api_taken import AgreedLevelTaken, AgreedTaken, EvidenceTaken
from app.services.agreeing import agree_level, agreed_now, evidence_now, set_evidence
from app.services.assessments import find_assessment
from app.store.tables.assessments import AssessmentRow
from app.web.access import Role, allow
from app.web.api.bodies import given, taken
from app.web.api.once import once
from app.web.api.room import Described, Heading, blueprint, describe
from app.web.api.shown import shown_agreed, shown_evidence
from app.web.api.versions import showing, wanted_version
from app.web.units import session
from app.web.visit import acting, now, place


@blueprint.get("/assessments/<assessment_id>/agreed/<question>")
@allow(Role.FACILITATOR, within=("assessment_id", "question"))
@describe(Described(Heading.RECORD, {200: Agreed}))
def show_agreed(assessment_id: str, question: str) -> Response:
    """Show what the room settled on, with its version."""
    there = _agreed(_row(assessment_id), question)
    return given(there, version=there.version)


@blueprint.put("/assessments/<assessment_id>/agreed/<question>")
@allow(Role.FACILITATOR, within=("assessment_id", "question"))
@describe(Described(Heading.RECORD, {200: Agreed}, takes=AgreedTaken, moment=True, versioned=True))
@once
def put_agreed(assessment_id: str, question: str) -> Response:
    """Record what the room settled on; it ends the voting of the question."""
    body = taken(AgreedTaken).root
    row = _row(assessment_id)
    said = Level(body.level) if isinstance(body, AgreedLevelTaken) else NotApplicable(body.na)
    version = wanted_version(_agreed(row, question).version)
    with showing(lambda: _agreed(row, question)):
        agree_level(session(), acting(), row, question, AgreedValue(said, body.note), at=now(), version=version)
    there = _agreed(row, question)
    return given(there, version=there.version)


@blueprint.get("/assessments/<assessment_id>/evidence/<question>")
@allow(Role.FACILITATOR, within=("assessment_id", "question"))
@describe(Described(Heading.RECORD, {200: Evidence}))
def show_evidence(assessment_id: str, question: str) -> Response:
    """Show what stands behind a level, with its version."""
    there = _evidence(_row(assessment_id), question)
    return given(there, version=there.version)


@blueprint.put("/assessments/<assessment_id>/evidence/<question>")
@allow(Role.FACILITATOR, within=("assessment_id", "question"))
@describe(Described(Heading.RECORD, {200: Evidence}, takes=EvidenceTaken, moment=True, versioned=True))
@once
def put_evidence(assessment_id: str, question: str) -> Response:
    """Record what stands behind a level; it replaces what was there."""
    body = taken(EvidenceTaken)
    row = _row(assessment_id)
    items = [EvidenceItem(item.title, item.place, item.date, item.seen_by) for item in body.items]
    grade = None if body.grade is None else GradeValue[body.grade]
    version = wanted_version(_evidence(row, question).version)
    with showing(lambda: _evidence(row, question)):
        set_evidence(session(), acting(), row, question, items, at=now(), grade=grade, version=version)
    there = _evidence(row, question)
    return given(there, version=there.version)


def _row(assessment_id: str) -> AssessmentRow:
    return find_assessment(session(), place().organization_id, assessment_id)


def _agreed(row: AssessmentRow, question: str) -> Agreed:
    return shown_agreed(question, *agreed_now(session(), row, question))


def _evidence(row: AssessmentRow, question: str) -> Evidence:
    return shown_evidence(question, *evidence_now(session(), row, question))
