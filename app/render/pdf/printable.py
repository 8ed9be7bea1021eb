"""Which characters the shipped fonts can print, and what stands in the place of those they cannot.

Under PDF/UA a single character without a glyph stops the whole report, so every text passes here first.
"""

import dataclasses
import functools
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Final, TypeVar, cast

#: The covered code points as ranges, made from the fonts; a test holds the two together.
COVERAGE: Final = Path(__file__).with_name("coverage.json")
#: The visible mark for a character that no shipped font has.
MARK: Final = "\u25a1"
#: Shown by no glyph of their own, but they shape their neighbours or tell where a line may break.
JOINERS: Final = "\u00ad\u061c\u200b-\u200f\u2060\ufe0e\ufe0f"
#: What else may follow a lost character as a part of it: joiners, variation selectors, skin tones.
_TAIL: Final = "[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"

Value = TypeVar("Value")


@functools.cache
def _lost() -> re.Pattern[str]:
    """A pattern for one character that cannot be printed, with what belongs to it."""
    ranges = []
    for line in json.loads(COVERAGE.read_text(encoding="ascii")):
        first, _, last = line.partition("-")
        ranges.append(f"\\U{int(first, 16):08x}-\\U{int(last or first, 16):08x}")
    return re.compile(f"([^\\n{JOINERS}{''.join(ranges)}]){_TAIL}")


def _spaces(text: str) -> str:
    r"""Line ends as ``\n``, other white space control characters as a space."""
    return re.sub(r"[\t\v\f\x85\u2028\u2029]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))


def describe(character: str) -> str:
    """A character for the reader: its code point and its name, such as ``U+1F680 ROCKET``."""
    kinds = {"Cc": "control character", "Co": "private use", "Cs": "half of a surrogate pair", "Cn": "unassigned"}
    name = unicodedata.name(character, "") or kinds.get(unicodedata.category(character), "no name")
    return f"U+{ord(character):04X} {name}"


def printable(value: Value) -> tuple[Value, tuple[str, ...]]:
    """The same value with each character that cannot be printed replaced by ``MARK``, and the list of those.

    Takes texts, tuples and frozen dataclasses, as deep as they go; everything else is passed on as it is.
    """
    lost: Counter[str] = Counter()
    cleaned = cast("Value", _clean(value, lost))
    times = (f"{describe(c)} ({n} time{'' if n == 1 else 's'})" for c, n in sorted(lost.items()))
    return cleaned, tuple(times)


def _clean(value: object, lost: "Counter[str]") -> object:
    if isinstance(value, str):
        return _clean_text(value, lost)
    if isinstance(value, tuple):
        return tuple(_clean(item, lost) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        changed = {name: new for name, old in fields if (new := _clean(old, lost)) != old}
        return dataclasses.replace(value, **changed) if changed else value
    return value


def _clean_text(text: str, lost: "Counter[str]") -> str:
    def replace(match: re.Match[str]) -> str:
        lost[match[1]] += 1
        return MARK

    if text.isascii() and text.isprintable():
        return text
    return _lost().sub(replace, _spaces(text))
