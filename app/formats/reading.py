"""What the two readers share: paths, places, limits and the values of plain words."""

import re
from decimal import Decimal
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]
Found: TypeAlias = tuple[int, int, str]

DEPTH_MAX = 20
#: A number longer than this is a mistake or an attack; exponents are kept small for the same reason.
DIGITS_MAX = 30
EXPONENT_DIGITS_MAX = 2
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip

TOO_DEEP = f"lists and mappings are nested more than {DEPTH_MAX} deep"
TOO_LONG_A_NUMBER = f"a number of more than {DIGITS_MAX} digits; write it shorter, or in quotes if it is text"


class Unreadable(Exception):
    """The text cannot be read as data. ``found`` holds line, column and message of each reason.

    ``is_certain``: the text is what it was read as, and another reader would not do better.
    """

    def __init__(self, *found: Found, is_certain: bool = True) -> None:
        super().__init__(*found)
        self.found = found
        self.is_certain = is_certain


def number(text: str) -> int | Decimal:
    """An exact number; raises OverflowError where it is too long."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > DIGITS_MAX or len(exponent.lstrip("+-")) > EXPONENT_DIGITS_MAX:
        raise OverflowError
    return Decimal(text) if exponent or "." in text else int(text)


def plain_value(text: str) -> str | int | Decimal | bool | None:
    """The value of a plain (unquoted) YAML scalar; raises OverflowError for a number that is too long."""
    if text in _WORDS:
        return _WORDS[text]
    return number(text) if _NUMBER.fullmatch(text) else text
