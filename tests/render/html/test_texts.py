"""Printed figures can be checked by hand, and nothing invisible is printed."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.html.texts import fragment, long_date, printed, visible


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(2), "2"),
        (Fraction(-3), "\u22123"),
        (Fraction(1, 4), "0.25"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 2), "\u22120.5"),
        (Fraction(8, 9), "8/9 = 0.889"),
        (Fraction(-2, 3), "\u22122/3 = \u22120.667"),
        (Fraction(20, 3), "20/3 = 6.667"),
        (Fraction(0), "0"),
        (Fraction(10), "10"),
    ],
)
def test_a_fraction_is_printed_so_that_it_can_be_checked(value: Fraction, said: str) -> None:
    assert printed(value) == said


@given(st.fractions(max_denominator=10_000))
def test_what_is_printed_gives_the_fraction_back(value: Fraction) -> None:
    exact, _, rounded = printed(value).replace("\u2212", "-").partition(" = ")
    assert Fraction(exact) == value
    if rounded:
        assert abs(Fraction(rounded) - value) <= Fraction(1, 2000)


@given(st.text(st.characters(codec=None)))
def test_visible_text_can_be_encoded_and_keeps_its_length(text: str) -> None:
    shown = visible(text)
    assert len(shown.encode("utf-8").decode("utf-8")) == len(text)
    assert not any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for sign in shown if sign not in "\t\n")


def test_control_characters_are_replaced_by_their_pictures() -> None:
    assert visible("a\x00\x1b\x7f\x85\ud800b\n") == "a\u2400\u241b\u2421\ufffd\ufffdb\n"


def test_dates_are_written_in_words() -> None:
    assert long_date(dt.date(2026, 9, 30)) == "30 September 2026"


def test_fragments_hold_no_sign_that_a_link_would_misread() -> None:
    assert fragment("step", "gov-inventory@2", "4.3 a") == "step-gov-inventory-2-4-3-a"
