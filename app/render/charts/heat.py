"""The capability heat map: one column a dimension, one cell a capability, the figure always in the cell."""

import math
from dataclasses import dataclass

from app.domain.report.figures import HeatCell, HeatChart, HeatColumn
from app.render.charts.canvas import NARROW, WIDE, Canvas
from app.render.charts.ink import CELLS, ON, Ink
from app.render.charts.lettering import shorten, width, wrap

_BAND_GAP = 28
_HEAD = 58
_WIDEST = 420
# (up to so many cells in a column, height of a cell, size of its name, lines of its name)
_SIZES = ((14, 54, 14.5, 3), (24, 40, 14.0, 2), (math.inf, 26, 13.0, 1))
_NARROW_SIZES = ((14, 66, 13.0, 4), (24, 52, 13.0, 3), (math.inf, 36, 13.0, 2))


@dataclass(frozen=True, slots=True)
class _Fit:
    """How large a cell is, and its name; ``gap``: to the next column, ``head``: size of the names of columns."""

    wide: float
    gap: int
    head: float
    high: int
    size: float
    lines: int


def draw_heat(chart: HeatChart, *, narrow: bool = False) -> Canvas:
    """Draw up to four columns side by side, narrow two; more in further bands below; cells lower in a long column."""
    whole, gap, sizes = (NARROW, 12, _NARROW_SIZES) if narrow else (WIDE, 20, _SIZES)
    bands = _bands(chart.columns, 2 if narrow else 4)
    across = max((len(band) for band in bands), default=1)
    # Whole pixels keep the edges sharp; one is left free, or the last edge would be cut where the chart is scaled.
    wide = min((whole - 1 - gap * (across - 1)) // across, _WIDEST)
    most = max((len(column.cells) for column in chart.columns), default=0)
    high, size, lines = next((high, size, lines) for limit, high, size, lines in sizes if most <= limit)
    fit = _Fit(wide, gap, 16 if narrow else 18, high, size, lines)
    heights = [_HEAD + high * max((len(column.cells) for column in band), default=0) + 2 for band in bands]
    canvas = Canvas(whole, max(sum(heights) + _BAND_GAP * (len(bands) - 1), _HEAD))
    top = 0
    for band, band_high in zip(bands, heights, strict=True):
        for place, column in enumerate(band):
            _column(canvas, column, place * (wide + fit.gap), top, fit)
        top += band_high + _BAND_GAP
    return canvas


def _bands(columns: tuple[HeatColumn, ...], most: int) -> list[tuple[HeatColumn, ...]]:
    count = len(columns)
    across = math.ceil(count / math.ceil(count / most)) if count else 1
    return [columns[start : start + across] for start in range(0, count, across)]


def _column(canvas: Canvas, column: HeatColumn, left: float, top: float, fit: _Fit) -> None:
    room = fit.wide - 44 - 8
    if width(column.name, fit.head, 700) <= room:
        canvas.text(left, top + 20, column.name, fit.head, 700)
    else:
        names = wrap(column.name, room, 15, 700, lines=2)
        for line, name in enumerate(names):
            canvas.text(left, top + 20 + 16 * line - 9 * (len(names) - 1), name, 15, 700)
    canvas.text(left + fit.wide - 21, top + 21, shorten(column.label, 42, 20, 700), 20, 700, anchor="middle")
    canvas.text(left, top + 44, shorten(column.note, fit.wide, 14), 14, ink=Ink.MUTED)
    for row, cell in enumerate(column.cells):
        _cell(canvas, cell, left, top + _HEAD + fit.high * row, fit)


def _cell(canvas: Canvas, cell: HeatCell, left: float, top: float, fit: _Fit) -> None:
    box = (left + 0.5, top + 0.5, fit.wide - 1, fit.high - 1)
    middle = top + fit.high / 2
    right = left + fit.wide
    ink, figure, letters = _look(cell)
    canvas.rect(*box, ink)
    plated = cell.state == "unknown" or (cell.state == "level" and cell.contested)
    if plated:
        _plate(canvas, right, top, fit, ground=cell.state == "level")
    if cell.blocks:
        canvas.rect(left + 1.75, top + 1.75, fit.wide - 3.5, fit.high - 3.5, Ink.GATE)
    room = fit.wide - 11 - (52 if plated else 43)
    if cell.state == "level" and cell.claimed is not None:
        room -= 22 if not plated else 20
        _claimed(canvas, cell.claimed, right - (56 if plated else 48), middle)
    names = wrap(cell.name, room, fit.size, lines=fit.lines)
    pitch = 15 if len(names) > 2 else 16
    first = middle + 5 - (len(names) - 1) * pitch / 2
    for line, name in enumerate(names):
        canvas.text(left + 11, first + pitch * line, name, fit.size, ink=letters)
    if cell.state == "na":
        canvas.text(right - 24, middle + 5, figure, 14.5, 700, ink=Ink.MUTED, anchor="middle")
    else:
        on = Ink.TEXT if plated else letters
        canvas.text(right - 21, middle + 7, figure, 20, 700, ink=on, anchor="middle")


def _look(cell: HeatCell) -> tuple[Ink, str, Ink]:
    """Return the ground of a cell, its figure, and the ink of its letters."""
    if cell.state == "na":
        return Ink.NA, "n/a", Ink.MUTED
    if cell.state == "unknown" or cell.supported is None:
        return Ink.TRACK, "?", Ink.TEXT
    return CELLS[cell.supported], str(cell.supported), ON[cell.supported]


def _plate(canvas: Canvas, right: float, top: float, fit: _Fit, *, ground: bool) -> None:
    """Draw the hatched end of a cell with a plate for its figure; ``ground``: over a coloured cell."""
    if ground:
        canvas.rect(right - 42, top + 0.5, 41.5, fit.high - 1, Ink.TRACK)
    canvas.rect(right - 42, top + 0.5, 41.5, fit.high - 1, Ink.HATCH)
    high = min(26, fit.high - 6)
    canvas.rect(right - 33, top + (fit.high - high) / 2, 24, high, Ink.TRACK)


def _claimed(canvas: Canvas, level: int, middle_x: float, middle: float) -> None:
    """Draw the claimed level in a hollow square, on ground of its own: the outline must show on any level."""
    canvas.rect(middle_x - 10, middle - 10, 20, 20, Ink.TRACK)
    canvas.rect(middle_x - 10, middle - 10, 20, 20, Ink.CLAIMED)
    canvas.text(middle_x, middle + 5.5, str(level), 16, 600, anchor="middle")
