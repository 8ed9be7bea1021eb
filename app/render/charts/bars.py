"""Dimension bars: supported solid, claimed hollow, unknown hatched, plausible range as a pale band behind."""

from app.domain.report.figures import Bar, BarsChart
from app.render.charts.canvas import Canvas
from app.render.charts.ink import Ink
from app.render.charts.lettering import Weight, shorten, width, wrap

_WIDE = 860
_ZERO = 190  # x of level 0
_UNIT = 164  # one level
_PITCH = 50
_TOP = 22
_FIRST = 52  # middle of the first bar
_HIGH = 20
_FIGURE_END = 172
_NAME_ROOM = 124


def draw_bars(chart: BarsChart) -> Canvas:
    """Draw one row a dimension, 860 wide, 58 and 50 a row high."""
    bottom = _FIRST + _PITCH * len(chart.bars) - 20
    canvas = Canvas(_WIDE, bottom + 26)
    for level in range(5):
        x = _x(level)
        canvas.line([(x, 28), (x, bottom)], Ink.AXIS)
        canvas.text(x, bottom + 20, str(level), 14, ink=Ink.MUTED, anchor="middle")
    _head(canvas, chart)
    if chart.target is not None:
        canvas.line([(_x(chart.target), _TOP), (_x(chart.target), bottom)], Ink.TARGET)
    lines = sorted(_x(level) for level in (chart.floor, chart.target) if level is not None)
    for row, bar in enumerate(chart.bars):
        _bar(canvas, bar, _FIRST + _PITCH * row, lines)
    if chart.floor is not None:
        canvas.line([(_x(chart.floor), _TOP), (_x(chart.floor), bottom)], Ink.FLOOR)
    return canvas


def _x(level: float) -> float:
    return _ZERO + _UNIT * min(max(level, 0.0), 4.0)


def _head(canvas: Canvas, chart: BarsChart) -> None:
    """Write floor and target above their lines; where they would meet, one ends and the other starts at its line."""
    floor, target = chart.floor, chart.target
    if floor is None or target is None:
        for level, label in ((floor, chart.floor_label), (target, chart.target_label)):
            if level is not None:
                _over(canvas, _x(level), label, strong=level is floor)
        return
    half = (width(chart.floor_label, 14, 600) + width(chart.target_label, 14)) / 2
    if abs(_x(floor) - _x(target)) >= half + 16:
        _over(canvas, _x(floor), chart.floor_label, strong=True)
        _over(canvas, _x(target), chart.target_label, strong=False)
        return
    gap = max(0.0, 12 - abs(_x(floor) - _x(target)))
    first, second = (chart.floor_label, True), (chart.target_label, False)
    left, right = sorted((_x(floor), _x(target)))
    if floor > target:
        first, second = second, first
    _side(canvas, left - gap / 2, first, end=True)
    _side(canvas, right + gap / 2, second, end=False)


def _side(canvas: Canvas, x: float, label: tuple[str, bool], *, end: bool) -> None:
    words, strong = label
    weight: Weight = 600 if strong else 400
    fitting = shorten(words, x if end else _WIDE - x, 14, weight)
    ink = Ink.TEXT if strong else Ink.MUTED
    canvas.text(x, 14, fitting, 14, weight, ink=ink, anchor="end" if end else "start")


def _over(canvas: Canvas, x: float, label: str, *, strong: bool) -> None:
    weight: Weight = 600 if strong else 400
    fitting = shorten(label, _WIDE, 14, weight)
    half = width(fitting, 14, weight) / 2
    middle = min(max(x, half), _WIDE - half)
    ink = Ink.TEXT if strong else Ink.MUTED
    canvas.text(middle, 14, fitting, 14, weight, ink=ink, anchor="middle")


def _bar(canvas: Canvas, bar: Bar, middle: float, lines: list[float]) -> None:
    if width(bar.name, 18, 600) <= _NAME_ROOM:
        canvas.text(0, middle + 6, bar.name, 18, 600)
    else:
        names = wrap(bar.name, _NAME_ROOM, 15, 600, lines=2)
        for line, name in enumerate(names):
            canvas.text(0, middle + 5 + 17 * line - 8.5 * (len(names) - 1), name, 15, 600)
    canvas.text(_FIGURE_END, middle + 7, shorten(bar.label, 44, 22, 700), 22, 700, anchor="end")
    end = float(_ZERO)
    if bar.supported is not None:
        end = _pieces(canvas, bar, bar.supported, middle)
    _note(canvas, bar.note, end, middle, lines)


def _pieces(canvas: Canvas, bar: Bar, supported: float, middle: float) -> float:
    """Draw band, bar, hatch and outline; return where they end."""
    claimed = max(bar.claimed if bar.claimed is not None else supported, supported)
    high = max(bar.high if bar.high is not None else supported, claimed)
    bounds = (bar.low, bar.high) if bar.low is not None and bar.high is not None else None
    band = bar.band or bounds
    if band is not None and band[0] < band[1]:
        canvas.rect(_x(band[0]), middle - 16, _x(band[1]) - _x(band[0]), 32, Ink.RANGE)
    top = middle - _HIGH / 2
    if supported > 0:
        canvas.rect(_ZERO, top, _x(supported) - _ZERO, _HIGH, Ink.SUPPORTED)
    if high > claimed:
        canvas.rect(_x(claimed), top, _x(high) - _x(claimed), _HIGH, Ink.HATCH)
        canvas.rect(_x(claimed), top + 0.5, _x(high) - _x(claimed), _HIGH - 1, Ink.UNKNOWN_EDGE)
    if claimed > supported:
        canvas.rect(_x(supported), top + 1, _x(claimed) - _x(supported) - 1, _HIGH - 2, Ink.CLAIMED)
    return max(_x(high), _x(band[1]) if band is not None else 0.0)


def _note(canvas: Canvas, note: str, end: float, middle: float, lines: list[float]) -> None:
    """Write the note after the bar, past a line it would touch; under the bar where there is no room."""
    wide = width(note, 14)
    start = end + 12
    for line in lines:
        if start - 8 < line < start + wide + 8:
            start = line + 12
    if start + wide <= _WIDE:
        canvas.text(start, middle + 5, note, 14, ink=Ink.MUTED, cased=True)
        return
    fitting = shorten(note, _x(4) - _ZERO, 14)
    canvas.text(_x(4), middle + 29, fitting, 14, ink=Ink.MUTED, anchor="end", cased=True)
