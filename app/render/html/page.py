"""Sets a Report as markup: the templates, what they are given, and the sealed file around them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.domain.report.figures import Chart
from app.domain.report.pages import Report
from app.render.charts import draw as draw_chart
from app.render.charts import has_narrow
from app.render.html import paper
from app.render.html.texts import finalize, fragment, long_date, printed, visible

TEMPLATES = Path(__file__).parent / "templates"
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


class Drawn(Protocol):
    """A drawing that can be set into a page."""

    def svg(self, alt: str, *, classes: str = "") -> str:
        """Inline SVG coloured by classes, with ``alt`` as its text alternative and ``classes`` of its own."""


class Draw(Protocol):
    """Draws a chart; ``figure_id`` keeps the ids inside one drawing apart from those of the others."""

    def __call__(self, chart: Chart, *, figure_id: str, narrow: bool = False) -> Drawn:
        """Return the drawing of ``chart``, with ``narrow`` the one for phones."""


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the contents list. ``id`` is the fragment and the name of the template."""

    id: str
    title: str


SECTIONS = (
    Section("sponsor", "For the sponsor"),
    Section("stand", "Where you stand"),
    Section("myths", "The myths"),
    Section("disagreement", "Where you disagree"),
    Section("roadmap", "The roadmap"),
    Section("change", "Change over time"),
    Section("appendix", "How it is computed"),
)


@cache
def environment() -> Environment:
    """The templates of the report. Nothing undefined is printed, everything printed is escaped and visible."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(printed=printed, long_date=long_date)
    templates.globals.update(fragment=fragment)
    return templates


def figure_markup(chart: Chart, *, figure_id: str, alt: str, draw: Draw = draw_chart) -> str:
    """A chart for a page: one drawing, or two where phones have their own, of which the style shows one.

    Both lie on the page, since a sealed file has no other way to fit its window.
    """
    if not has_narrow(chart):
        return visible(draw(chart, figure_id=figure_id).svg(alt))
    wide = draw(chart, figure_id=figure_id).svg(alt, classes="for-wide")
    narrow = draw(chart, figure_id=f"{figure_id}-narrow", narrow=True).svg(alt, classes="for-narrow")
    return visible(wide + narrow)


def report_body(report: Report, *, draw: Draw = draw_chart, slot: str = "") -> Markup:
    """The report without a frame: contents list and main part, classes only, ready for any page with the style.

    ``slot`` is markup of ours under the contents list, where the application offers its downloads.
    """

    def drawing(chart: Chart, figure_id: str, alt: str) -> Markup:
        return Markup(figure_markup(chart, figure_id=figure_id, alt=alt, draw=draw))  # noqa: S704  (ours)

    body = environment().get_template("report/body.html")
    text = body.render(
        report=report,
        sections=SECTIONS,
        slot=Markup(slot),  # noqa: S704  (ours)
        drawing=drawing,
        rules=_rules(report),
    )
    return Markup(_TRAILING.sub("", text))  # noqa: S704  (escaped by the templates)


def _rules(report: Report) -> dict[str, str]:
    """The fragment of the method section that states each rule, by the rule's number."""
    rules: dict[str, str] = {}
    for section in report.appendix.method:
        rules.setdefault(section.rule, fragment("rule", section.rule))
    return rules


def render_html(report: Report, *, draw: Draw = draw_chart) -> bytes:
    """The report as one HTML file in UTF-8 that fetches nothing; the same report gives the same bytes."""
    body = report_body(report, draw=draw)
    style, script = paper.style(body), paper.script()
    page = environment().get_template("standalone.html")
    text = page.render(
        report=report,
        body=body,
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=paper.policy(style, script),
    )
    return text.encode("utf-8")
