"""Krippendorff's alpha, ordinal metric, exact (measurement.md 4.5; Hayes and Krippendorff 2007)."""

from collections.abc import Sequence
from fractions import Fraction

from app.domain.questionnaire import LEVELS


def ordinal_alpha(units: Sequence[Sequence[int]], scale: Sequence[int] = LEVELS) -> Fraction | None:
    """Agreement over units (questions), each with the values its raters gave; blanks are simply not there.

    None where it is undefined: fewer than two pairable values, or no variation at all.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    totals = {c: Fraction(sum(list(unit).count(c) for unit in pairable)) for c in scale}
    n = sum(totals.values())
    observed = Fraction(0)
    for unit in pairable:
        tally = {c: list(unit).count(c) for c in scale}
        pairs = sum((tally[c] * tally[k] * _distance(c, k, totals, scale) for c in scale for k in scale), Fraction(0))
        observed += pairs / (len(unit) - 1)
    expected = sum(totals[c] * totals[k] * _distance(c, k, totals, scale) for c in scale for k in scale)
    if not expected:
        return None
    return 1 - (n - 1) * observed / expected


def _distance(one: int, other: int, totals: dict[int, Fraction], scale: Sequence[int]) -> Fraction:
    low, high = min(one, other), max(one, other)
    between = sum((totals[g] for g in scale if low <= g <= high), Fraction(0))
    return (between - (totals[low] + totals[high]) / 2) ** 2
