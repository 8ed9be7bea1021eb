"""The bars of a reveal on the wall, placed: one drawing as wide as the five anchors below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.ballots import Distribution
from app.web.formatting import plural

WIDTH = 1776
#: Where the bars stand; higher up where question and anchors need the room.
BASE, TIGHT_BASE = 396, 316
_PITCH, _COLUMN = 361.6, 329.6
_MOST_UNIT, _ABOVE = 52, 84
_ROW, _LETTER, _MARK = 46, 15.5, 44


@dataclass(frozen=True, slots=True)
class Bar:
    """The votes of one level, from its left upper corner."""

    x: float
    y: float
    height: float
    votes: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The median of a family: where it stands, and which shape it has."""

    x: float
    y: float
    name: str
    place: int


@dataclass(frozen=True, slots=True)
class Median:
    """The line of the median, with its words on the side where there is room."""

    x: float
    words: str
    left: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole drawing; ``label`` says in words what it shows."""

    height: int
    base: int
    bars: tuple[Bar, ...]
    median: Median | None
    marks: tuple[Mark, ...]
    label: str


def figure(value: Fraction) -> str:
    """A median as people say it: ``2`` or ``2.5``."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.1f}"


def draw(shown: Distribution, families: Sequence[tuple[str, Fraction, int]], *, tight: bool = False) -> Bars:
    """Place bars, median and family marks. ``families``: name, midpoint median and the place of the shape, 0 to 3."""
    base = TIGHT_BASE if tight else BASE
    unit = min(_MOST_UNIT, (base - _ABOVE) / max(1, *shown.levels))
    bars = tuple(
        Bar(round(level * _PITCH, 1), round(base - unit * votes, 1), round(unit * votes, 1), votes)
        for level, votes in enumerate(shown.levels)
    )
    median = None
    if shown.median is not None:
        x = round(float(shown.median) * _PITCH + _COLUMN / 2, 1)
        median = Median(x, f"median {figure(shown.median)}", left=shown.median.denominator > 1)
    marks = _marks(families, base)
    lowest = max((int(mark.y) for mark in marks), default=base - _ROW // 2)
    return Bars(lowest + _ROW, base, bars, median, marks, _words(shown, families))


def _marks(families: Sequence[tuple[str, Fraction, int]], base: int) -> tuple[Mark, ...]:
    """Side by side under their level, and one row lower where they would leave it."""
    ends: list[float] = []
    marks = []
    for name, median, place in sorted(families, key=lambda one: (one[1], one[2])):
        x, wide = float(median) * _PITCH, _wide(name)
        row = next((n for n, end in enumerate(ends) if max(x, end) + wide <= min(WIDTH, x + _PITCH)), len(ends))
        at = max(x, ends[row]) if row < len(ends) else max(0, min(x, WIDTH - wide))
        ends[row:] = [at + wide, *ends[row + 1 :]]
        marks.append(Mark(round(at, 1), base + _MARK + row * _ROW, name, place))
    return tuple(marks)


def _wide(name: str) -> float:
    return 48 + _LETTER * len(name) + 24


def _words(shown: Distribution, families: Sequence[tuple[str, Fraction, int]]) -> str:
    given = ", ".join(f"{votes} at level {level}" for level, votes in enumerate(shown.levels))
    said = [f"{plural(sum(shown.levels), 'level', 'levels')}: {given}."]
    if shown.median is not None:
        said.append(f"Median {figure(shown.median)}.")
    said += [f"{name}: median {figure(median)}." for name, median, _ in families]
    return " ".join(said)
