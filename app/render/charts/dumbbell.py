"""Before (hollow) and after (solid) on the same questions: accent if real, grey if within the noise."""

from dataclasses import dataclass, replace

from app.domain.report.figures import DumbbellChart, DumbbellRow
from app.render.charts.canvas import NARROW, WIDE, Canvas
from app.render.charts.ink import Ink
from app.render.charts.lettering import Weight, shorten, width


@dataclass(frozen=True, slots=True)
class _Fit:
    """The measures of one form.

    ``zero``: x of level 0, ``unit``: one level, ``label``: room for a change, ``top``: where the first row starts,
    ``middle``: of the marks as a part of the row, which is more than half where the name stands above them.
    """

    wide: int
    zero: int
    unit: float
    pitch: int
    size: float
    radius: float
    label: float
    top: int
    middle: float = 0.5


_COMPACT = _Fit(406, 120, 65, 36, 16, 7, 90, top=4)
_FULL = _Fit(WIDE, 306, 122, 27, 15, 6, 150, top=26)
_ABOVE = _Fit(NARROW, 8, 79, 42, 15, 7, 90, top=26, middle=0.68)
_APART = 9


def draw_dumbbell(chart: DumbbellChart, *, narrow: bool = False) -> Canvas:
    """Draw a row each; compact 406 wide and 36 a row, else 860 wide and 27 a row; narrow 42, with the name above."""
    fit = _fitting(chart.rows, _ABOVE if narrow else _COMPACT if chart.compact else _FULL)
    top = _COMPACT.top if chart.compact else fit.top
    bottom = top + fit.pitch * len(chart.rows) + (-2 if chart.compact else 2)
    canvas = Canvas(fit.wide, bottom + 24)
    for level in range(5):
        x = fit.zero + fit.unit * level
        canvas.line([(x, top), (x, bottom)], Ink.AXIS)
        canvas.text(x, bottom + 18, str(level), 14, ink=Ink.MUTED, anchor="middle")
        if not chart.compact and len(chart.rows) > 12:
            canvas.text(x, 16, str(level), 14, ink=Ink.MUTED, anchor="middle")
    middles = [top + fit.pitch * (place + fit.middle) for place in range(len(chart.rows))]
    # Kind by kind, not row by row: marks of one kind next to each other become one collection.
    for row, middle in zip(chart.rows, middles, strict=True):
        left, right = sorted((_x(fit, row.before), _x(fit, row.after)))
        thick = 4 if row.emphasis else 2
        if right > left:
            canvas.rect(left, middle - thick / 2, right - left, thick, Ink.AFTER if row.emphasis else Ink.NOISE)
    for row, middle in zip(chart.rows, middles, strict=True):
        canvas.circle(_x(fit, row.before), middle, fit.radius - 1, Ink.BEFORE)
        canvas.circle(_x(fit, row.after), middle, fit.radius, Ink.AFTER if row.emphasis else Ink.NOISE)
    for row, middle in zip(chart.rows, middles, strict=True):
        _words(canvas, row, middle, fit)
    return canvas


def _fitting(rows: tuple[DumbbellRow, ...], fit: _Fit) -> _Fit:
    """Make the levels narrower where a change would otherwise not fit right of its marks."""
    unit = fit.unit
    for row in rows:
        level = min(max(row.before, row.after, 0.01), 4.0)
        label = min(width(row.label, fit.size, 600), fit.label)
        unit = min(unit, (fit.wide - fit.zero - fit.radius - _APART - label - 2) / level)
    return replace(fit, unit=unit)


def _x(fit: _Fit, level: float) -> float:
    return fit.zero + fit.unit * min(max(level, 0.0), 4.0)


def _words(canvas: Canvas, row: DumbbellRow, middle: float, fit: _Fit) -> None:
    """Write the name, and the change right of the marks."""
    above = fit.middle > 0.5
    base, room = middle + 6, fit.wide if above else fit.zero - fit.radius - 8
    weight: Weight = 600 if row.emphasis else 400
    ink = Ink.TEXT if row.emphasis else Ink.MUTED
    name = shorten(row.name, room, fit.size, weight)
    canvas.text(0, base - 18 if above else base, name, fit.size, weight, ink=ink, cased=above)
    right = max(_x(fit, row.before), _x(fit, row.after)) + fit.radius + _APART
    canvas.text(right, base, shorten(row.label, fit.label, fit.size, weight), fit.size, weight, ink=ink, cased=True)
