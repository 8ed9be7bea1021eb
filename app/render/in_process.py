"""Draws where it is called: for commands, and for the child that serves everybody else."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from app.domain.report.figures import Chart
from app.domain.report.pages import Report
from app.render.files import SLOT, Attachment, Pdf
from app.render.html import figure_markup, render_html, report_body
from app.render.pdf import render_pdf

T = TypeVar("T")


class InProcess:
    """A Renderer without a child; loading this module loads matplotlib and Typst."""

    def pdf(self, report: Report, attachments: Sequence[Attachment] = ()) -> Pdf:
        """As ``render_pdf``."""
        return render_pdf(report, attachments)

    def html(self, report: Report) -> bytes:
        """As ``render_html``."""
        return render_html(report)

    def body(self, report: Report) -> str:
        """As ``report_body``, with the place for downloads marked."""
        return str(report_body(report, slot=SLOT))

    def svg(self, chart: Chart, *, figure_id: str, alt: str) -> str:
        """As ``figure_markup``."""
        return figure_markup(chart, figure_id=figure_id, alt=alt)

    def run(self, work: Callable[..., T], *given: object) -> T:
        """Call it."""
        return work(*given)
