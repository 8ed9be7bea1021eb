"""How values become printed text: fractions, dates, fragment ids, and characters that would not be seen."""

import datetime as dt
import re
from fractions import Fraction

from markupsafe import Markup

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PLACES = 3
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9]+")

#: Tab and line feed keep their meaning; every other control character gets its picture, so that it is seen.
_VISIBLE: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_VISIBLE[0x7F] = "\u2421"
_VISIBLE.update(dict.fromkeys(range(0x80, 0xA0), "\ufffd"))
#: Lone surrogates cannot be encoded, and the last two of a plane are no characters at all.
_VISIBLE.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
_VISIBLE.update(dict.fromkeys([plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)], "\ufffd"))


def visible(text: str) -> str:
    """The text with each control character, lone surrogate and non-character replaced by a visible mark."""
    return text.translate(_VISIBLE)


def finalize(value: object) -> object:
    """What a template prints for any value: strings become visible, markup of our own stays as it is."""
    if isinstance(value, Markup):
        return value
    return visible(value) if isinstance(value, str) else value


def printed(value: Fraction) -> str:
    """A fraction as a reader can check it: ``2``, ``0.125``, or ``8/9 = 0.889`` where three places do not hold it."""
    scaled = value * 10**_PLACES
    if value.denominator == 1:
        return _signed(str(value.numerator))
    if scaled.denominator == 1:
        return _decimals(scaled.numerator).rstrip("0")
    return f"{_signed(str(value))} = {_decimals(round(scaled))}"


def _decimals(thousandths: int) -> str:
    whole, part = divmod(abs(thousandths), 10**_PLACES)
    return _signed(f"{'-' if thousandths < 0 else ''}{whole}.{part:0{_PLACES}}")


def _signed(figure: str) -> str:
    return figure.replace("-", "\u2212")


def long_date(date: dt.date) -> str:
    """A date in words, such as ``30 September 2026``; never by the locale of the machine."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def fragment(*parts: str) -> str:
    """A fragment id out of ids of a questionnaire: letters, digits and hyphens only."""
    return "-".join(_NOT_IN_IDS.sub("-", part).strip("-") for part in parts)
