"""The 2x2 of the myths: what you do (x) against what you say (y), six named cells, each point labelled.

On a phone the points carry numbers, and the names stand in a list below.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.report.figures import MythPlane, MythPoint
from app.domain.sheet import Cell
from app.render.charts.canvas import NARROW, WIDE, Anchor, Canvas
from app.render.charts.ink import Ink
from app.render.charts.lettering import Weight, shorten, width, wrap
from app.render.charts.placing import Box, Ground, Wanted, place_labels


@dataclass(frozen=True, slots=True)
class _Fit:
    """The measures of one form; ``corner``: size, lines and inset of a cell's name, and the height it needs."""

    wide: int
    high: int
    frame: Box
    size: float
    corner: tuple[float, int, int, int]
    numbered: bool

    def x(self, do: float) -> float:
        """Return where this many points of doing lie."""
        return self.frame.left + (self.frame.right - self.frame.left) * min(max(do, 0.0), 100.0) / 100

    def y(self, say: float) -> float:
        """Return where this many points of saying lie."""
        return self.frame.bottom - (self.frame.bottom - self.frame.top) * min(max(say, 0.0), 100.0) / 100


#: A point and what stands at it: its name, or its number in the list.
_Named = tuple[MythPoint, str]

_OPEN = _Fit(WIDE, 600, Box(56, 30, 816, 550), 15.0, (18, 1, 14, 60), numbered=False)
_CLOSE = _Fit(NARROW, 392, Box(30, 28, 322, 340), 14.0, (14, 2, 4, 90), numbered=True)
_TICKS = (0, 25, 50, 75, 100)
_LABEL_ROOM = 230.0
_LETTERS = 15.5  # height of a label, from its tallest letter to its deepest
_ASIDE = 26  # from the foot of the plane to the strip of the points without opinions
_LANE = 23
_ROW = 22  # of the list
_CORNER = 40.0  # a cell narrower than this has its name on one line

_DOTS: dict[Cell, Ink] = {
    "debunked": Ink.DOT_DEBUNKED,
    "in-transition": Ink.DOT_IN_TRANSITION,
    "said-not-done": Ink.DOT_SAID,
    "done-not-believed": Ink.DOT_DONE,
    "contested": Ink.DOT_CONTESTED,
    "believed": Ink.DOT_BELIEVED,
    "behaviour-only": Ink.DOT_OPEN,
    "not-enough-evidence": Ink.DOT_OPEN,
}
_NAMES: dict[Cell, Ink] = {
    "debunked": Ink.DEBUNKED,
    "in-transition": Ink.IN_TRANSITION,
    "said-not-done": Ink.SAID,
    "done-not-believed": Ink.DONE,
    "believed": Ink.BELIEVED,
}
_ROWS: tuple[tuple[Cell, Cell, Cell], ...] = (
    ("said-not-done", "in-transition", "debunked"),
    ("believed", "contested", "done-not-believed"),
)


def draw_plane(chart: MythPlane, *, narrow: bool = False) -> Canvas:
    """Draw the plane, 860 by 600; points without opinions lie on a strip below it, which adds to the height."""
    fit = _CLOSE if narrow else _OPEN
    shown, aside = _named(chart, fit)
    lanes = _lanes(aside, fit)
    plane_high = fit.high + _ASIDE + 24 + _LANE * len(lanes) + 8 if lanes else fit.high
    listed = [*shown, *aside] if fit.numbered else []
    canvas = Canvas(fit.wide, plane_high + (_ROW * len(listed) + 12 if listed else 0))
    _axes(canvas, chart, fit)
    corners = _corners(canvas, chart, fit)
    _points(canvas, chart, shown, corners, fit)
    if lanes:
        _strip(canvas, chart.words.aside, lanes, fit)
    for row, (point, number) in enumerate(listed):
        _entry(canvas, point, number, plane_high + 12 + _ROW * (row + 0.5), fit)
    return canvas


def _named(chart: MythPlane, fit: _Fit) -> tuple[list[_Named], list[_Named]]:
    """Return the points on the plane and those beside it; numbered from the top down, as one looks for them."""
    shown = [point for point in chart.points if point.say is not None]
    aside = sorted((point for point in chart.points if point.say is None), key=lambda point: (point.do, point.label))
    if fit.numbered:
        shown.sort(key=lambda point: (-(point.say or 0.0), point.do, point.label))
        named = [(point, str(number)) for number, point in enumerate([*shown, *aside], start=1)]
    else:
        named = [(point, shorten(point.label, _LABEL_ROOM, fit.size, _weight(point))) for point in [*shown, *aside]]
    return named[: len(shown)], named[len(shown) :]


def _entry(canvas: Canvas, point: MythPoint, number: str, middle: float, fit: _Fit) -> None:
    """Write a line of the list."""
    canvas.circle(8, middle, 6, _DOTS[point.cell])
    canvas.text(38, middle + 5, number, fit.size, _weight(point), anchor="end")
    label = shorten(point.label, fit.wide - 48, fit.size + 1, _weight(point))
    canvas.text(48, middle + 5, label, fit.size + 1, _weight(point))


def _axes(canvas: Canvas, chart: MythPlane, fit: _Fit) -> None:
    left, top, right, bottom = fit.frame
    for cut in (chart.do_low, chart.do_high):
        canvas.line([(fit.x(cut), top), (fit.x(cut), bottom)], Ink.TARGET)
    canvas.line([(left, top), (left, bottom)], Ink.AXIS_STRONG)
    canvas.line([(left, bottom), (right, bottom)], Ink.AXIS_STRONG)
    canvas.line([(right, top), (right, bottom)], Ink.AXIS)
    canvas.line([(left, top), (right, top)], Ink.AXIS)
    canvas.line([(left, fit.y(chart.say_split)), (right, fit.y(chart.say_split))], Ink.FLOOR)
    for tick in _TICKS:
        at = min(fit.x(tick), fit.wide - width(str(tick), 14) / 2)
        canvas.text(at, bottom + 20, str(tick), 14, ink=Ink.MUTED, anchor="middle")
        canvas.text(left - (6 if fit.numbered else 10), fit.y(tick) + 5, str(tick), 14, ink=Ink.MUTED, anchor="end")
    do_axis = shorten(chart.words.do_axis, right, fit.size, 600)
    canvas.text(right, fit.high - 6, do_axis, fit.size, 600, anchor="end")
    canvas.text(0, 14, shorten(chart.words.say_axis, fit.wide, fit.size, 600), fit.size, 600)


def _corners(canvas: Canvas, chart: MythPlane, fit: _Fit) -> list[Box]:
    """Name the six cells and count their myths; return the room this takes."""
    names = dict(chart.words.cells)
    edges = (fit.frame.left, fit.x(chart.do_low), fit.x(chart.do_high), fit.frame.right)
    split = fit.y(chart.say_split)
    found: list[Box] = []
    size, most, inset, needed = fit.corner
    for row, cells in enumerate(_ROWS):
        room_down = split - fit.frame.top if row == 0 else fit.frame.bottom - split
        if room_down < needed:
            continue
        for place, cell in enumerate(cells):
            at_end = place == len(cells) - 1
            anchor: Anchor = "end" if at_end else "start"
            x = edges[3] - inset if at_end else edges[place] + inset
            room = edges[place + 1] - edges[place] - 2 * inset
            count = sum(point.cell == cell and point.say is not None for point in chart.points)
            lines = wrap(names.get(cell, ""), room, size, 700, lines=most if room > _CORNER else 1)
            line = shorten(_count(chart, cell, count, fit), room, 14)
            above = 18 * max(len(lines) - 1, 0)
            base = fit.frame.top + size + 8 + above if row == 0 else fit.frame.bottom - (34 if most == 1 else 26)
            for up, name in enumerate(reversed(lines)):
                ink = _NAMES.get(cell, Ink.MUTED)
                canvas.text(x, base - 18 * up, name, size, 700, ink=ink, anchor=anchor)
            canvas.text(x, base + 20, line, 14, ink=Ink.MUTED, anchor=anchor)
            wide = max([width(line, 14), *(width(name, size, 700) for name in lines)]) + 8
            left = x - wide if at_end else x - 4
            found.append(Box(left, base - 18 - above, left + wide + 4, base + 26))
    return found


def _count(chart: MythPlane, cell: Cell, count: int, fit: _Fit) -> str:
    none, one, many = chart.words.count
    if count == 0:
        cut = f"{chart.do_high:.2f}".rstrip("0").rstrip(".")
        return chart.words.not_yet.format(cut) if cell == "debunked" and not fit.numbered else none
    return one if count == 1 else many.format(count)


def _points(canvas: Canvas, chart: MythPlane, named: Sequence[_Named], corners: list[Box], fit: _Fit) -> None:
    shown = [(point, (fit.x(point.do), fit.y(point.say or 0.0)), label) for point, label in named]
    wanted = [
        Wanted(at, width(label, fit.size, _weight(point)), _LETTERS, point.in_focus) for point, at, label in shown
    ]
    left, top, right, bottom = fit.frame
    cuts = [Box(fit.x(cut) - 1, top, fit.x(cut) + 1, bottom) for cut in (chart.do_low, chart.do_high)]
    split = fit.y(chart.say_split)
    lines = (*cuts, Box(left, split - 1, right, split + 1))
    ground = Ground(Box(left + 2, top + 3, right - 2, bottom - 3), tuple(corners), lines)
    places = place_labels(wanted, ground)
    for (_, at, _), place in zip(shown, places, strict=True):
        if place is not None:
            canvas.line([at, place.leader], Ink.LEADER)
    for (point, _, label), place in zip(shown, places, strict=True):
        if place is not None:
            canvas.text(place.x, place.y, label, fit.size, _weight(point), anchor=place.anchor, cased=True)
    for point, at, _ in shown:
        canvas.circle(*at, 7, _DOTS[point.cell])


def _weight(point: MythPoint) -> Weight:
    return 700 if point.in_focus else 400


def _lanes(named: Sequence[_Named], fit: _Fit) -> list[list[tuple[MythPoint, str, bool]]]:
    """Lay the points on as few lanes as their labels need; each entry says whether its label stands to the left."""
    lanes: list[list[tuple[MythPoint, str, bool]]] = []
    spans: list[list[tuple[float, float]]] = []
    for point, label in named:
        x = fit.x(point.do)
        taken = 14 + width(label, fit.size, _weight(point))
        left = x + taken > fit.frame.right
        span = (x - taken - 12, x + 20) if left else (x - 20, x + taken + 12)
        free = (at for at, used in enumerate(spans) if all(span[1] < a or b < span[0] for a, b in used))
        place = next(free, len(spans))
        if place == len(spans):
            spans.append([])
            lanes.append([])
        spans[place].append(span)
        lanes[place].append((point, label, left))
    return lanes


def _strip(canvas: Canvas, title: str, lanes: list[list[tuple[MythPoint, str, bool]]], fit: _Fit) -> None:
    start = fit.high + _ASIDE
    left, room = (0.0, float(fit.wide)) if fit.numbered else (fit.frame.left, fit.frame.right - fit.frame.left)
    lines = wrap(title, room, 14, lines=2 if fit.numbered else 1)
    for up, line in enumerate(reversed(lines)):
        canvas.text(left, start + 12 - 18 * up, line, 14, ink=Ink.MUTED)
    top, bottom = start + 22, start + 24 + _LANE * len(lanes)
    for tick in _TICKS:
        canvas.line([(fit.x(tick), top), (fit.x(tick), bottom)], Ink.AXIS)
    for place, lane in enumerate(lanes):
        y = top + _LANE * (place + 0.5) + 1
        for point, label, at_left in lane:
            x = fit.x(point.do) + (-14 if at_left else 14)
            anchor: Anchor = "end" if at_left else "start"
            canvas.text(x, y + 5, label, fit.size, _weight(point), anchor=anchor, cased=True)
            canvas.circle(fit.x(point.do), y, 7, _DOTS[point.cell])
