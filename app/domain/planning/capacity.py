"""How many person-days a team can use in a quarter, in exact numbers."""

from fractions import Fraction
from math import floor

from app.domain.answers import Capacity
from app.domain.questionnaire import Rules


def usable_days(capacity: Capacity, rules: Rules) -> Fraction:
    """Person-days of a quarter after the reserve against underestimation, not yet rounded."""
    stated = Fraction(capacity.people) * Fraction(capacity.working_days) * Fraction(capacity.share)
    return stated * rules.capacity_reserve


def whole_days(usable: Fraction, percent: int = 100) -> int:
    """So many percent of the usable days, rounded down to whole person-days."""
    return floor(usable * percent / 100)
