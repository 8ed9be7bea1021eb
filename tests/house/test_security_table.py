"""docs/security.md names tests that are there, and requirements of OWASP ASVS once each."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
_NAMED = re.compile(r"`(tests/[\w/.]+)(?:::(\w+))?`")
_REQUIREMENT = re.compile(r"\bV\d+\.\d+\.\d+\b")


def missing(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    lost = []
    for path, test in _NAMED.findall(text):
        place = ROOT / path
        if not place.exists() or (test and f"def {test}(" not in place.read_text("utf-8")):
            lost.append(f"{path}::{test}")
    return lost


def rows(text: str) -> list[str]:
    """The requirements of the table's first column."""
    return [
        one for line in text.splitlines() if line.startswith("| V") for one in _REQUIREMENT.findall(line.split("|")[1])
    ]


def test_every_test_that_is_named_is_there() -> None:
    assert len(_NAMED.findall(TEXT)) > 50
    assert missing(TEXT) == []


def test_a_test_that_is_not_there_is_found() -> None:
    assert missing("`tests/house/test_nowhere.py`") == ["tests/house/test_nowhere.py::"]
    assert missing("`tests/house/test_lock.py::test_nothing`") == ["tests/house/test_lock.py::test_nothing"]


def test_no_requirement_stands_in_two_rows() -> None:
    found = rows(TEXT)
    assert len(found) > 80
    assert sorted({one for one in found if found.count(one) > 1}) == []


def test_what_is_shown_is_not_said_to_be_missing() -> None:
    _, _, rest = TEXT.partition("**Not shown by a test:**")
    assert sorted(set(rows(TEXT)) & set(_REQUIREMENT.findall(rest))) == []
