"""Reports for whoever asks for them over HTTP: found, or made in the line of this process while others are served."""

from contextlib import suppress

from flask import Flask, current_app

from app import __version__
from app.render.files import Renderer
from app.render.worker import PATIENT, RenderTimedOut
from app.services.drawing import QUICK, Form, Inside
from app.services.reports import draw_report, keep_report, order_report, source_of
from app.services.studio import Order, Studio
from app.store.errors import StoreBusy
from app.store.tables.assessments import AssessmentRow
from app.web.units import end_unit, later, session

_EXTENSION = "mythmark_studio"


def make_reports(app: Flask, renderer: Renderer) -> None:
    """Give the application its line of reports."""
    app.extensions[_EXTENSION] = Studio(renderer)


def studio() -> Studio:
    """The line of reports of this application."""
    found: Studio = current_app.extensions[_EXTENSION]
    return found


def report_now(assessment: AssessmentRow, form: Form, attach: Inside = "settled") -> bytes:
    """The report of an assessment, however long it takes; raises as ``report_of``."""
    made = report_of(assessment, form, attach, patience=PATIENT)
    if isinstance(made, Order):
        raise RenderTimedOut(PATIENT)
    return made


def report_of(assessment: AssessmentRow, form: Form, attach: Inside = "settled", *, patience: float) -> bytes | Order:
    """The report of an assessment, or its order when it is not ready after ``patience`` seconds.

    Asking again joins the same order. When something has to be drawn the request's unit is ended first. Raises
    NotYetOpen for a draft, SettledChanged, RenderBusy when too many wait, RenderTimedOut, RenderProcessDied.
    """
    here, unit = studio(), session()
    source = source_of(unit, assessment)
    key = (
        assessment.public_id,
        source.standing.word if source.standing else "",
        source.digest,
        form,
        attach,
        __version__,
    )
    found = here.find(key)
    if found is not None:
        return found
    ordered = order_report(unit, assessment, source, form, attach)
    if ordered.kept is not None:
        here.keep(key, ordered.kept)
        return ordered.kept
    begin = later()
    end_unit()

    def make() -> bytes:
        content = draw_report(ordered, here.renderer)
        # One that could not be kept is made again, the same.
        with suppress(StoreBusy), begin() as writer:
            keep_report(writer, ordered, content)
        return content

    if form in QUICK:
        return make()
    order = here.order(key, make)
    content = here.wait(order, patience)
    return order if content is None else content
