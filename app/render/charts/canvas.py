"""The canvas a chart draws on: pixels from the top left corner, handed to matplotlib in paint order.

Marks next to each other of one kind become one collection, drawn by matplotlib's renderer. There is no Figure and no
Axes: they would take longer to load and to draw than all the marks together, and nothing here needs a tick.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeAlias

from app.render.charts.cleanup import marks_of
from app.render.charts.drawing import Drawing, Run
from app.render.charts.engine import (
    Affine2D,
    Artist,
    Collection,
    FontProperties,
    LineCollection,
    Outline,
    RendererBase,
    RendererSVG,
)
from app.render.charts.ink import SENTINELS, Ink
from app.render.charts.lettering import FAMILY, Weight, clean, font_file, width

Anchor: TypeAlias = Literal["start", "middle", "end"]
Point: TypeAlias = tuple[float, float]
Words: TypeAlias = str | Sequence[Run]
_Kind: TypeAlias = Literal["polygon", "line", "circle"]

#: The widths of a chart: in a window or on paper, and on a phone.
WIDE: Final = 860
NARROW: Final = 328

_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_HATCH = (6, "1.25")


@dataclass(frozen=True, slots=True)
class Lettering:
    """A label as asked for; matplotlib sets a stand-in (its number) at its place, the words come back afterwards."""

    x: float
    y: float
    size: float
    weight: Weight
    anchor: Anchor
    ink: Ink
    runs: tuple[Run, ...]
    cased: bool


class _Labels(Artist):
    """All labels of a drawing as one artist: a Text artist each would lay out every line again."""

    def __init__(self, labels: Sequence[Lettering]) -> None:
        super().__init__()
        self._labels = labels

    def draw(self, renderer: RendererBase) -> None:
        """Draw the stand-ins at their baselines."""
        context = renderer.new_gc()
        for number, label in enumerate(self._labels):
            context.set_foreground(SENTINELS[label.ink])
            font = _font(label.size, label.weight)
            renderer.draw_text(context, label.x, label.y, str(number), font, 0.0)
        context.restore()


class Canvas:
    """Collects the marks of one chart. Later marks lie on earlier ones; labels lie on top."""

    def __init__(self, wide: int, high: int) -> None:
        """Start an empty drawing of this size."""
        self.width = wide
        self.height = high
        self._shapes: list[tuple[_Kind, Ink, list[Point]]] = []
        self._labels: list[Lettering] = []

    def rect(self, x: float, y: float, wide: float, high: float, ink: Ink) -> None:
        """Draw a rectangle by its top left corner."""
        self.polygon([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)], ink)

    def polygon(self, corners: Iterable[Point], ink: Ink) -> None:
        """Draw a closed outline."""
        self._shapes.append(("polygon", ink, list(corners)))

    def line(self, points: Iterable[Point], ink: Ink) -> None:
        """Draw an open line, never filled."""
        self._shapes.append(("line", ink, list(points)))

    def circle(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Draw a circle by its centre."""
        self._shapes.append(("circle", ink, [(x, y), (radius, radius)]))

    def text(  # noqa: PLR0913 - the look of a label is that many independent choices
        self,
        x: float,
        y: float,
        words: Words,
        size: float,
        weight: Weight = 400,
        *,
        ink: Ink = Ink.TEXT,
        anchor: Anchor = "start",
        cased: bool = False,
    ) -> float:
        """Set one line at its baseline and return its width. ``cased``: on ground of its own where it crosses lines."""
        given = [Run(words)] if isinstance(words, str) else words
        runs = tuple(Run(_kept(run.text), run.weight, run.ink) for run in given)
        wide = sum(width(run.text, size, run.weight or weight) for run in runs)
        if not any(run.text.strip() for run in runs):
            return 0.0
        if cased:
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            self.rect(left - 2, y - size * 0.78, wide + 4, size * 1.02, Ink.GROUND)
        self._labels.append(Lettering(x, y, size, weight, anchor, ink, runs, cased))
        return wide

    def finish(self, figure_id: str, *, hatch: tuple[int, str] = _HATCH) -> Drawing:
        """Have matplotlib draw everything and return the cleaned drawing."""
        raw = self._draw()
        return Drawing(figure_id, self.width, self.height, marks_of(raw, self._labels), hatch)

    def _draw(self) -> str:
        out = io.StringIO()
        renderer = RendererSVG(self.width, self.height, out, metadata=_NO_METADATA)  # type: ignore[no-untyped-call]
        down = Affine2D().scale(1, -1).translate(0, self.height)
        for kind, group in groupby(self._shapes, key=lambda shape: shape[0]):
            collection = _collection(kind, [(ink, points) for _, ink, points in group])
            collection.set(transform=down, clip_on=False)
            collection.draw(renderer)
        _Labels(self._labels).draw(renderer)
        renderer.finalize()  # type: ignore[no-untyped-call]
        return out.getvalue()


class _Filled(Collection):
    """Filled outlines; the collections that matplotlib has for them ask a Figure for its resolution."""

    def __init__(self, outlines: Sequence[Outline], colours: Sequence[str]) -> None:
        super().__init__(facecolors=colours, edgecolors="none")
        self._paths = outlines


def _collection(kind: _Kind, shapes: list[tuple[Ink, list[Point]]]) -> Collection:
    colours = [SENTINELS[ink] for ink, _ in shapes]
    if kind == "line":
        return LineCollection([points for _, points in shapes], colors=colours, linewidths=1)
    if kind == "polygon":
        return _Filled([Outline([*points, points[0]], closed=True) for _, points in shapes], colours)
    return _Filled([Outline.circle(points[0], points[1][0]) for _, points in shapes], colours)


_fonts: dict[tuple[float, Weight], FontProperties] = {}


def _font(size: float, weight: Weight) -> FontProperties:
    found = _fonts.get((size, weight))
    if found is None:
        found = FontProperties(family=FAMILY, fname=str(font_file(weight)), size=size, weight=weight)
        _fonts[size, weight] = found
    return found


def _kept(text: str) -> str:
    """Clean a run, but keep the space that parts it from its neighbours."""
    middle = clean(text)
    before = " " if text[:1].isspace() and middle else ""
    after = " " if text[-1:].isspace() and middle else ""
    return before + middle + after
