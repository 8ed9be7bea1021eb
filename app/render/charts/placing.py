"""Where labels of points go: a greedy search of eight positions at growing distance, with a leader to the point."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.render.charts.canvas import Anchor, Point

# East, west, then the diagonals, then above and below: beside a point a label reads best.
_DIRECTIONS = ((1, 0), (-1, 0), (0.84, -0.55), (0.84, 0.55), (-0.84, -0.55), (-0.84, 0.55), (0, -1), (0, 1))
_DISTANCES = (24.0, 34.0, 48.0, 66.0, 90.0, 120.0)
_DOT = 9.0
_NEAR = 70.0


class Box(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether the two share any area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        """Tell whether this one lies inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label of this width and height for the point."""

    at: Point
    wide: float
    high: float
    first: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A label at its baseline, with the end of its leader and the room it takes."""

    x: float
    y: float
    anchor: Anchor
    leader: Point
    box: Box


@dataclass(frozen=True, slots=True)
class Ground:
    """What is already there: the frame, boxes to keep clear of, lines better not crossed (as thin boxes)."""

    frame: Box
    taken: tuple[Box, ...]
    lines: tuple[Box, ...]


def place_labels(wanted: Sequence[Wanted], ground: Ground) -> tuple[Placed | None, ...]:
    """Return a place for each label; none of them meet. None: there is no room left anywhere."""
    dots = [Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in (label.at for label in wanted)]
    found: dict[int, Placed] = {}
    for number in sorted(range(len(wanted)), key=lambda number: _turn(wanted, number)):
        place = _place(wanted[number], ground, dots, list(found.values()), wanted)
        if place is not None:
            found[number] = place
    return tuple(found.get(number) for number in range(len(wanted)))


def _turn(wanted: Sequence[Wanted], number: int) -> tuple[int, bool, int]:
    """Order the labels: the most crowded first, then those in focus."""
    x, y = wanted[number].at
    crowd = sum(abs(x - label.at[0]) < _NEAR and abs(y - label.at[1]) < _NEAR / 2 for label in wanted)
    return -crowd, not wanted[number].first, number


def _place(
    label: Wanted, ground: Ground, dots: list[Box], placed: list[Placed], wanted: Sequence[Wanted]
) -> Placed | None:
    taken = [*ground.taken, *dots, *(other.box for other in placed)]
    x, y = label.at
    # A leader may start among points that lie on each other.
    others = [dot for dot, other in zip(dots, wanted, strict=True) if abs(other.at[0] - x) + abs(other.at[1] - y) > 14]
    barriers = [*ground.taken, *others, *(other.box for other in placed)]
    best: tuple[float, Placed] | None = None
    for ring, distance in enumerate(_DISTANCES):
        if best is not None and best[0] <= 10 * ring:
            break
        for choice, place in enumerate(_around(label, distance)):
            if not place.box.within(ground.frame) or any(place.box.meets(box) for box in taken):
                continue
            if any(_crosses(label.at, place.leader, box) for box in barriers):
                continue
            cost = 10.0 * ring + 0.6 * choice + 7 * sum(place.box.meets(line) for line in ground.lines)
            around = Box(place.box.left - 8, place.box.top - 5, place.box.right + 8, place.box.bottom + 5)
            cost += 3 * sum(around.meets(other.box) for other in placed)
            if best is None or cost < best[0]:
                best = (cost, place)
    return best[1] if best is not None else next(_anywhere(label, ground.frame, taken), None)


def _around(label: Wanted, distance: float) -> Iterator[Placed]:
    x, y = label.at
    for across, down in _DIRECTIONS:
        end = (x + across * distance, y + down * distance)
        if across:
            anchor: Anchor = "start" if across > 0 else "end"
            start = end[0] + (4 if across > 0 else -4)
            yield _placed(label, start, end[1] + 5, anchor, end)
        else:
            base = end[1] - 4 if down < 0 else end[1] + label.high - 3
            yield _placed(label, x, base, "middle", end)


def _placed(label: Wanted, x: float, y: float, anchor: Anchor, leader: Point) -> Placed:
    left = x - {"start": 0.0, "middle": label.wide / 2, "end": label.wide}[anchor]
    box = Box(left - 2, y - label.high * 0.78, left + label.wide + 2, y + label.high * 0.26)
    return Placed(x, y, anchor, leader, box)


def _anywhere(label: Wanted, frame: Box, taken: Iterable[Box]) -> Iterator[Placed]:
    """Yield free places on a grid over the whole frame, nearest first: the last resort of a crowded plane."""
    x, y = label.at
    boxes = list(taken)
    rows = int((frame.bottom - frame.top) // label.high)
    columns = int((frame.right - frame.left - label.wide) // 24)
    spots = [
        (frame.left + 4 + 24 * column, frame.top + label.high * (row + 0.85))
        for row in range(rows)
        for column in range(columns + 1)
    ]
    for left, base in sorted(spots, key=lambda spot: (abs(spot[0] + label.wide / 2 - x) + 2 * abs(spot[1] - y), spot)):
        right = left + label.wide
        if abs(left - x) < abs(right - x):
            place = _placed(label, left, base, "start", (left - 4, base - 5))
        else:
            place = _placed(label, right, base, "end", (right + 4, base - 5))
        if place.box.within(frame) and not any(place.box.meets(box) for box in boxes):
            yield place


def _crosses(start: Point, end: Point, box: Box) -> bool:
    """Tell whether the line from start to end passes through the box (Liang and Barsky)."""
    low, high = 0.0, 1.0
    across, down = end[0] - start[0], end[1] - start[1]
    for step, room in (
        (-across, start[0] - box.left),
        (across, box.right - start[0]),
        (-down, start[1] - box.top),
        (down, box.bottom - start[1]),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            low = max(low, room / step)
        else:
            high = min(high, room / step)
    return low < high
