"""The stage ladder: filled to the stage, the next one dashed."""

from app.domain.report.figures import LadderChart
from app.render.charts.canvas import Canvas
from app.render.charts.ink import Ink
from app.render.charts.lettering import Weight, shorten

_WIDE = 240
_PITCH = 41
_X = 14
_STOPS = {"reached": Ink.STOP_ON, "current": Ink.STOP_ON, "next": Ink.STOP_NEXT, "later": Ink.STOP}


def draw_ladder(chart: LadderChart) -> Canvas:
    """Draw the stages, top first; 240 by 192 for five."""
    last = _X + _PITCH * (len(chart.steps) - 1)
    canvas = Canvas(_WIDE, max(last + 14, 28))
    if not chart.steps:
        return canvas
    canvas.line([(_X, _X), (_X, last)], Ink.AXIS_STRONG)
    filled = [place for place, step in enumerate(chart.steps) if step.state in {"reached", "current"}]
    if len(filled) > 1:
        top, bottom = _X + _PITCH * filled[0], _X + _PITCH * filled[-1]
        canvas.rect(_X - 2.5, top, 5, bottom - top, Ink.SUPPORTED)
    for place, step in enumerate(chart.steps):
        y = _X + _PITCH * place
        canvas.circle(_X, y, 8, _STOPS[step.state])
        quiet = step.state in {"reached", "later"}
        weight: Weight = 700 if step.state == "current" else 400
        label = shorten(step.label, _WIDE - 36, 17, weight)
        canvas.text(36, y + 6, label, 17, weight, ink=Ink.MUTED if quiet else Ink.TEXT)
    return canvas
