"""Dimensions over the quarters, one small panel each: as published, and like for like, chained back from today."""

import math
from itertools import pairwise

from app.domain.report.figures import TrendChart, TrendLine
from app.render.charts.canvas import NARROW, WIDE, Canvas, Point
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, width, wrap

_GAP = 24
_AXIS = 18  # for the figures of the levels, left of the first panel of a row
_HEAD = 44
_UNIT = 38  # one level
_FOOT = 26
_ROW_GAP = 28
_WIDEST = 400


def draw_trend(chart: TrendChart, *, narrow: bool = False) -> Canvas:
    """Draw up to four panels side by side, narrow two; more in further rows below."""
    whole, most = (NARROW, 2) if narrow else (WIDE, 4)
    count = len(chart.lines)
    down = max(math.ceil(count / most), 1)
    across = max(math.ceil(count / down), 1)
    wide = min((whole - _AXIS - _GAP * (across - 1)) / across, _WIDEST)
    high = _HEAD + 4 * _UNIT + _FOOT
    canvas = Canvas(whole, high * down + _ROW_GAP * (down - 1))
    for place, line in enumerate(chart.lines):
        left = _AXIS + (wide + _GAP) * (place % across)
        top = (high + _ROW_GAP) * (place // across)
        _panel(canvas, chart.quarters, line, (left, top, wide))
        if place % across == 0:
            for level in range(5):
                y = top + _HEAD + _UNIT * (4 - level)
                canvas.text(left - 10, y + 5, str(level), 14, ink=Ink.MUTED, anchor="end")
    return canvas


def _panel(canvas: Canvas, quarters: tuple[str, ...], line: TrendLine, place: tuple[float, float, float]) -> None:
    left, top, wide = place
    zero = top + _HEAD + 4 * _UNIT
    for level in range(5):
        ink = Ink.AXIS if level else Ink.AXIS_STRONG
        canvas.line([(left, zero - _UNIT * level), (left + wide, zero - _UNIT * level)], ink)
    steps = max(len(quarters) - 1, 1)
    inner = wide - 16
    xs = [left + 8 + (inner * at / steps if len(quarters) > 1 else inner / 2) for at in range(len(quarters))]
    same = [None if level is None else (x, _y(zero, level)) for x, level in zip(xs, line.like_for_like, strict=False)]
    _line(canvas, same, [False] * len(same), Ink.TARGET)
    levels = [point.value for point in line.points]
    shown = [None if level is None else (x, _y(zero, level)) for x, level in zip(xs, levels, strict=False)]
    _line(canvas, shown, [point.break_before for point in line.points], Ink.CLAIMED)
    for point in shown:
        if point is not None:
            canvas.circle(*point, 4 if len(quarters) > 8 else 5, Ink.AFTER)
    _words(canvas, quarters, line.name, levels[-1] if levels else None, place)


def _y(zero: float, level: float) -> float:
    return zero - _UNIT * min(max(level, 0.0), 4.0)


def _line(canvas: Canvas, points: list[Point | None], breaks: list[bool], ink: Ink) -> None:
    """Draw the line; a gap where there is no level, two strokes where the questions changed."""
    pairs = list(zip(pairwise(points), breaks[1:], strict=False))
    for (before, after), broken in pairs:
        if before is None or after is None:
            continue
        if not broken:
            canvas.line([before, after], ink)
    for (before, after), broken in pairs:
        if broken and after is not None:
            middle = ((before[0] + after[0]) / 2, (before[1] + after[1]) / 2) if before else (after[0] - 10, after[1])
            for shift in (-2.5, 2.5):
                x, y = middle[0] + shift, middle[1]
                canvas.line([(x - 2, y + 7), (x + 2, y - 7)], Ink.FLOOR)


def _words(
    canvas: Canvas, quarters: tuple[str, ...], name: str, latest: float | None, place: tuple[float, float, float]
) -> None:
    left, top, wide = place
    room = wide - 42
    names = (name,) if width(name, 16, 600) <= room else wrap(name, room, 14, 600, lines=2)
    size = 16 if names == (name,) else 14
    for line, words in enumerate(names):
        canvas.text(left, top + 20 - 8 * (len(names) - 1) + 16 * line, words, size, 600)
    figure = "\u2013" if latest is None else f"{latest:.1f}"
    canvas.text(left + wide, top + 20, figure, 18, 700, anchor="end")
    foot = top + _HEAD + 4 * _UNIT + 20
    if len(quarters) == 1:
        canvas.text(left + wide / 2, foot, shorten(quarters[0], wide, 14), 14, ink=Ink.MUTED, anchor="middle")
    elif quarters:
        half = wide / 2 - 6
        canvas.text(left, foot, shorten(quarters[0], half, 14), 14, ink=Ink.MUTED)
        canvas.text(left + wide, foot, shorten(quarters[-1], half, 14), 14, ink=Ink.MUTED, anchor="end")
