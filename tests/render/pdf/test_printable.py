"""Which characters are printed, and what becomes of the others."""

import json
import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.pdf import breaking, printable, typeset
from tests.render.pdf import coverage


@dataclass(frozen=True)
class Name:
    text: str
    inside: tuple[str, ...] = ()


def test_the_written_coverage_is_that_of_the_fonts() -> None:
    found = coverage.as_ranges(coverage.covered())
    message = "the fonts changed; run python -m tests.render.pdf.coverage"
    assert printable.COVERAGE.read_text(encoding="ascii") == found, message


@pytest.mark.parametrize(
    "text",
    [
        "Ωμέγα",
        "Работа",
        "العربية",
        "需求预测",
        "カタカナ",
        "한국어",
        "עברית",
        "हिन्दी",
        "ไทย",
        "Łódź",
        "\u2265 \u2192",
        "a\nb",
    ],
)
def test_the_scripts_of_the_shipped_fonts_are_kept(text: str) -> None:
    assert printable.printable(text) == (text, ())


def test_a_lost_character_is_marked_named_and_counted() -> None:
    name = Name("\U0001f680 and \U0001f680", ("\x00", "\ue000", "\ud800", "\u0378"))
    cleaned, lost = printable.printable(name)
    assert cleaned == Name("\u25a1 and \u25a1", ("\u25a1",) * 4)
    assert lost == (
        "U+0000 control character (1 time)", "U+0378 unassigned (1 time)", "U+D800 half of a surrogate pair (1 time)",
        "U+E000 private use (1 time)", "U+1F680 ROCKET (2 times)",
    )  # fmt: skip


def test_what_joins_and_tones_an_emoji_goes_with_it() -> None:
    assert printable.printable("\U0001f469\u200d\U0001f680\U0001f9d1\U0001f3fd!")[0] == "\u25a1\u25a1\u25a1!"


def test_signs_that_turn_the_text_around_are_not_let_through() -> None:
    assert printable.printable("a\u202eb\u2066c")[0] == "a\u25a1b\u25a1c"


def test_line_ends_are_kept_and_tabs_are_spaces() -> None:
    assert printable.printable("a\r\nb\rc\td")[0] == "a\nb\nc d"


def test_an_unchanged_value_is_the_same_object() -> None:
    name = Name("plain", ("text",))
    assert printable.printable(name)[0] is name


@pytest.mark.slow
@given(st.text())
def test_whatever_is_left_can_be_printed(text: str) -> None:
    cleaned, lost = printable.printable(text)
    assert printable.printable(cleaned) == (cleaned, ())
    assert bool(lost) == (cleaned.count(printable.MARK) > text.count(printable.MARK))


@pytest.mark.slow
def test_every_covered_character_prints_in_every_weight() -> None:
    ranges = (line.partition("-") for line in json.loads(printable.COVERAGE.read_text(encoding="ascii")))
    points = [p for first, _, last in ranges for p in range(int(first, 16), int(last or first, 16) + 1)]
    alone = [chr(point) for point in points if not unicodedata.combining(chr(point))]
    lines = ["".join(alone[i : i + 64]) for i in range(0, len(alone), 64)]
    marks = [f"a{chr(point)}" for point in points if unicodedata.combining(chr(point))]
    joined = [f"a{joiner}b" for joiner in "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f"]
    main = (
        '#import "style.typ": *\n#set document(title: "all")\n#show: dressed\n#let lines = json("lines.json")\n'
        "#for line in lines { text(size: 6pt, line); strong(line); serif(6pt, line) }\n"
    )
    files = {
        **typeset._templates(),
        "main.typ": main.encode(),
        "lines.json": json.dumps([*lines, *marks, *joined]).encode(),
    }
    assert typeset._compile(files).startswith(b"%PDF")


def test_long_words_may_break_and_nothing_else_changes() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenknopf"
    opened = breaking.breakable(f"Die {word} liegt")
    assert opened.replace("\u200b", "") == f"Die {word} liegt"
    assert max(map(len, opened.replace("\u200b", " ").split())) <= 12
    assert (
        breaking.breakable("Every word of this sentence is short enough")
        == "Every word of this sentence is short enough"
    )


def test_scripts_without_spaces_are_left_alone() -> None:
    assert breaking.breakable("需求预测" * 20) == "需求预测" * 20


def test_no_break_comes_before_a_mark_that_belongs_to_its_letter() -> None:
    assert "\u200b\u0301" not in breaking.breakable("e\u0301" * 40)


def test_a_running_line_counts_wide_characters_twice() -> None:
    assert breaking.shortened("需求预测", 4) == "需求\u2026"
    assert breaking.shortened("plan", 4) == "plan"
