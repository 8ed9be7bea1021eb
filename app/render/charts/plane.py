"""The 2x2 of the myths: what you do (x) against what you say (y), six named cells, each point labelled."""

from app.domain.report.figures import MythPlane, MythPoint
from app.domain.sheet import Cell
from app.render.charts.canvas import Anchor, Canvas, Point
from app.render.charts.ink import Ink
from app.render.charts.lettering import Weight, shorten, width
from app.render.charts.placing import Box, Ground, Wanted, place_labels

_WIDE, _HIGH = 860, 600
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 816, 30, 550
_TICKS = (0, 25, 50, 75, 100)
_SIZE = 15.0
_LABEL_ROOM = 230.0
_LETTERS = 15.5  # height of a label, from its tallest letter to its deepest
_INSET = 14
_CORNER = 60  # a cell less high than this goes without its name
_ASIDE = 626  # where the strip of the points without opinions starts
_LANE = 23

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


def draw_plane(chart: MythPlane) -> Canvas:
    """Draw the plane, 860 by 600; points without opinions lie on a strip below it, which adds to the height."""
    aside = sorted((point for point in chart.points if point.say is None), key=lambda point: (point.do, point.label))
    lanes = _lanes(aside)
    canvas = Canvas(_WIDE, _ASIDE + 24 + _LANE * len(lanes) + 8 if lanes else _HIGH)
    _axes(canvas, chart)
    corners = _corners(canvas, chart)
    _points(canvas, chart, corners)
    if lanes:
        _strip(canvas, chart.words.aside, lanes)
    return canvas


def _x(do: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(max(do, 0.0), 100.0) / 100


def _y(say: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * min(max(say, 0.0), 100.0) / 100


def _axes(canvas: Canvas, chart: MythPlane) -> None:
    for cut in (chart.do_low, chart.do_high):
        canvas.line([(_x(cut), _TOP), (_x(cut), _BOTTOM)], Ink.TARGET)
    canvas.line([(_LEFT, _TOP), (_LEFT, _BOTTOM)], Ink.AXIS_STRONG)
    canvas.line([(_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)], Ink.AXIS_STRONG)
    canvas.line([(_RIGHT, _TOP), (_RIGHT, _BOTTOM)], Ink.AXIS)
    canvas.line([(_LEFT, _TOP), (_RIGHT, _TOP)], Ink.AXIS)
    canvas.line([(_LEFT, _y(chart.say_split)), (_RIGHT, _y(chart.say_split))], Ink.FLOOR)
    for tick in _TICKS:
        canvas.text(_x(tick), _BOTTOM + 20, str(tick), 14, ink=Ink.MUTED, anchor="middle")
        canvas.text(_LEFT - 10, _y(tick) + 5, str(tick), 14, ink=Ink.MUTED, anchor="end")
    canvas.text(_RIGHT, _HIGH - 6, shorten(chart.words.do_axis, _RIGHT, _SIZE, 600), _SIZE, 600, anchor="end")
    canvas.text(0, 14, shorten(chart.words.say_axis, _WIDE, _SIZE, 600), _SIZE, 600)


def _corners(canvas: Canvas, chart: MythPlane) -> list[Box]:
    """Name the six cells and count their myths; return the room this takes."""
    names = dict(chart.words.cells)
    edges = (_LEFT, _x(chart.do_low), _x(chart.do_high), _RIGHT)
    split = _y(chart.say_split)
    found: list[Box] = []
    for row, cells in enumerate(_ROWS):
        room_down = split - _TOP if row == 0 else _BOTTOM - split
        if room_down < _CORNER:
            continue
        base = _TOP + 26 if row == 0 else _BOTTOM - 34
        for place, cell in enumerate(cells):
            at_end = place == len(cells) - 1
            anchor: Anchor = "end" if at_end else "start"
            x = edges[3] - _INSET if at_end else edges[place] + _INSET
            room = edges[place + 1] - edges[place] - 2 * _INSET
            count = sum(point.cell == cell and point.say is not None for point in chart.points)
            name = shorten(names.get(cell, ""), room, 18, 700)
            line = shorten(_count(chart, cell, count), room, 14)
            canvas.text(x, base, name, 18, 700, ink=_NAMES.get(cell, Ink.MUTED), anchor=anchor)
            canvas.text(x, base + 20, line, 14, ink=Ink.MUTED, anchor=anchor)
            wide = max(width(name, 18, 700), width(line, 14)) + 8
            left = x - wide if at_end else x - 4
            found.append(Box(left, base - 18, left + wide + 4, base + 26))
    return found


def _count(chart: MythPlane, cell: Cell, count: int) -> str:
    none, one, many = chart.words.count
    if count == 0:
        cut = f"{chart.do_high:.2f}".rstrip("0").rstrip(".")
        return chart.words.not_yet.format(cut) if cell == "debunked" else none
    return one if count == 1 else many.format(count)


def _points(canvas: Canvas, chart: MythPlane, corners: list[Box]) -> None:
    shown: list[tuple[MythPoint, Point, str]] = []
    for point in chart.points:
        if point.say is not None:
            label = shorten(point.label, _LABEL_ROOM, _SIZE, _weight(point))
            shown.append((point, (_x(point.do), _y(point.say)), label))
    wanted = [Wanted(at, width(label, _SIZE, _weight(point)), _LETTERS, point.in_focus) for point, at, label in shown]
    cuts = [Box(_x(cut) - 1, _TOP, _x(cut) + 1, _BOTTOM) for cut in (chart.do_low, chart.do_high)]
    split = _y(chart.say_split)
    lines = (*cuts, Box(_LEFT, split - 1, _RIGHT, split + 1))
    ground = Ground(Box(_LEFT + 2, _TOP + 3, _RIGHT - 2, _BOTTOM - 3), tuple(corners), lines)
    places = place_labels(wanted, ground)
    for (_, at, _), place in zip(shown, places, strict=True):
        if place is not None:
            canvas.line([at, place.leader], Ink.LEADER)
    for (point, _, label), place in zip(shown, places, strict=True):
        if place is not None:
            canvas.text(place.x, place.y, label, _SIZE, _weight(point), anchor=place.anchor, cased=True)
    for point, at, _ in shown:
        canvas.circle(*at, 7, _DOTS[point.cell])


def _weight(point: MythPoint) -> Weight:
    return 700 if point.in_focus else 400


def _lanes(points: list[MythPoint]) -> list[list[tuple[MythPoint, str, bool]]]:
    """Lay the points on as few lanes as their labels need; each entry says whether its label stands to the left."""
    lanes: list[list[tuple[MythPoint, str, bool]]] = []
    spans: list[list[tuple[float, float]]] = []
    for point in points:
        x = _x(point.do)
        label = shorten(point.label, _LABEL_ROOM, _SIZE, _weight(point))
        taken = 14 + width(label, _SIZE, _weight(point))
        left = x + taken > _RIGHT
        span = (x - taken - 12, x + 20) if left else (x - 20, x + taken + 12)
        free = (at for at, used in enumerate(spans) if all(span[1] < a or b < span[0] for a, b in used))
        place = next(free, len(spans))
        if place == len(spans):
            spans.append([])
            lanes.append([])
        spans[place].append(span)
        lanes[place].append((point, label, left))
    return lanes


def _strip(canvas: Canvas, title: str, lanes: list[list[tuple[MythPoint, str, bool]]]) -> None:
    canvas.text(_LEFT, _ASIDE + 12, shorten(title, _RIGHT - _LEFT, 14), 14, ink=Ink.MUTED)
    top, bottom = _ASIDE + 22, _ASIDE + 24 + _LANE * len(lanes)
    for tick in _TICKS:
        canvas.line([(_x(tick), top), (_x(tick), bottom)], Ink.AXIS)
    for place, lane in enumerate(lanes):
        y = top + _LANE * (place + 0.5) + 1
        for point, label, left in lane:
            x = _x(point.do) + (-14 if left else 14)
            anchor: Anchor = "end" if left else "start"
            canvas.text(x, y + 5, label, _SIZE, _weight(point), anchor=anchor, cased=True)
            canvas.circle(_x(point.do), y, 7, _DOTS[point.cell])
