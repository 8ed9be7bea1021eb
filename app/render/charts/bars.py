"""Dimension bars: supported solid, claimed hollow, unknown hatched, plausible range as a pale band behind."""

from dataclasses import dataclass, replace

from app.domain.report.figures import Bar, BarsChart
from app.render.charts.canvas import NARROW, WIDE, Canvas
from app.render.charts.ink import Ink
from app.render.charts.lettering import Weight, shorten, width, wrap


@dataclass(frozen=True, slots=True)
class _Fit:
    """The measures of one form.

    ``zero``: x of level 0, ``unit``: one level, ``first``: middle of the first bar, ``top``: where the grid starts,
    ``starts``: where the lines of floor and target start, each under its label, ``band``: beyond a bar of ``high``,
    ``above``: names stand above the bars.
    """

    wide: int
    zero: int
    unit: float
    pitch: int
    first: int
    top: int
    starts: tuple[int, int]
    high: int
    band: int
    above: bool

    def x(self, level: float) -> float:
        """Return where a level lies."""
        return self.zero + self.unit * min(max(level, 0.0), 4.0)


_BESIDE = _Fit(WIDE, zero=190, unit=164, pitch=50, first=52, top=28, starts=(22, 22), high=20, band=6, above=False)
_ABOVE = _Fit(NARROW, zero=1, unit=80.75, pitch=70, first=74, top=42, starts=(18, 36), high=18, band=4, above=True)
_BARE = replace(_ABOVE, first=36, top=4)  # without floor and target
_LINE = 18  # of the labels over the chart
_NAME_END = 124
_FIGURE_END = 172


def draw_bars(chart: BarsChart, *, narrow: bool = False) -> Canvas:
    """Draw one row a dimension, 860 wide, 58 and 50 a row high; narrow with its name above the bar, 70 a row."""
    bare = chart.floor is None and chart.target is None
    fit = _BESIDE if not narrow else _BARE if bare else _ABOVE
    bottom = fit.first + fit.pitch * len(chart.bars) - (fit.pitch - 30)
    canvas = Canvas(fit.wide, bottom + 26)
    for level in range(5):
        x = fit.x(level)
        canvas.line([(x, fit.top), (x, bottom)], Ink.AXIS)
        canvas.text(max(x, 4.0), bottom + 20, str(level), 14, ink=Ink.MUTED, anchor="middle")
    if narrow:
        _stacked(canvas, chart, fit)
    else:
        _head(canvas, chart, fit)
    if chart.target is not None:
        canvas.line([(fit.x(chart.target), fit.starts[1]), (fit.x(chart.target), bottom)], Ink.TARGET)
    lines = sorted(fit.x(level) for level in (chart.floor, chart.target) if level is not None)
    for row, bar in enumerate(chart.bars):
        _bar(canvas, bar, fit, fit.first + fit.pitch * row, lines)
    if chart.floor is not None:
        canvas.line([(fit.x(chart.floor), fit.starts[0]), (fit.x(chart.floor), bottom)], Ink.FLOOR)
    return canvas


def _head(canvas: Canvas, chart: BarsChart, fit: _Fit) -> None:
    """Write floor and target above their lines; where they would meet, one ends and the other starts at its line."""
    floor, target = chart.floor, chart.target
    if floor is None or target is None:
        for level, label in ((floor, chart.floor_label), (target, chart.target_label)):
            if level is not None:
                _over(canvas, fit.x(level), label, strong=level is floor)
        return
    half = (width(chart.floor_label, 14, 600) + width(chart.target_label, 14)) / 2
    if abs(fit.x(floor) - fit.x(target)) >= half + 16:
        _over(canvas, fit.x(floor), chart.floor_label, strong=True)
        _over(canvas, fit.x(target), chart.target_label, strong=False)
        return
    gap = max(0.0, 12 - abs(fit.x(floor) - fit.x(target)))
    first, second = (chart.floor_label, True), (chart.target_label, False)
    left, right = sorted((fit.x(floor), fit.x(target)))
    if floor > target:
        first, second = second, first
    _side(canvas, left - gap / 2, first, end=True)
    _side(canvas, right + gap / 2, second, end=False)


def _stacked(canvas: Canvas, chart: BarsChart, fit: _Fit) -> None:
    """Write floor over target, each at its line, the target beside the line of the floor that passes it."""
    if chart.floor is not None:
        _over(canvas, fit.x(chart.floor), chart.floor_label, strong=True)
    if chart.target is None:
        return
    x = fit.x(chart.target)
    half = width(chart.target_label, 14) / 2
    left, right = min(max(x - half, 0.0), fit.wide - 2 * half), max(min(x + half, fit.wide), 2 * half)
    line = None if chart.floor is None else fit.x(chart.floor)
    if line is None or not left - 6 < line < right + 6:
        _over(canvas, x, chart.target_label, strong=False, y=14 + _LINE)
    elif (line >= x and line > fit.wide / 2) or line - 6 >= 2 * half:
        _side(canvas, line - 6, (chart.target_label, False), end=True, y=14 + _LINE)
    else:
        _side(canvas, line + 6, (chart.target_label, False), end=False, y=14 + _LINE)


def _side(canvas: Canvas, x: float, label: tuple[str, bool], *, end: bool, y: float = 14) -> None:
    words, strong = label
    weight: Weight = 600 if strong else 400
    fitting = shorten(words, x if end else canvas.width - x, 14, weight)
    ink = Ink.TEXT if strong else Ink.MUTED
    canvas.text(x, y, fitting, 14, weight, ink=ink, anchor="end" if end else "start")


def _over(canvas: Canvas, x: float, label: str, *, strong: bool, y: float = 14) -> None:
    weight: Weight = 600 if strong else 400
    fitting = shorten(label, canvas.width, 14, weight)
    half = width(fitting, 14, weight) / 2
    middle = min(max(x, half), canvas.width - half)
    ink = Ink.TEXT if strong else Ink.MUTED
    canvas.text(middle, y, fitting, 14, weight, ink=ink, anchor="middle")


def _bar(canvas: Canvas, bar: Bar, fit: _Fit, middle: float, lines: list[float]) -> None:
    if fit.above:
        canvas.text(fit.wide, middle - 18, shorten(bar.label, 44, 18, 700), 18, 700, anchor="end", cased=True)
        canvas.text(0, middle - 18, shorten(bar.name, fit.wide - 56, 15, 600), 15, 600, cased=True)
    else:
        _beside(canvas, bar, middle)
    end = float(fit.zero)
    if bar.supported is not None:
        end = _pieces(canvas, bar, bar.supported, fit, middle)
    _note(canvas, bar.note, fit, (end, middle), lines)


def _beside(canvas: Canvas, bar: Bar, middle: float) -> None:
    """Write name and figure left of the bar."""
    if width(bar.name, 18, 600) <= _NAME_END:
        canvas.text(0, middle + 6, bar.name, 18, 600)
    else:
        names = wrap(bar.name, _NAME_END, 15, 600, lines=2)
        for line, name in enumerate(names):
            canvas.text(0, middle + 5 + 17 * line - 8.5 * (len(names) - 1), name, 15, 600)
    canvas.text(_FIGURE_END, middle + 7, shorten(bar.label, 44, 22, 700), 22, 700, anchor="end")


def _pieces(canvas: Canvas, bar: Bar, supported: float, fit: _Fit, middle: float) -> float:
    """Draw band, bar, hatch and outline; return where they end."""
    claimed = max(bar.claimed if bar.claimed is not None else supported, supported)
    high = max(bar.high if bar.high is not None else supported, claimed)
    bounds = (bar.low, bar.high) if bar.low is not None and bar.high is not None else None
    band = bar.band or bounds
    if band is not None and band[0] < band[1]:
        thick = fit.high + 2 * fit.band
        canvas.rect(fit.x(band[0]), middle - thick / 2, fit.x(band[1]) - fit.x(band[0]), thick, Ink.RANGE)
    top = middle - fit.high / 2
    if supported > 0:
        canvas.rect(fit.zero, top, fit.x(supported) - fit.zero, fit.high, Ink.SUPPORTED)
    if high > claimed:
        canvas.rect(fit.x(claimed), top, fit.x(high) - fit.x(claimed), fit.high, Ink.HATCH)
        canvas.rect(fit.x(claimed), top + 0.5, fit.x(high) - fit.x(claimed), fit.high - 1, Ink.UNKNOWN_EDGE)
    if claimed > supported:
        canvas.rect(fit.x(supported), top + 1, fit.x(claimed) - fit.x(supported) - 1, fit.high - 2, Ink.CLAIMED)
    return max(fit.x(high), fit.x(band[1]) if band is not None else 0.0)


def _note(canvas: Canvas, note: str, fit: _Fit, place: tuple[float, float], lines: list[float]) -> None:
    """Write the note after the bar, past a line it would touch; under the bar where there is no room."""
    end, middle = place
    wide = width(note, 14)
    start = end + 12
    for line in lines:
        if start - 8 < line < start + wide + 8:
            start = line + 12
    if start + wide <= fit.wide:
        canvas.text(start, middle + 5, note, 14, ink=Ink.MUTED, cased=True)
        return
    fitting = shorten(note, fit.x(4) - fit.zero, 14)
    canvas.text(fit.x(4), middle + 29, fitting, 14, ink=Ink.MUTED, anchor="end", cased=True)
