"""A finished drawing: marks in paint order, written for the page with classes or for print with light values."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from app.render.charts.ink import HATCH_LINE, Attributes, Ink
from app.render.charts.lettering import FAMILY, Weight


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a label with one look. ``weight`` or ``ink`` None: as the label."""

    text: str
    weight: Weight | None = None
    ink: Ink | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text at its baseline. ``cased``: it may cross lines, which must not run through the letters."""

    x: str
    y: str
    size: str
    weight: Weight
    anchor: str
    ink: Ink
    runs: tuple[Run, ...]
    cased: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle, circle or path with its geometry as attributes; ``open`` paths are never filled."""

    tag: str
    geometry: Attributes
    ink: Ink
    open: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart, ``width`` by ``height`` pixels; ``figure_id`` makes the ids inside it unique on a page."""

    figure_id: str
    width: int
    height: int
    marks: tuple[Shape | Label, ...]
    hatch: tuple[int, str]

    def svg(self, alt: str, *, classes: str = "") -> str:
        """Return an ``<svg>`` element for the page: classes carry all colour, ``alt`` is its name.

        ``classes`` are those of the element itself, where the page says when it is shown.
        """
        marks = "".join(_page_mark(mark, self._url) for mark in self.marks)
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        line = f'class="{HATCH_LINE[0]}"'
        name = f'role="img" aria-label="{escape(_legal(alt))}"'
        return f"<svg{_class(classes)} {size} {name}>{self._defs(line)}{marks}</svg>"

    def print_svg(self) -> str:
        """Return an SVG document for the PDF, in light values and static weights, without classes."""
        marks = "".join(_print_mark(mark, self._url) for mark in self.marks)
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        colour, _ = HATCH_LINE[1]
        line = _attributes((colour, ("stroke-width", self.hatch[1])))
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{self._defs(line)}{marks}</svg>'

    @property
    def _hatch_id(self) -> str:
        return re.sub(r"[^A-Za-z0-9_-]", "-", self.figure_id) + "-hatch"

    @property
    def _url(self) -> str:
        return f"url(#{self._hatch_id})"

    def _defs(self, line: str) -> str:
        if not any(mark.ink is Ink.HATCH for mark in self.marks):
            return ""
        step = self.hatch[0]
        return (
            f'<defs><pattern id="{self._hatch_id}" width="{step}" height="{step}" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><path {line} d="M0 0V{step}"/></pattern></defs>'
        )


def _legal(text: str) -> str:
    """Keep line breaks out of attributes and, as everywhere, what XML cannot hold."""
    return re.sub("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", text)


def _attributes(pairs: Attributes) -> str:
    return " ".join(f'{name}="{value}"' for name, value in pairs)


def _class(*names: str) -> str:
    found = " ".join(name for name in names if name)
    return f' class="{found}"' if found else ""


def _page_mark(mark: Shape | Label, hatch: str) -> str:
    if isinstance(mark, Label):
        classes = _class(mark.ink.classes, "c-halo" if mark.cased else "")
        return f"<text{classes}{_place(mark)}>{_runs(mark, _page_run)}</text>"
    if mark.ink is Ink.GROUND:
        return ""
    if mark.ink is Ink.HATCH:
        return f'<{mark.tag} {_attributes(mark.geometry)} fill="{hatch}"/>'
    unfilled = ' fill="none"' if mark.open else ""
    return f"<{mark.tag}{_class(mark.ink.classes)} {_attributes(mark.geometry)}{unfilled}/>"


def _print_mark(mark: Shape | Label, hatch: str) -> str:
    if isinstance(mark, Label):
        look = f" font-family=\"'{FAMILY}'\" {_attributes(mark.ink.printed)}"
        regular = ' font-weight="400"' if mark.weight == 400 else ""
        return f"<text{_place(mark)}{regular}{look}>{_runs(mark, _print_run)}</text>"
    values = {"fill": hatch} if mark.ink is Ink.HATCH else dict(mark.ink.printed)
    if mark.open:
        values["fill"] = "none"
    return f"<{mark.tag} {_attributes(mark.geometry + tuple(values.items()))}/>"


def _place(label: Label) -> str:
    weight = f' font-weight="{label.weight}"' if label.weight != 400 else ""
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    return f' x="{label.x}" y="{label.y}" font-size="{label.size}"{weight}{anchor}'


def _runs(label: Label, write: Callable[[Run], str]) -> str:
    return "".join(write(run) if run.weight or run.ink else escape(run.text, quote=False) for run in label.runs)


def _page_run(run: Run) -> str:
    weight = f' font-weight="{run.weight}"' if run.weight else ""
    classes = _class(run.ink.classes) if run.ink else ""
    return f"<tspan{classes}{weight}>{escape(run.text, quote=False)}</tspan>"


def _print_run(run: Run) -> str:
    weight = f' font-weight="{run.weight}"' if run.weight else ""
    colour = f" {_attributes(run.ink.printed)}" if run.ink else ""
    return f"<tspan{colour}{weight}>{escape(run.text, quote=False)}</tspan>"
