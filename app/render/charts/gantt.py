"""The roadmap by quarter: one staircase row a step, length in days over capacity, in order of work."""

from app.domain.report.figures import GanttChart, GanttColumn, GanttRow
from app.render.charts.canvas import Canvas
from app.render.charts.drawing import Run
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, width

_WIDE = 860
_HEAD = 72
_PITCH = 21
_BAR = 12
_BETWEEN = 10  # more room between quarters
_LINE_ROOM = 24  # for the line that says a stage is reached
_EMPTY = 28


def draw_gantt(chart: GanttChart) -> Canvas:
    """Draw one column a quarter and 21 pixels a step."""
    high = _height(chart)
    canvas = Canvas(_WIDE, high)
    across = _WIDE / max(len(chart.columns), 1)
    for place in range(len(chart.columns) + 1):
        x = min(across * place + 0.5, _WIDE - 0.5)
        canvas.line([(x, 0), (x, high)], Ink.AXIS)
    canvas.line([(0, _HEAD), (_WIDE, _HEAD)], Ink.RULE)
    top: float = _HEAD + 10.5
    for place, column in enumerate(chart.columns):
        left = across * place
        _head(canvas, column, left, across)
        longest = max([chart.capacity, 1, *(row.start + row.days for row in column.rows)])
        unit = (across - 0.5) / longest
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
    stage = shorten(column.stage_line, room, 14, 600)
    strong = bool(column.reached)
    canvas.text(left + 10, 58, stage, 14, 600 if strong else 400, ink=Ink.TEXT if strong else Ink.MUTED)


def _row(canvas: Canvas, row: GanttRow, x: float, top: float, wide: float, *, last: bool) -> None:
    """Draw a bar and its label: right of it, left in the last quarter or where there is more room."""
    if row.show:
        canvas.rect(x + 1, top + 1, max(wide - 2, 1.5), _BAR - 2, Ink.CLAIMED)
    else:
        canvas.rect(x, top, wide, _BAR, Ink.PLAN_GATE if row.gate else Ink.PLAN)
    days = str(row.days)
    right = x + wide + 8
    taken = width(f" {days}", 14)
    label = row.label
    at_right = not last and right + width(label, 14) + taken <= _WIDE - 2
    room = _WIDE - 2 - right if at_right else x - 8
    if not at_right and room < width(label, 14) + taken and _WIDE - 2 - right > room:
        at_right, room = True, _WIDE - 2 - right
    runs = (Run(shorten(label, room - taken, 14) + " "), Run(days, ink=Ink.MUTED))
    canvas.text(right if at_right else x - 8, top + 11, runs, 14, anchor="start" if at_right else "end", cased=True)


def _reached(canvas: Canvas, reached: str, x: float, top: float) -> float:
    """Draw the line on which a stage is reached, with a flag at the end of its quarter; return the next row's top."""
    line = top + 2.5
    canvas.line([(0, line), (_WIDE, line)], Ink.RULE)
    x = min(max(x, 7.0), _WIDE - 7.0)
    canvas.polygon([(x - 7, line - 7), (x + 7, line - 7), (x, line)], Ink.FLAG)
    left, room = (0.0, x - 16) if width(reached, 15, 700) <= x - 16 else (x + 14, _WIDE - x - 14)
    if room < x - 16:
        left, room = 0.0, x - 16
    canvas.text(left, line - 6, shorten(reached, room, 15, 700), 15, 700, cased=True)
    return top + _LINE_ROOM
