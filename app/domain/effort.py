"""What actions really took, against what was estimated (measurement.md 5.6)."""

from collections.abc import Iterable
from fractions import Fraction

from app.domain.exact import midpoint_median

#: Verified actions with a reported effort, before an organization's own experience replaces the estimates.
ACTIONS_MIN = 10


def effort_ratio(spent: Iterable[tuple[Fraction, int]]) -> Fraction | None:
    """The median of reported over estimated person-days of verified actions; None below ten of them.

    ``spent``: (reported, estimated) of each; an effort of nothing was not reported.
    """
    ratios = [reported / estimated for reported, estimated in spent if reported > 0 and estimated > 0]
    return midpoint_median(ratios) if len(ratios) >= ACTIONS_MIN else None


def scaled_days(days: int, ratio: Fraction | None) -> int:
    """An estimate by the organization's own experience: whole person-days, rounded half-even, at least one."""
    return days if ratio is None else max(1, round(days * ratio))
