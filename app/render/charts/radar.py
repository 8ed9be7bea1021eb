"""Radar of the dimensions in Cartesian coordinates: supported solid, claimed hollow, target dotted, None a gap."""

import math
from dataclasses import dataclass

from app.domain.report.figures import RadarChart
from app.render.charts.canvas import NARROW, WIDE, Anchor, Canvas, Point
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, wrap


@dataclass(frozen=True, slots=True)
class _Fit:
    """The measures of one form. ``unit``: one level, ``size``: of names, ``small``: of names of two lines."""

    wide: int
    high: int
    centre: Point
    unit: float
    size: float
    small: float
    narrow: bool

    def at(self, place: int, count: int, level: float) -> Point:
        """Return where a level of an axis lies."""
        angle = 2 * math.pi * place / count
        return (
            self.centre[0] + self.unit * level * math.sin(angle),
            self.centre[1] - self.unit * level * math.cos(angle),
        )


_OPEN = _Fit(WIDE, 500, (430.0, 258.0), unit=49.0, size=18, small=15, narrow=False)
_CLOSE = _Fit(NARROW, 320, (164.0, 162.0), unit=27.0, size=15, small=14, narrow=True)
_NAME_ROOM = 190
_LINE = 20
_OVER = 32  # how far a name may reach over the outermost ring of a narrow drawing


def draw_radar(chart: RadarChart, *, narrow: bool = False) -> Canvas:
    """Draw one axis a dimension, the first straight up, then clockwise; 860 by 500, narrow 328 by 320."""
    fit = _CLOSE if narrow else _OPEN
    canvas = Canvas(fit.wide, fit.high)
    count = len(chart.names)
    if count == 0:
        return canvas
    _areas(canvas, chart.supported, fit)
    for level in range(1, 5):
        ring = [fit.at(place, count, level) for place in range(count)]
        canvas.line([*ring, ring[0]], Ink.AXIS)
    _outline(canvas, chart.target, Ink.CASE, fit)
    for place in range(count):
        canvas.line([fit.centre, fit.at(place, count, 4)], Ink.AXIS_STRONG)
    _outline(canvas, chart.target, Ink.TARGET, fit)
    _outline(canvas, chart.claimed, Ink.CLAIMED, fit)
    _outline(canvas, chart.supported, Ink.CLAIMED, fit)
    for place, supported in enumerate(chart.supported):
        if supported is not None:
            canvas.circle(*fit.at(place, count, supported), 5, Ink.AFTER)
    # Figures of the scale only where the area leaves room for them.
    inside = max(chart.supported[0] or 0.0, chart.claimed[0] or 0.0) + 0.3
    for level in range(1, 5):
        if level < min(inside, 4):
            continue
        x, y = fit.at(0, count, level)
        canvas.text(x - 8, y + 5, str(level), 14, ink=Ink.MUTED, anchor="end", cased=True)
    for place, name in enumerate(chart.names):
        _name(canvas, place, count, (name, chart.supported[place]), fit)
    return canvas


def _areas(canvas: Canvas, levels: tuple[float | None, ...], fit: _Fit) -> None:
    """Fill the area between neighbouring axes that both have a level."""
    count = len(levels)
    known = [level for level in levels if level is not None]
    if count > 2 and len(known) == count:
        canvas.polygon([fit.at(place, count, level) for place, level in enumerate(known)], Ink.SUPPORTED)
        return
    for place, level in enumerate(levels):
        after = levels[(place + 1) % count]
        if level is None:
            continue
        if after is None or count < 3:
            canvas.line([fit.centre, fit.at(place, count, level)], Ink.CLAIMED)
        else:
            corners = [fit.centre, fit.at(place, count, level), fit.at((place + 1) % count, count, after)]
            canvas.polygon(corners, Ink.SUPPORTED)


def _outline(canvas: Canvas, levels: tuple[float | None, ...], ink: Ink, fit: _Fit) -> None:
    """Draw the line through the levels, broken where there is none."""
    count = len(levels)
    run: list[Point] = []
    for step in range(count + 1):
        level = levels[step % count]
        if level is not None:
            run.append(fit.at(step % count, count, level))
        if (level is None or step == count) and len(run) > 1:
            canvas.line(run, ink)
        if level is None:
            run = []


def _name(canvas: Canvas, place: int, count: int, named: tuple[str, float | None], fit: _Fit) -> None:
    """Write a name and its figure at the end of its axis; narrow, those at the sides stand in the corners."""
    name, level = named
    angle = 2 * math.pi * place / count
    across, up = math.sin(angle), math.cos(angle)
    x, y = fit.at(place, count, 4)
    figure = "\u2013" if level is None else f"{level:.1f}"
    if abs(across) <= 0.2:
        beside = fit.unit * 4 * math.sin(2 * math.pi / count) if count > 4 else _NAME_ROOM
        fitting = shorten(name, 2 * min(beside, _NAME_ROOM, fit.wide / 2), fit.size, 600)
        canvas.text(x, y - fit.size - 14 if up > 0 else y + 24, fitting, fit.size, 600, anchor="middle")
        canvas.text(x, y - 10 if up > 0 else y + fit.size + 28, figure, fit.size, 700, anchor="middle")
        return
    anchor: Anchor = "start" if across > 0 else "end"
    room: float = _NAME_ROOM
    if fit.narrow:
        # The rings may be touched by the last letters of a name, which stand on ground of their own.
        anchor = "end" if across > 0 else "start"
        room = fit.wide / 2 - fit.unit * 4 * abs(across) + _OVER
    size, names = fit.size, wrap(name, room, fit.size, 600, lines=1)
    if names != (name,):
        size, names = fit.small, wrap(name, room, fit.small, 600, lines=2 if count < 9 or not fit.narrow else 1)
    if fit.narrow:
        x = fit.wide if across > 0 else 0
        y += 26 if up < -0.01 else -8 - _LINE * len(names)
    else:
        x += math.copysign(15, across)
        y += 6 - _LINE * len(names) / 2 - (20 * len(names) + 20) / 3 * up
    for line, words in enumerate((*names, figure)):
        last = line == len(names)
        canvas.text(
            x,
            y + _LINE * line,
            words,
            fit.size if last else size,
            700 if last else 600,
            anchor=anchor,
            cased=fit.narrow,
        )
