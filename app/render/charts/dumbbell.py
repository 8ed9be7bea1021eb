"""Before (hollow) and after (solid) on the same questions: accent if real, grey if within the noise."""

from dataclasses import dataclass, replace

from app.domain.report.figures import DumbbellChart, DumbbellRow
from app.render.charts.canvas import Canvas
from app.render.charts.ink import Ink
from app.render.charts.lettering import Weight, shorten, width


@dataclass(frozen=True, slots=True)
class _Fit:
    """The measures of one form. ``zero``: x of level 0, ``unit``: one level, ``label``: room for a change."""

    wide: int
    zero: int
    unit: float
    pitch: int
    size: float
    radius: float
    label: float


_COMPACT = _Fit(406, 120, 65, 36, 16, 7, 90)
_FULL = _Fit(860, 306, 122, 27, 15, 6, 150)
_APART = 9


def draw_dumbbell(chart: DumbbellChart) -> Canvas:
    """Draw a row each; compact 406 wide and 36 a row, else 860 wide and 27 a row."""
    fit = _fitting(chart.rows, _COMPACT if chart.compact else _FULL)
    bottom = 4 + fit.pitch * len(chart.rows) - 2 if chart.compact else 26 + fit.pitch * len(chart.rows) + 2
    top = 4 if chart.compact else 26
    canvas = Canvas(fit.wide, bottom + 24)
    for level in range(5):
        x = fit.zero + fit.unit * level
        canvas.line([(x, top), (x, bottom)], Ink.AXIS)
        canvas.text(x, bottom + 18, str(level), 14, ink=Ink.MUTED, anchor="middle")
        if not chart.compact and len(chart.rows) > 12:
            canvas.text(x, 16, str(level), 14, ink=Ink.MUTED, anchor="middle")
    middles = [top + fit.pitch * (place + 0.5) for place in range(len(chart.rows))]
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
        _words(canvas, row, middle + 6, fit)
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


def _words(canvas: Canvas, row: DumbbellRow, base: float, fit: _Fit) -> None:
    """Write the name, and the change right of the marks."""
    weight: Weight = 600 if row.emphasis else 400
    ink = Ink.TEXT if row.emphasis else Ink.MUTED
    canvas.text(0, base, shorten(row.name, fit.zero - fit.radius - 8, fit.size, weight), fit.size, weight, ink=ink)
    right = max(_x(fit, row.before), _x(fit, row.after)) + fit.radius + _APART
    canvas.text(right, base, shorten(row.label, fit.label, fit.size, weight), fit.size, weight, ink=ink, cased=True)
