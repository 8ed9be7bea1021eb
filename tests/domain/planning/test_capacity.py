from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.answers import Capacity
from app.domain.planning.capacity import usable_days, whole_days
from tests.planner.small import RULES


def test_eight_people_with_a_tenth_of_sixty_days_can_use_38() -> None:
    usable = usable_days(Capacity(Decimal(8), Decimal(60), Decimal("0.10")), RULES)
    assert usable == Fraction(192, 5)
    assert whole_days(usable) == 38


@pytest.mark.parametrize(("percent", "days"), [(80, 30), (100, 38), (120, 46)])
def test_percentages_are_taken_of_the_unrounded_days(percent: int, days: int) -> None:
    # 0.8 x 38.4 = 30.72 and 1.2 x 38.4 = 46.08; of the rounded 38 days it would be 45.
    assert whole_days(Fraction(192, 5), percent) == days


def test_decimals_are_exact() -> None:
    # In floating point 3 x 7 x 0.1 x 0.8 x 1.25 and its like fall just below or above a whole day.
    assert whole_days(usable_days(Capacity(Decimal("12.5"), Decimal("0.3"), Decimal(1)), RULES)) == 3
