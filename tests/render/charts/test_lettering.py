"""How wide words are, and how they are made to fit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.render.charts.lettering import clean, shorten, width, wrap
from tests.render.charts.stress import NAMES


def test_width_is_the_sum_of_the_advances_of_the_cut() -> None:
    assert width("M", 1000, 600) == pytest.approx(745)
    assert width("MM", 14, 600) == pytest.approx(2 * 0.745 * 14)


def test_a_character_without_a_glyph_has_an_estimate() -> None:
    assert width("\u6a21", 100) > 90
    assert width("\U0001f680", 100) > 100
    assert width("e\u0301", 100) == width("e", 100)


def test_what_fits_is_left_alone() -> None:
    assert shorten("Monitoring", 200, 18) == "Monitoring"
    assert wrap("Drift detection", 147, 14.5, lines=3) == ("Drift detection",)


def test_words_wrap_at_spaces_and_the_last_line_is_shortened() -> None:
    lines = wrap("Service-level observability of model serving", 146, 14.5, lines=3)
    assert lines == ("Service-level", "observability of model", "serving")
    assert wrap("one two three four five six", 60, 15, lines=2)[-1].endswith("\u2026")


@pytest.mark.parametrize("name", NAMES)
@given(room=st.floats(0, 400), size=st.sampled_from((13, 15, 18)), lines=st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_no_line_is_wider_than_its_room(name: str, room: float, size: int, lines: int) -> None:
    found = wrap(name, room, size, 600, lines=lines)
    assert len(found) <= lines
    assert all(width(line, size, 600) <= max(room, 1.3 * size) for line in found)
    assert width(found[-1], size, 600) <= room


@pytest.mark.slow
@given(st.text(max_size=60))
@settings(deadline=None)
def test_cleaning_leaves_one_legal_line(text: str) -> None:
    found = clean(text)
    assert found == clean(found)
    assert all(ord(character) >= 32 for character in found)
    assert not any(0xD800 <= ord(character) < 0xE000 for character in found)
