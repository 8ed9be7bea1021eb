"""Exact arithmetic: rounding half-even of the true value, and the two medians the rules name."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

HALF = Fraction(1, 2)


def rounded(value: Fraction, places: int) -> Fraction:
    """The value rounded half-even to so many decimals, still exact."""
    scale = 10**places
    return Fraction(round(value * scale), scale)


def lower_median(weighted: Iterable[tuple[int, Fraction]]) -> int | None:
    """The smallest value at which the weight up to it is at least half of all weight (measurement.md 4.1)."""
    pairs = sorted(weighted)
    half = sum((weight for _, weight in pairs), Fraction(0)) / 2
    reached = Fraction(0)
    for value, weight in pairs:
        reached += weight
        if reached >= half:
            return value
    return None


def midpoint_median(values: Sequence[int | Fraction]) -> Fraction | None:
    """The usual median: the mean of the two middle values where there are two."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


def mean(values: Sequence[Fraction | int]) -> Fraction | None:
    """The arithmetic mean, None of nothing."""
    return Fraction(sum(values)) / len(values) if values else None
