"""``/assessments/<assessment_id>/file``: the assessment file, settled, or raw after a question."""

from flask import Response, request

from app.accounts.permissions import Capability
from app.services.assessments import find_assessment
from app.services.errors import RawStaysHere
from app.services.exchange import export_file
from app.services.reports import standing_of
from app.store.tables.assessments import AssessmentRow
from app.web import ways
from app.web.access import Role, allow
from app.web.page import render_page
from app.web.report.files import as_file
from app.web.report.looking import assessment, name_of
from app.web.report.room import blueprint
from app.web.shared import ConfirmPage
from app.web.units import end_unit, note, session
from app.web.visit import acting, frame, need, now, place

_OWNER = allow(Role.OWNER, within=("assessment_id",))


@blueprint.get("/file")
@allow(Role.FACILITATOR, within=("assessment_id",))
def take_settled(assessment_id: str) -> Response:
    """What the report publishes, to be imported again."""
    need(Capability.EXPORT_SETTLED)
    row = assessment(assessment_id)
    standing_of(row)
    name = name_of(row, "assessment", "yaml")
    end_unit()
    with note() as unit:
        held = find_assessment(unit, place().organization_id, assessment_id)
        return as_file(export_file(unit, acting(), held, "settled", at=now()), "yaml", name)


@blueprint.get("/file/raw")
@_OWNER
def ask_raw(assessment_id: str) -> Response:
    """Ask before answers leave one by one."""
    row = _with_open_terms(assessment_id)
    here = frame("Teams")
    question = ConfirmPage(
        title="Take out the answers one by one?",
        viewer=here.viewer,
        nav=here.nav,
        text=(
            "The file holds each person's role, answers and beliefs. Everybody answered under open terms. "
            "From here on it is up to you who reads it; the log keeps that you took it."
        ),
        yes="Download the answers",
        no="Back to the report",
        action=request.path,
        back=ways.report(row.public_id),
    )
    return render_page(question)


@blueprint.post("/file/raw")
@_OWNER
def take_raw(assessment_id: str) -> Response:
    """The raw assessment file."""
    row = _with_open_terms(assessment_id)
    data = export_file(session(), acting(), row, "raw", at=now())
    return as_file(data, "yaml", name_of(row, "answers", "yaml"))


def _with_open_terms(assessment_id: str) -> AssessmentRow:
    need(Capability.EXPORT_RAW)
    row = assessment(assessment_id)
    standing_of(row)
    if row.anonymity != "open":
        raise RawStaysHere
    return row
