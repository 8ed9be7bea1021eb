"""Vote distributions, one row a question.

Bars count votes by level, the median is a standing line, the agreed level a thick line under its column, and family
medians are marks below the axis.
"""

from collections.abc import Iterable

from app.domain.report.figures import FamilyMark, Strip, StripChart
from app.render.charts.canvas import Canvas
from app.render.charts.ink import Ink
from app.render.charts.lettering import shorten, wrap

_WIDE = 860
_PITCH = 70
_HEAD = 24
_FIRST = 276  # middle of the column of level 0
_STEP = 92
_BAR = 52
_TALLEST = 38
_VOTE = 7  # pixels a vote, while the tallest fits
_NAME_ROOM = 214
_ASIDE = ((752, "?"), (816, "n/a"))


def draw_strips(chart: StripChart) -> Canvas:
    """Draw 70 pixels a question; one scale for all, so that rows can be compared."""
    canvas = Canvas(_WIDE, _HEAD + _PITCH * len(chart.strips))
    for level in range(5):
        canvas.text(_FIRST + _STEP * level, 16, str(level), 14, ink=Ink.MUTED, anchor="middle")
    aside = [any(strip.dk for strip in chart.strips), any(strip.na for strip in chart.strips)]
    for shown, (x, head) in zip(aside, _ASIDE, strict=True):
        if shown:
            canvas.text(x, 16, head, 14, ink=Ink.MUTED, anchor="middle")
    tallest = max((max(strip.counts) for strip in chart.strips), default=0)
    unit = min(_VOTE, _TALLEST / tallest) if tallest > 0 else _VOTE
    for row, strip in enumerate(chart.strips):
        base = _HEAD + _PITCH * row + 40.5
        _votes(canvas, strip, base, unit)
        _marks(canvas, strip.families, base + 13.5)
        _words(canvas, strip, base)
        for shown, count, (x, _) in zip(aside, (strip.dk, strip.na), _ASIDE, strict=True):
            if shown:
                canvas.text(x, base - 8, str(count), 16, ink=Ink.TEXT if count else Ink.MUTED, anchor="middle")
    return canvas


def _votes(canvas: Canvas, strip: Strip, base: float, unit: float) -> None:
    for level, count in enumerate(strip.counts):
        if count:
            canvas.rect(_FIRST + _STEP * level - _BAR / 2, base - 0.5 - unit * count, _BAR, unit * count, Ink.VOTES)
    canvas.line([(230, base), (690, base)], Ink.AXIS_STRONG)
    if strip.median is not None:
        x = _FIRST + _STEP * strip.median
        canvas.line([(x, base - 38.5), (x, base - 0.5)], Ink.CASE)
        canvas.line([(x, base - 38.5), (x, base - 0.5)], Ink.RULE)
    if strip.agreed is not None:
        x = _FIRST + _STEP * strip.agreed
        canvas.rect(x - _BAR / 2, base - 0.5, _BAR, 4, Ink.FLAG)


def _marks(canvas: Canvas, families: tuple[FamilyMark, ...], y: float) -> None:
    """Draw the marks; those that would lie on each other stand side by side around their common place."""
    for x, mark in _spread(families):
        if mark.family == "builders":
            canvas.circle(x, y, 6, Ink.BUILDERS)
        elif mark.family == "runners":
            canvas.rect(x - 5.5, y - 5.5, 11, 11, Ink.RUNNERS)
        elif mark.family == "deciders":
            canvas.polygon([(x, y - 6.5), (x + 7, y + 5.5), (x - 7, y + 5.5)], Ink.DECIDERS)
        else:
            canvas.polygon([(x, y - 7.5), (x + 7.5, y), (x, y + 7.5), (x - 7.5, y)], Ink.OTHERS)


def _spread(families: tuple[FamilyMark, ...]) -> Iterable[tuple[float, FamilyMark]]:
    medians = sorted({mark.median for mark in families})
    for median in medians:
        same = [mark for mark in families if mark.median == median]
        for place, mark in enumerate(same):
            yield _FIRST + _STEP * median + 18 * (place - (len(same) - 1) / 2), mark


def _words(canvas: Canvas, strip: Strip, base: float) -> None:
    names = wrap(strip.name, _NAME_ROOM, 16, 600, lines=2)
    first = base - 15.5 - 8 * (len(names) - 1)
    for line, name in enumerate(names):
        canvas.text(0, first + 18 * line, name, 16, 600)
    note = strip.note or ("contested" if strip.contested else "")
    fitting = shorten(note, _NAME_ROOM, 14, 600)
    below = first + 18 * (len(names) - 1) + 20
    canvas.text(0, below, fitting, 14, 600 if strip.contested else 400, ink=Ink.TEXT if strip.contested else Ink.MUTED)
