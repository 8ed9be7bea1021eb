"""From matplotlib's SVG to marks: sentinel colours become inks, stand-ins become words, the rest is dropped.

matplotlib writes style sheets, style attributes and a group an artist; a strict content policy allows none of it, and
a page needs none. What is kept is geometry: rectangles, circles, paths, and places of labels.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from app.render.charts.drawing import Label, Run, Shape
from app.render.charts.ink import INKS, Ink
from app.render.charts.lettering import Weight

_SVG = "{http://www.w3.org/2000/svg}"
_COLOUR = re.compile(r"(?:fill|stroke): (#[0-9a-f]{6})")
_PLACE = re.compile(r"translate\((\S+) (\S+)\)")
_TOKEN = re.compile(r"[MLCz]|-?[0-9.]+(?:e-?[0-9]+)?")
_Pen = list[tuple[float, float]]


class Asked(Protocol):
    """What was asked of a label besides its place."""

    @property
    def size(self) -> float:
        """Pixels."""

    @property
    def weight(self) -> Weight:
        """One of the static cuts."""

    @property
    def anchor(self) -> str:
        """As in SVG."""

    @property
    def runs(self) -> tuple[Run, ...]:
        """The words."""

    @property
    def cased(self) -> bool:
        """May cross lines."""


def marks_of(raw: str, labels: Sequence[Asked]) -> tuple[Shape | Label, ...]:
    """Return the marks of a drawing in paint order."""
    root = ET.fromstring(raw)  # noqa: S314 - matplotlib's own output, which holds no text of a user
    return tuple(_joined(_read(root, labels)))


def _read(root: ET.Element, labels: Sequence[Asked]) -> Iterator[Shape | Label]:
    for element in root.iter():
        if element.tag == f"{_SVG}path":
            yield _shape(element.get("d", ""), _ink(element))
        elif element.tag == f"{_SVG}text":
            yield _label(element, labels[int(element.text or "")])


def _ink(element: ET.Element) -> Ink:
    found = _COLOUR.search(element.get("style", ""))
    if found is None or found[1] not in INKS:
        message = f"matplotlib drew a mark without an ink: {element.get('style')}"
        raise ValueError(message)
    return INKS[found[1]]


def _label(element: ET.Element, asked: Asked) -> Label:
    place = _PLACE.search(element.get("transform", ""))
    if place is None:
        message = f"matplotlib placed a label in an unknown way: {element.get('transform')}"
        raise ValueError(message)
    x, y = (number(float(value)) for value in place.groups())
    return Label(x, y, number(asked.size), asked.weight, asked.anchor, _ink(element), asked.runs, asked.cased)


def _shape(data: str, ink: Ink) -> Shape:
    points, curved, closed = _points(data)
    if curved:  # nothing here bends but circles
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top = min(y for _, y in points)
        radius = (right - left) / 2
        return Shape(
            "circle", (("cx", number(left + radius)), ("cy", number(top + radius)), ("r", number(radius))), ink
        )
    if closed and _is_rectangle(points):
        (left, top), (right, bottom) = min(points), max(points)
        size = (("width", number(right - left)), ("height", number(bottom - top)))
        return Shape("rect", (("x", number(left)), ("y", number(top)), *size), ink)
    return Shape("path", (("d", _path(points) + ("z" if closed else "")),), ink, not closed)


def _points(data: str) -> tuple[_Pen, bool, bool]:
    """Return the points the pen stops at, whether it draws curves, and whether it closes."""
    tokens = iter(_TOKEN.findall(data))
    points: _Pen = []
    curved = closed = False
    for command in tokens:
        if command == "z":
            closed = True
        elif command in "ML":
            points.append((float(next(tokens)), float(next(tokens))))
        else:
            curved = True
            *_, x, y = (float(next(tokens)) for _ in range(6))
            points.append((x, y))
    return points, curved, closed


def _is_rectangle(points: _Pen) -> bool:
    if len(points) != 4:
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((number(x), number(y)) for x, y in points)
    return (x0 == x3 and x1 == x2 and y0 == y1 and y2 == y3) or (x0 == x1 and x2 == x3 and y0 == y3 and y1 == y2)


def _path(points: _Pen) -> str:
    found = ""
    last: tuple[str, str] | None = None
    for x, y in points:
        place = (number(x), number(y))
        if last is None:
            found += f"M{place[0]} {place[1]}"
        elif place[0] == last[0]:
            found += f"V{place[1]}"
        elif place[1] == last[1]:
            found += f"H{place[0]}"
        else:
            found += f"L{place[0]} {place[1]}"
        last = place
    return found


def _joined(marks: Iterable[Shape | Label]) -> Iterator[Shape | Label]:
    """Join neighbouring open paths of one ink into one path."""
    waiting: Shape | None = None
    for mark in marks:
        if isinstance(mark, Shape) and mark.open:
            if waiting is not None and waiting.ink is mark.ink:
                data = waiting.geometry[0][1] + mark.geometry[0][1]
                waiting = Shape("path", (("d", data),), mark.ink, open=True)
                continue
            if waiting is not None:
                yield waiting
            waiting = mark
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        yield mark
    if waiting is not None:
        yield waiting


def number(value: float) -> str:
    """Write a length with at most two decimals and no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
