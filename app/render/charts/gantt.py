"""The roadmap by quarter: one staircase row a step, length in days over capacity, in order of work.

On a phone the quarters stand below each other, each as wide as the drawing.
"""

from app.domain.report.figures import GanttChart, GanttColumn, GanttRow
from app.render.charts.canvas import NARROW, WIDE, Canvas
from app.render.charts.drawing import Run
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, width

_HEAD = 72
_PITCH = 21
_BAR = 12
_BETWEEN = 10  # more room between quarters
_LINE_ROOM = 24  # for the line that says a stage is reached
_EMPTY = 28
_BLOCK_HEAD = 54
_BLOCK_PITCH = 37
_BLOCK_LINE_ROOM = 18
_BLOCK_GAP = 24


def draw_gantt(chart: GanttChart, *, narrow: bool = False) -> Canvas:
    """Draw one column a quarter and 21 pixels a step; narrow one block a quarter and 37 a step."""
    if narrow:
        return _blocks(chart)
    high = _height(chart)
    canvas = Canvas(WIDE, high)
    across = canvas.width / max(len(chart.columns), 1)
    for place in range(len(chart.columns) + 1):
        x = min(across * place + 0.5, canvas.width - 0.5)
        canvas.line([(x, 0), (x, high)], Ink.AXIS)
    canvas.line([(0, _HEAD), (canvas.width, _HEAD)], Ink.RULE)
    top: float = _HEAD + 10.5
    for place, column in enumerate(chart.columns):
        left = across * place
        _head(canvas, column, left, across)
        unit = _unit(chart, column, across)
        for row in column.rows:
            _row(
                canvas,
                row,
                left + 1 + unit * row.start,
                top,
                max(unit * row.days - 2, 3.0),
                last=place == len(chart.columns) - 1,
            )
            top += _PITCH
        top += _BETWEEN if column.rows else _EMPTY
        if column.reached:
            top = _reached(canvas, column.reached, left + across, top)
    return canvas


def _blocks(chart: GanttChart) -> Canvas:
    """Draw the quarters below each other, each step under its name."""
    heights = [
        _BLOCK_HEAD + _BLOCK_PITCH * len(column.rows) + (_BLOCK_LINE_ROOM if column.reached else 0) + _BLOCK_GAP
        for column in chart.columns
    ]
    canvas = Canvas(NARROW, max(sum(heights) - _BLOCK_GAP, 1))
    start: float = 0
    for column, high in zip(chart.columns, heights, strict=True):
        days = canvas.text(
            NARROW, start + 18, shorten(column.days_line, NARROW / 2, 14), 14, ink=Ink.MUTED, anchor="end"
        )
        canvas.text(0, start + 18, shorten(column.title, NARROW - days - 12, 18, 700), 18, 700)
        _stage(canvas, column, 0, start + 38, NARROW)
        canvas.line([(0, start + 46), (NARROW, start + 46)], Ink.RULE)
        unit = _unit(chart, column, NARROW)
        top = start + _BLOCK_HEAD
        for row in column.rows:
            x = 1 + unit * row.start
            long = width(f"{row.label} {row.days}", 14) + 1
            _text(canvas, row, (max(min(x, NARROW - long), 0.0), top + 12), NARROW, at_right=True)
            _bar(canvas, row, x, top + 18, max(unit * row.days - 2, 3.0))
            top += _BLOCK_PITCH
        if column.reached:
            _reached(canvas, column.reached, NARROW, top + 14)
        start += high
    return canvas


def _unit(chart: GanttChart, column: GanttColumn, across: float) -> float:
    """Return how long a day is in a quarter of this width."""
    return (across - 0.5) / max([chart.capacity, 1, *(row.start + row.days for row in column.rows)])


def _height(chart: GanttChart) -> int:
    high = _HEAD + 6
    for column in chart.columns:
        high += _PITCH * len(column.rows) + (_BETWEEN if column.rows else _EMPTY)
        high += _LINE_ROOM if column.reached else 0
    return high


def _head(canvas: Canvas, column: GanttColumn, left: float, across: float) -> None:
    room = across - 16
    canvas.text(left + 10, 18, shorten(column.title, room, 18, 700), 18, 700)
    canvas.text(left + 10, 39, shorten(column.days_line, room, 14), 14, ink=Ink.MUTED)
    _stage(canvas, column, left + 10, 58, room)


def _stage(canvas: Canvas, column: GanttColumn, x: float, y: float, room: float) -> None:
    stage = shorten(column.stage_line, room, 14, 600)
    strong = bool(column.reached)
    canvas.text(x, y, stage, 14, 600 if strong else 400, ink=Ink.TEXT if strong else Ink.MUTED)


def _row(canvas: Canvas, row: GanttRow, x: float, top: float, wide: float, *, last: bool) -> None:
    """Draw a bar and its label: right of it, left in the last quarter or where there is more room."""
    _bar(canvas, row, x, top, wide)
    right = x + wide + 8
    taken = width(f" {row.days}", 14)
    label = row.label
    at_right = not last and right + width(label, 14) + taken <= canvas.width - 2
    room = canvas.width - 2 - right if at_right else x - 8
    if not at_right and room < width(label, 14) + taken and canvas.width - 2 - right > room:
        at_right, room = True, canvas.width - 2 - right
    _text(canvas, row, (right if at_right else x - 8, top + 11), room, at_right=at_right)


def _bar(canvas: Canvas, row: GanttRow, x: float, top: float, wide: float) -> None:
    if row.show:
        canvas.rect(x + 1, top + 1, max(wide - 2, 1.5), _BAR - 2, Ink.CLAIMED)
    else:
        canvas.rect(x, top, wide, _BAR, Ink.PLAN_GATE if row.gate else Ink.PLAN)


def _text(canvas: Canvas, row: GanttRow, place: tuple[float, float], room: float, *, at_right: bool) -> None:
    """Write the name of a step and its days; ``place``: the baseline, where it starts or else ends."""
    taken = width(f" {row.days}", 14)
    runs = (Run(shorten(row.label, room - taken, 14) + " "), Run(str(row.days), ink=Ink.MUTED))
    canvas.text(*place, runs, 14, anchor="start" if at_right else "end", cased=True)


def _reached(canvas: Canvas, reached: str, x: float, top: float) -> float:
    """Draw the line on which a stage is reached, with a flag at the end of its quarter; return the next row's top."""
    line = top + 2.5
    canvas.line([(0, line), (canvas.width, line)], Ink.RULE)
    x = min(max(x, 7.0), canvas.width - 7.0)
    canvas.polygon([(x - 7, line - 7), (x + 7, line - 7), (x, line)], Ink.FLAG)
    left, room = (0.0, x - 16) if width(reached, 15, 700) <= x - 16 else (x + 14, canvas.width - x - 14)
    if room < x - 16:
        left, room = 0.0, x - 16
    canvas.text(left, line - 6, shorten(reached, room, 15, 700), 15, 700, cased=True)
    return top + _LINE_ROOM
