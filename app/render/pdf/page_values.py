"""The report as the templates read it: one JSON of texts, each chart as an SVG file, each attachment beside it."""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias, cast, get_args

from app.domain.explain import Explanation
from app.domain.report.figures import Chart, SayDo
from app.domain.report.pages import Figure, Report
from app.render.charts import draw
from app.render.files import Attachment
from app.render.pdf.attachments import distinct
from app.render.pdf.breaking import breakable, shortened

#: What JSON can hold.
Plain: TypeAlias = "str | int | float | Sequence[Plain] | Mapping[str, Plain] | None"

#: Charts are drawn for a column of this many pixels; one that is narrower takes its share of the text width.
CHART_COLUMN: Final = 860
_CHARTS: Final = get_args(Chart)
#: Two names side by side fit in the foot of a page.
_FOOT_NAME: Final = 38


class _Files:
    """Collects the SVG of each chart while the report is turned into plain values."""

    def __init__(self) -> None:
        self.drawn: dict[str, bytes] = {}

    def plain(self, value: object, name: str) -> Plain:
        """Texts, lists and dictionaries only; ``name`` is where in the report the value stands."""
        match value:
            case str():
                made: Plain = breakable(value)
            case SayDo():
                made = _bars(value)
            case Explanation():
                made = explained(value)
            case tuple():
                made = [self.plain(item, f"{name}-{position}") for position, item in enumerate(value)]
            case None | bool() | int() | float():
                made = value
            case _ if isinstance(value, _CHARTS):
                made = self._chart(cast("Chart", value), name)
            case _ if dataclasses.is_dataclass(value):
                fields = (field.name for field in dataclasses.fields(value))
                made = {field: self.plain(getattr(value, field), f"{name}-{field}") for field in fields}
            case _:
                made = str(value)
        return made

    def _chart(self, chart: Chart, name: str) -> dict[str, Plain]:
        drawing = draw(chart, figure_id=name)
        path = f"{name}.svg"
        self.drawn[path] = drawing.print_svg().encode()
        return {"path": path, "share": drawing.width / CHART_COLUMN, "aspect": drawing.height / drawing.width}


def page_values(report: Report, replaced: Sequence[str], attachments: Sequence[Attachment]) -> dict[str, bytes]:
    """The files the templates read: ``report.json``, one SVG a chart, and the attachments."""
    files = _Files()
    values = cast("dict[str, Plain]", files.plain(report, "chart"))
    values["document"] = {"title": report.title, "subject": report.subject, "author": report.organization}
    values["date"] = {"year": report.date.year, "month": report.date.month, "day": report.date.day}
    names = (shortened(name, _FOOT_NAME) for name in (report.organization, report.team))
    standing = (report.standing.word.lower(),) if report.standing else ()
    values["foot"] = ", ".join((*names, report.quarter, *standing))
    values["replaced"] = [breakable(line) for line in replaced]
    values["numbers"] = [_numbers(files, figure) for figure in figures_of(report)]
    values["explanations"] = _explanations(files, report)
    files_inside = {f"attached-{position}": file for position, file in enumerate(distinct(attachments))}
    values["attachments"] = [
        {
            "path": path,
            "name": file.name,
            "media": file.media_type,
            "description": file.description,
            "relationship": file.relationship,
        }
        for path, file in files_inside.items()
    ]
    contents = {path: file.data for path, file in files_inside.items()}
    return {"report.json": json.dumps(values, ensure_ascii=False).encode(), **files.drawn, **contents}


def _numbers(files: _Files, figure: Figure) -> dict[str, Plain]:
    texts = {"finding": breakable(figure.finding), "sub": breakable(figure.sub)}
    key = [{"mark": entry.mark, "text": breakable(entry.text)} for entry in figure.key]
    return {"id": figure.id, **texts, "key": key, "table": files.plain(figure.numbers, "")}


def _walk(value: object) -> Iterator[object]:
    """Every frozen value inside the report, in reading order."""
    if isinstance(value, tuple):
        for item in value:
            yield from _walk(item)
    elif dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from _walk(getattr(value, field.name))


def figures_of(report: Report) -> tuple[Figure, ...]:
    """The figures in reading order whose numbers the appendix prints, each once; the radar has its own beside it."""
    beside = {report.stand.radar.id} if report.stand.radar else set()
    found = {value.id: value for value in _walk(report) if isinstance(value, Figure) and value.numbers.rows}
    return tuple(figure for key, figure in found.items() if key not in beside)


def _explanations(files: _Files, report: Report) -> list[Plain]:
    """The appendix's groups, and at the end what stands beside a figure or a card only."""
    groups = [(title, list(items)) for title, items in report.appendix.explanations]
    known = {item.key for _, items in groups for item in items}
    rest = {value.key: value for value in _walk(report) if isinstance(value, Explanation) and value.key not in known}
    groups.append(("Further numbers", list(rest.values())))
    return [{"title": breakable(title), "items": files.plain(tuple(items), "")} for title, items in groups if items]


def explained(explanation: Explanation) -> dict[str, Plain]:
    """An explanation in words and figures."""
    terms = [
        {
            "label": breakable(term.label),
            "value": figure_text(term.value),
            "weight": figure_text(term.weight) if term.weight is not None else "",
        }
        for term in explanation.terms
    ]
    return {
        "title": breakable(explanation.title),
        "value": figure_text(explanation.value) if explanation.value is not None else "",
        "arithmetic": breakable(explanation.arithmetic),
        "terms": terms,
        "text": [breakable(line) for line in explanation.text],
        "rule": explanation.rule,
    }


def _bars(bars: SayDo) -> dict[str, Plain]:
    """The two bars of a myth card, which the template draws itself so that their type keeps its size."""
    texts = {"say_text": points(bars.say), "do_text": points(bars.do)}
    return {"say": share(bars.say), "do": share(bars.do), **texts}


def share(value: float | None) -> float | None:
    """Points of 0 to 100 as a share of the bar."""
    return None if value is None else min(max(value, 0.0), 100.0) / 100


def points(value: float | None) -> str:
    """Whole points, empty where there is nothing to say."""
    return "" if value is None else f"{value:.0f}"


def figure_text(value: Fraction | None) -> str:
    """A number from which one can go on: decimal where that is exact within four places, else also as a fraction."""
    if value is None:
        return "not known"
    rounded = Fraction(round(value * 10_000), 10_000)
    decimal = f"{float(rounded):.4f}".rstrip("0").rstrip(".").replace("-", "\u2212")
    return decimal if rounded == value else f"{value.numerator}/{value.denominator} = {decimal}".replace("-", "\u2212")
