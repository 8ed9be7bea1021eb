"""Numbers and lists read as they should."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.report import wording as w


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(5, 4), 1, "1.2"),
        (Fraction(27, 20), 1, "1.4"),
        (Fraction(4, 3), 2, "1.33"),
        (Fraction(-1, 2), 1, "\N{MINUS SIGN}0.5"),
        (Fraction(-1, 100), 1, "0.0"),
        (Fraction(78125, 1000), 0, "78"),
        (Fraction(5, 2), 0, "2"),
        (Fraction(1, 20), 2, "0.05"),
    ],
)
def test_rounding_is_half_even_of_the_exact_value(value: Fraction, places: int, text: str) -> None:
    assert w.rounded(value, places) == text


@given(st.fractions(0, 4, max_denominator=50), st.integers(0, 4))
def test_rounding_is_never_further_than_half_a_unit(value: Fraction, places: int) -> None:
    assert abs(Fraction(w.rounded(value, places)) - value) <= Fraction(1, 2 * 10**places)


def test_counts_are_words_to_twelve() -> None:
    assert w.counted(0, "gate") == "no gates"
    assert w.counted(1, "gate") == "one gate"
    assert w.counted(12, "gate") == "twelve gates"
    assert w.counted(13, "capability", "capabilities") == "13 capabilities"


def test_lists_have_one_and() -> None:
    assert w.listed([]) == ""
    assert w.listed(["a"]) == "a"
    assert w.listed(["a", "b"]) == "a and b"
    assert w.listed(["a", "b", "c"]) == "a, b and c"
    assert w.shortened(["a", "b", "c", "d"], 2) == "a, b and two more"


def test_a_difference_shows_its_sign_but_zero_has_none() -> None:
    assert w.signed(Fraction(2, 5)) == "+0.4"
    assert w.signed(Fraction(-2, 5)) == "\N{MINUS SIGN}0.4"
    assert w.signed(Fraction(1, 100)) == "0.0"


def test_exact_values_can_stand_in_a_formula() -> None:
    assert w.exact(Fraction(1, 2)) == "0.5"
    assert w.exact(Fraction(1, 3)) == "(1/3)"
    assert w.exact(Fraction(-1, 4)) == "(0 - 0.25)"


def test_buckets_are_said_as_people() -> None:
    assert w.people("5+") == "five people or more"
    assert w.people("1") == "one person"
    assert w.people("8") == "8 people"
