"""Reads a drawing back the way a browser would: elements, and the room each label takes."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from app.render.charts.lettering import Weight, width
from app.render.charts.placing import Box


def elements(svg: str) -> list[ET.Element]:
    """Return all elements; raises where this is not XML."""
    return list(ET.fromstring(svg).iter())  # noqa: S314 - our own drawing


def tag(element: ET.Element) -> str:
    """Return the name without its namespace."""
    return element.tag.rpartition("}")[2]


def labels(svg: str) -> Iterator[tuple[str, Box]]:
    """Yield each label with its box, from its tallest letter to its baseline."""
    for element in elements(svg):
        if tag(element) != "text":
            continue
        size = float(element.get("font-size", ""))
        wide = _wide(element.text, size, element.get("font-weight"))
        for piece in element:
            wide += _wide(piece.text, size, piece.get("font-weight") or element.get("font-weight"))
            wide += _wide(piece.tail, size, element.get("font-weight"))
        x, y = float(element.get("x", "")), float(element.get("y", ""))
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
        yield "".join(element.itertext()), Box(left, y - size * 0.66, left + wide, y)


def _wide(text: str | None, size: float, weight: str | None) -> float:
    weights: dict[str | None, Weight] = {None: 400, "400": 400, "600": 600, "700": 700}
    return width(text, size, weights[weight]) if text else 0.0
