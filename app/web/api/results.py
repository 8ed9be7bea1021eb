"""Results and reports: of a closed assessment for everybody in the organization, of an open one for who runs it."""

from flask import Response

from app.accounts.permissions import Capability
from app.formats.results import result_json
from app.services.assessments import FINAL, find_assessment
from app.services.exchange import log_export
from app.services.media import Medium
from app.services.results import result_of
from app.store.tables.assessments import AssessmentRow
from app.web.access import Role, allow
from app.web.api.bodies import given_file
from app.web.api.room import RESULT, Described, Heading, blueprint, describe
from app.web.reports import report_now
from app.web.security import policy_of
from app.web.units import end_unit, note, session
from app.web.visit import acting, need, now, place

MEDIA: dict[Medium, str] = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/assessments/<assessment_id>/result")
@allow(Role.VIEWER, within=("assessment_id",))
@describe(Described(Heading.RESULTS, {200: RESULT}, moment=True))
def result(assessment_id: str) -> Response:
    """Give the result; of an open assessment from what is revealed or agreed so far."""
    return Response(result_json(result_of(session(), _seen(assessment_id))), mimetype="application/json")


@blueprint.get("/assessments/<assessment_id>/report.pdf")
@allow(Role.VIEWER, within=("assessment_id",))
@describe(Described(Heading.RESULTS, {200: MEDIA["pdf"]}, moment=True))
def report_pdf(assessment_id: str) -> Response:
    """Give the report as a PDF that carries the settled form inside."""
    return _report(assessment_id, "pdf")


@blueprint.get("/assessments/<assessment_id>/report.html")
@allow(Role.VIEWER, within=("assessment_id",))
@describe(Described(Heading.RESULTS, {200: MEDIA["html"]}, moment=True))
def report_html(assessment_id: str) -> Response:
    """Give the report as one page that needs nothing beside itself."""
    return _report(assessment_id, "html")


@blueprint.get("/assessments/<assessment_id>/report.xlsx")
@allow(Role.VIEWER, within=("assessment_id",))
@describe(Described(Heading.RESULTS, {200: MEDIA["xlsx"]}, moment=True))
def report_xlsx(assessment_id: str) -> Response:
    """Give the result as a spreadsheet."""
    return _report(assessment_id, "xlsx")


def _report(assessment_id: str, medium: Medium) -> Response:
    row = _seen(assessment_id)
    data = report_now(row, medium)  # ends the unit before anything is drawn
    name = f"report-{row.quarter}{'-pulse' if row.variant == 'pulse' else ''}.{medium}"
    answer = given_file(data, MEDIA[medium], name)
    if medium == "html":
        answer.headers["Content-Security-Policy"] = policy_of(data)
    end_unit()
    with note() as unit:
        log_export(unit, acting(), row, medium, at=now())
    return answer


def _seen(assessment_id: str) -> AssessmentRow:
    """The assessment, for whom its result is; raises NotAllowed."""
    row = find_assessment(session(), place().organization_id, assessment_id)
    if row.state not in FINAL:
        need(Capability.READ_OPEN_RESULTS)
    return row
