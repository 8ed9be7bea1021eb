"""The two bars on a myth card: say hollow, do solid."""

from dataclasses import dataclass

from app.domain.report.figures import SayDo
from app.render.charts.canvas import NARROW, WIDE, Canvas
from app.render.charts.drawing import Run
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, width


@dataclass(frozen=True, slots=True)
class _Fit:
    """The measures of one form. ``unit``: one point; ``label``: room, size and height over the bar's middle."""

    wide: int
    high: int
    zero: int
    unit: float
    top: int
    middles: tuple[int, int]
    label: tuple[int, float, int]
    figure: int


_BESIDE = _Fit(WIDE, 118, zero=280, unit=5.2, top=8, middles=(28, 70), label=(268, 16, -5), figure=20)
_ABOVE = _Fit(NARROW, 128, zero=1, unit=2.8, top=20, middles=(34, 82), label=(NARROW, 15, 18), figure=18)


def draw_say_do(chart: SayDo, *, narrow: bool = False) -> Canvas:
    """Draw both bars from 0 to 100; None says so in words. 860 by 118; narrow with labels above, 328 by 128."""
    fit = _ABOVE if narrow else _BESIDE
    canvas = Canvas(fit.wide, fit.high)
    for points in range(0, 101, 25):
        x = fit.zero + fit.unit * points
        canvas.line([(x, fit.top), (x, fit.high - 26)], Ink.AXIS)
        canvas.text(max(x, 4.0), fit.high - 6, str(points), 14, ink=Ink.MUTED, anchor="middle")
    pairs = ((chart.say, chart.say_label), (chart.do, chart.do_label))
    for middle, (points_said, label) in zip(fit.middles, pairs, strict=True):
        _label(canvas, label, middle, fit)
        if points_said is None:
            room = fit.wide - fit.zero - 100 if not narrow else fit.wide - fit.zero - 10
            canvas.text(fit.zero + 10, middle + 5, shorten(chart.absent, room, 16), 16, ink=Ink.MUTED, cased=True)
            continue
        end = fit.unit * min(max(points_said, 0.0), 100.0)
        if middle == fit.middles[0]:
            canvas.rect(fit.zero + 1, middle - 9, max(end - 2, 0.5), 18, Ink.CLAIMED)
        elif end > 0:
            canvas.rect(fit.zero, middle - 10, end, 20, Ink.SUPPORTED)
        canvas.text(fit.zero + end + 10, middle + 7, f"{points_said:.0f}", fit.figure, 700, cased=True)
    return canvas


def _label(canvas: Canvas, label: tuple[str, str], middle: float, fit: _Fit) -> None:
    room, size, over = fit.label
    strong = shorten(label[0], room, size, 600)
    rest = shorten(label[1], room - width(strong + " ", size, 600), size)
    canvas.text(0, middle - over, (Run(strong, 600), Run(f" {rest}")), size, cased=over > 0)
