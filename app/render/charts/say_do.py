"""The two bars on a myth card: say hollow, do solid."""

from app.domain.report.figures import SayDo
from app.render.charts.canvas import Canvas
from app.render.charts.drawing import Run
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, width

_WIDE, _HIGH = 860, 118
_ZERO = 280
_UNIT = 5.2  # one point


def draw_say_do(chart: SayDo) -> Canvas:
    """Draw both bars from 0 to 100; None says so in words. 860 by 118."""
    canvas = Canvas(_WIDE, _HIGH)
    for points in range(0, 101, 25):
        x = _ZERO + _UNIT * points
        canvas.line([(x, 8), (x, 92)], Ink.AXIS)
        canvas.text(x, 112, str(points), 14, ink=Ink.MUTED, anchor="middle")
    for points_said, label, middle in ((chart.say, chart.say_label, 28), (chart.do, chart.do_label, 70)):
        _label(canvas, label, middle + 5)
        if points_said is None:
            canvas.text(_ZERO + 10, middle + 5, shorten(chart.absent, 480, 16), 16, ink=Ink.MUTED, cased=True)
            continue
        end = _UNIT * min(max(points_said, 0.0), 100.0)
        if middle == 28:
            canvas.rect(_ZERO + 1, middle - 9, max(end - 2, 0.5), 18, Ink.CLAIMED)
        elif end > 0:
            canvas.rect(_ZERO, middle - 10, end, 20, Ink.SUPPORTED)
        canvas.text(_ZERO + end + 10, middle + 7, f"{points_said:.0f}", 20, 700, cased=True)
    return canvas


def _label(canvas: Canvas, label: tuple[str, str], y: float) -> None:
    strong = shorten(label[0], _ZERO - 12, 16, 600)
    rest = shorten(label[1], _ZERO - 12 - width(strong + " ", 16, 600), 16)
    canvas.text(0, y, (Run(strong, 600), Run(f" {rest}")), 16)
