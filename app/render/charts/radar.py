"""Radar of the dimensions in Cartesian coordinates: supported solid, claimed hollow, target dotted, None a gap."""

import math

from app.domain.report.figures import RadarChart
from app.render.charts.canvas import Anchor, Canvas, Point
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, wrap

_WIDE = 860
_HIGH = 500
_CENTRE = (430.0, 258.0)
_UNIT = 49.0  # one level
_NAME_ROOM = 190


def draw_radar(chart: RadarChart) -> Canvas:
    """Draw one axis a dimension, the first straight up, then clockwise; 860 by 500."""
    canvas = Canvas(_WIDE, _HIGH)
    count = len(chart.names)
    if count == 0:
        return canvas
    _areas(canvas, chart.supported)
    for level in range(1, 5):
        ring = [_at(place, count, level) for place in range(count)]
        canvas.line([*ring, ring[0]], Ink.AXIS)
    _outline(canvas, chart.target, Ink.CASE)
    for place in range(count):
        canvas.line([_CENTRE, _at(place, count, 4)], Ink.AXIS_STRONG)
    _outline(canvas, chart.target, Ink.TARGET)
    _outline(canvas, chart.claimed, Ink.CLAIMED)
    _outline(canvas, chart.supported, Ink.CLAIMED)
    for place, supported in enumerate(chart.supported):
        if supported is not None:
            canvas.circle(*_at(place, count, supported), 5, Ink.AFTER)
    # Figures of the scale only where the area leaves room for them.
    inside = max(chart.supported[0] or 0.0, chart.claimed[0] or 0.0) + 0.3
    for level in range(1, 5):
        if level < min(inside, 4):
            continue
        x, y = _at(0, count, level)
        canvas.text(x - 8, y + 5, str(level), 14, ink=Ink.MUTED, anchor="end", cased=True)
    for place, name in enumerate(chart.names):
        _name(canvas, place, count, name, chart.supported[place])
    return canvas


def _at(place: int, count: int, level: float) -> Point:
    angle = 2 * math.pi * place / count
    return _CENTRE[0] + _UNIT * level * math.sin(angle), _CENTRE[1] - _UNIT * level * math.cos(angle)


def _areas(canvas: Canvas, levels: tuple[float | None, ...]) -> None:
    """Fill the area between neighbouring axes that both have a level."""
    count = len(levels)
    known = [level for level in levels if level is not None]
    if count > 2 and len(known) == count:
        canvas.polygon([_at(place, count, level) for place, level in enumerate(known)], Ink.SUPPORTED)
        return
    for place, level in enumerate(levels):
        after = levels[(place + 1) % count]
        if level is None:
            continue
        if after is None or count < 3:
            canvas.line([_CENTRE, _at(place, count, level)], Ink.CLAIMED)
        else:
            corners = [_CENTRE, _at(place, count, level), _at((place + 1) % count, count, after)]
            canvas.polygon(corners, Ink.SUPPORTED)


def _outline(canvas: Canvas, levels: tuple[float | None, ...], ink: Ink) -> None:
    """Draw the line through the levels, broken where there is none."""
    count = len(levels)
    run: list[Point] = []
    for step in range(count + 1):
        level = levels[step % count]
        if level is not None:
            run.append(_at(step % count, count, level))
        if (level is None or step == count) and len(run) > 1:
            canvas.line(run, ink)
        if level is None:
            run = []


def _name(canvas: Canvas, place: int, count: int, name: str, level: float | None) -> None:
    angle = 2 * math.pi * place / count
    across, up = math.sin(angle), math.cos(angle)
    x, y = _at(place, count, 4)
    anchor: Anchor = "middle"
    if abs(across) > 0.2:
        anchor = "start" if across > 0 else "end"
        x += math.copysign(15, across)
    figure = "\u2013" if level is None else f"{level:.1f}"
    if anchor == "middle":
        beside = _UNIT * 4 * math.sin(2 * math.pi / count) if count > 4 else _NAME_ROOM
        fitting = shorten(name, 2 * min(beside, _NAME_ROOM), 18, 600)
        canvas.text(x, y - 32 if up > 0 else y + 24, fitting, 18, 600, anchor=anchor)
        canvas.text(x, y - 10 if up > 0 else y + 46, figure, 18, 700, anchor=anchor)
        return
    size, names = 18, wrap(name, _NAME_ROOM, 18, 600, lines=1)
    if names != (name,):
        size, names = 15, wrap(name, _NAME_ROOM, 15, 600, lines=2)
    high = 20 * len(names) + 20
    y += 6 - (high - 20) / 2 - (high / 3) * up
    for line, words in enumerate((*names, figure)):
        last = line == len(names)
        canvas.text(x, y + 20 * line, words, 18 if last else size, 700 if last else 600, anchor=anchor)
