"""``/assessments/<assessment_id>/report``: the page, the report in every medium, and the waiting for either."""

from flask import Response, request
from markupsafe import Markup

from app.accounts.permissions import Capability
from app.domain.errors import MythmarkError
from app.render.files import SLOT
from app.services.drawing import Form, Inside
from app.services.errors import NotValid
from app.services.exchange import log_export
from app.services.media import Medium
from app.services.studio import Order
from app.store.tables.assessments import AssessmentRow
from app.web import ways
from app.web.access import Role, allow
from app.web.compression import smaller
from app.web.page import render_page, wants_fragment
from app.web.report.files import as_file
from app.web.report.looking import name_of, quarter_of, readable, trail
from app.web.report.pages import Download, EmptyReportPage, MakingPage, ReportPage
from app.web.report.room import blueprint
from app.web.reports import report_of, studio
from app.web.security import policy_of
from app.web.units import end_unit, note
from app.web.visit import acting, frame, may, now

#: Seconds until somebody who waits is shown that there is something to wait for.
PATIENCE = 1.0
_READER = allow(Role.VIEWER, within=("assessment_id",))


@blueprint.get("/report")
@_READER
def show(assessment_id: str) -> Response:
    """The report as a page; before anything is open, what will be here."""
    row = readable(assessment_id)
    if row.state == "draft":
        return _nothing_yet(row)
    made = _made(row, "page")
    if isinstance(made, Response):
        return made
    before, after = made.decode().split(SLOT)
    here = frame("Teams")
    page = ReportPage(
        title=f"Report, {quarter_of(row)}",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail(row),
        before=Markup(before),  # noqa: S704 - drawn by us, and escaped where it was drawn
        after=Markup(after),  # noqa: S704
        pdf=f"{request.path}.pdf",
        bare=f"{request.path}.pdf?attach=none",
        more=_others(row),
    )
    return smaller(render_page(page))


@blueprint.get("/report.pdf", endpoint="pdf")
@_READER
def take_pdf(assessment_id: str) -> Response:
    """The report as PDF, with the settled form inside unless it is asked for without."""
    asked = request.args.get("attach", "settled")
    if asked not in {"settled", "none"}:
        raise NotValid("attach", "what goes into the PDF is settled or none")
    return _taken(assessment_id, "pdf", "none" if asked == "none" else "settled")


@blueprint.get("/report.html", endpoint="html")
@_READER
def take_html(assessment_id: str) -> Response:
    """The report as one HTML file that fetches nothing."""
    return _taken(assessment_id, "html")


@blueprint.get("/report.xlsx", endpoint="xlsx")
@_READER
def take_xlsx(assessment_id: str) -> Response:
    """The report as a spreadsheet."""
    return _taken(assessment_id, "xlsx")


@blueprint.get("/report.json", endpoint="json")
@_READER
def take_json(assessment_id: str) -> Response:
    """Every number of the report, for other programs."""
    return _taken(assessment_id, "json")


def _taken(assessment_id: str, medium: Medium, attach: Inside = "settled") -> Response:
    row = readable(assessment_id)
    made = _made(row, medium, attach)
    if isinstance(made, Response):
        return made
    answer = as_file(made, medium, name_of(row, "report", medium))
    if medium == "html":
        answer.headers["Content-Security-Policy"] = policy_of(made)
    end_unit()
    with note() as unit:
        log_export(unit, acting(), row, medium if attach == "settled" else f"{medium}, nothing inside", at=now())
    return answer


def _made(row: AssessmentRow, form: Form, attach: Inside = "settled") -> bytes | Response:
    """The report; or a page that waits for it, or the part of that page that has changed."""
    polling = wants_fragment()
    try:
        made = report_of(row, form, attach, patience=0 if polling else PATIENCE)
    except MythmarkError as error:
        if not polling:
            raise
        return _waiting(row, form, "failed", problem=str(error))
    if isinstance(made, Order):
        before = studio().before(made)
        return _waiting(row, form, "line" if before else "drawing", before=before)
    return _waiting(row, form, "ready") if polling else made


def _waiting(row: AssessmentRow, form: Form, state: str, *, before: int = 0, problem: str = "") -> Response:
    here, report = frame("Teams"), ways.report(row.public_id)
    kept = [(name, value) for name, value in request.args.items() if name == "attach"]
    page = MakingPage(
        title="The report could not be made" if state == "failed" else "The report is being made",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail(row),
        state=state,
        address=request.path + "".join(f"?{name}={value}" for name, value in kept),
        is_file=form != "page",
        back=ways.assessment(row.public_id) if form == "page" else report,
        before=before,
        problem=problem,
    )
    if wants_fragment() and request.args.get("seen") == page.seen:
        return Response(status=204)
    answer = render_page(page, fragment="making", status=202 if state in {"line", "drawing"} else None)
    answer.headers["Retry-After"] = "2"
    return answer


def _nothing_yet(row: AssessmentRow) -> Response:
    here = frame("Teams")
    return render_page(
        EmptyReportPage(
            title="Report",
            viewer=here.viewer,
            nav=here.nav,
            trail=trail(row),
            assessment=ways.assessment(row.public_id),
        )
    )


def _others(row: AssessmentRow) -> tuple[Download, ...]:
    """What can be taken away beside the PDF, by this visitor."""
    base = f"/assessments/{row.public_id}"
    found = [
        Download("Web page", f"{base}/report.html", "One HTML file that needs no network."),
        Download("Spreadsheet", f"{base}/report.xlsx", "Every table as XLSX."),
        Download("Result", f"{base}/report.json", "Every number as JSON, for other programs."),
    ]
    if may(Capability.EXPORT_SETTLED):
        found.append(Download("Assessment file", f"{base}/file", "What the report publishes as YAML, to be imported."))
    if row.anonymity == "open" and may(Capability.EXPORT_RAW):
        found.append(Download("Answers one by one", f"{base}/file/raw", "The terms are open. Asks before it begins."))
    return tuple(found)
