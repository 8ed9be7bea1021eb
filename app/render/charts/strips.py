"""Vote distributions, one row a question.

Bars count votes by level, the median is a standing line, the agreed level a thick line under its column, and family
medians are marks below the axis.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.report.figures import FamilyMark, Strip, StripChart
from app.render.charts.canvas import NARROW, WIDE, Canvas
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, wrap


@dataclass(frozen=True, slots=True)
class _Fit:
    """The measures of one form.

    ``first``: middle of the column of level 0, ``step``: to the next, ``axis``: from where to where, ``aside``: middles
    of the columns without a level, ``marks``: from the axis down to the marks, ``apart``: from one mark to the next,
    ``room`` and ``size``: of a name, ``above``: names stand above the votes and the levels below them.
    """

    wide: int
    first: int
    step: int
    bar: int
    axis: tuple[int, int]
    aside: tuple[int, int]
    marks: float
    apart: int
    room: int
    size: int
    above: bool


_BESIDE = _Fit(WIDE, 276, 92, 52, (230, 690), (752, 816), marks=13.5, apart=18, room=214, size=16, above=False)
_ABOVE = _Fit(NARROW, 34, 46, 30, (0, 240), (266, 308), marks=32, apart=16, room=NARROW, size=15, above=True)
_ALONE = replace(_ABOVE, step=65, bar=42, axis=(0, NARROW))  # where every vote is a level
_PITCH = 70
_HEAD = 24
_LINE = 18
_TALLEST = 38
_VOTE = 7  # pixels a vote, while the tallest fits


def draw_strips(chart: StripChart, *, narrow: bool = False) -> Canvas:
    """Draw 70 pixels a question, narrow as many as it needs; one scale for all, so that rows can be compared."""
    shown = (any(strip.dk for strip in chart.strips), any(strip.na for strip in chart.strips))
    fit = _BESIDE if not narrow else _ABOVE if any(shown) else _ALONE
    tops = _tops(chart, fit)
    canvas = Canvas(fit.wide, int(tops[-1]))
    tallest = max((max(strip.counts) for strip in chart.strips), default=0)
    unit = min(_VOTE, _TALLEST / tallest) if tallest > 0 else _VOTE
    if not fit.above:
        _levels(canvas, shown, 16, fit)
    for (top, after), strip in zip(pairwise(tops), chart.strips, strict=True):
        base = after - _under(chart) + 0.5 if fit.above else top + 40.5
        _votes(canvas, strip, base, unit, fit)
        _marks(canvas, strip.families, base + fit.marks, fit)
        _words(canvas, strip, top + 15.5 if fit.above else base - 15.5, fit)
        if fit.above:
            _levels(canvas, shown, base + 18.5, fit)
        for there, count, x in zip(shown, (strip.dk, strip.na), fit.aside, strict=True):
            if there:
                canvas.text(x, base - 8, str(count), 16, ink=Ink.TEXT if count else Ink.MUTED, anchor="middle")
    return canvas


def _tops(chart: StripChart, fit: _Fit) -> list[float]:
    """Return where each row starts, and where the last one ends."""
    if not fit.above:
        return [_HEAD + _PITCH * row for row in range(len(chart.strips) + 1)]
    tops = [0.0]
    for strip in chart.strips:
        lines = len(_name(strip, fit)) + bool(_said(strip))
        tops.append(tops[-1] + _LINE * lines + 8 + _TALLEST + _under(chart))
    return tops


def _under(chart: StripChart) -> int:
    """Return the room below the axis where the levels stand there: with marks, and with space to the next row."""
    return 58 if any(strip.families for strip in chart.strips) else 40


def _levels(canvas: Canvas, shown: tuple[bool, bool], y: float, fit: _Fit) -> None:
    for level in range(5):
        canvas.text(fit.first + fit.step * level, y, str(level), 14, ink=Ink.MUTED, anchor="middle")
    for there, x, head in zip(shown, fit.aside, ("?", "n/a"), strict=True):
        if there:
            canvas.text(x, y, head, 14, ink=Ink.MUTED, anchor="middle")


def _votes(canvas: Canvas, strip: Strip, base: float, unit: float, fit: _Fit) -> None:
    for level, count in enumerate(strip.counts):
        if count:
            left = fit.first + fit.step * level - fit.bar / 2
            canvas.rect(left, base - 0.5 - unit * count, fit.bar, unit * count, Ink.VOTES)
    canvas.line([(fit.axis[0], base), (fit.axis[1], base)], Ink.AXIS_STRONG)
    if strip.median is not None:
        x = fit.first + fit.step * strip.median
        canvas.line([(x, base - 38.5), (x, base - 0.5)], Ink.CASE)
        canvas.line([(x, base - 38.5), (x, base - 0.5)], Ink.RULE)
    if strip.agreed is not None:
        x = fit.first + fit.step * strip.agreed
        canvas.rect(x - fit.bar / 2, base - 0.5, fit.bar, 4, Ink.FLAG)


def _marks(canvas: Canvas, families: tuple[FamilyMark, ...], y: float, fit: _Fit) -> None:
    """Draw the marks; those that would lie on each other stand side by side around their common place."""
    for x, mark in _spread(families, fit):
        if mark.family == "builders":
            canvas.circle(x, y, 6, Ink.BUILDERS)
        elif mark.family == "runners":
            canvas.rect(x - 5.5, y - 5.5, 11, 11, Ink.RUNNERS)
        elif mark.family == "deciders":
            canvas.polygon([(x, y - 6.5), (x + 7, y + 5.5), (x - 7, y + 5.5)], Ink.DECIDERS)
        else:
            canvas.polygon([(x, y - 7.5), (x + 7.5, y), (x, y + 7.5), (x - 7.5, y)], Ink.OTHERS)


def _spread(families: tuple[FamilyMark, ...], fit: _Fit) -> Iterable[tuple[float, FamilyMark]]:
    """Give each mark its place: marks closer than ``apart`` share the middle of where they wish to be."""
    groups: list[list[tuple[float, FamilyMark]]] = []
    for mark in sorted(families, key=lambda mark: mark.median):
        group = [(fit.first + fit.step * mark.median, mark)]
        while groups and _middle(group) - _middle(groups[-1]) < fit.apart * (len(group) + len(groups[-1])) / 2:
            group = groups.pop() + group
        groups.append(group)
    for group in groups:
        for place, (_, mark) in enumerate(group):
            yield _middle(group) + fit.apart * (place - (len(group) - 1) / 2), mark


def _middle(group: list[tuple[float, FamilyMark]]) -> float:
    return sum(x for x, _ in group) / len(group)


def _name(strip: Strip, fit: _Fit) -> tuple[str, ...]:
    return wrap(strip.name, fit.room, fit.size, 600, lines=2)


def _said(strip: Strip) -> str:
    return strip.note or ("contested" if strip.contested else "")


def _words(canvas: Canvas, strip: Strip, first: float, fit: _Fit) -> None:
    names = _name(strip, fit)
    if not fit.above:
        first -= 8 * (len(names) - 1)
    for line, name in enumerate(names):
        canvas.text(0, first + _LINE * line, name, fit.size, 600)
    fitting = shorten(_said(strip), fit.room, 14, 600)
    below = first + _LINE * (len(names) - 1) + (_LINE if fit.above else 20)
    canvas.text(0, below, fitting, 14, 600 if strip.contested else 400, ink=Ink.TEXT if strip.contested else Ink.MUTED)
