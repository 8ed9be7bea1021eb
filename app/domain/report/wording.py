"""How numbers, lists and dates read: rounding half-even of exact values, number words to twelve, plurals, commas."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_BUCKETS = {
    "0": "nobody",
    "1": "one person",
    "2": "two people",
    "3-4": "three or four people",
    "5+": "five people or more",
    "fewer than 3": "fewer than three people",
}
MINUS = "\N{MINUS SIGN}"


def rounded(value: Fraction | int, places: int) -> str:
    """The exact value rounded half-even, with so many decimals; never ``-0``."""
    scaled = round(Fraction(value) * 10**places)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"{MINUS}{text}" if scaled < 0 else text


def level(value: Fraction | int) -> str:
    """A level or a mean of levels, one decimal: ``1.3``."""
    return rounded(value, 1)


def floor_level(value: Fraction | int) -> str:
    """A floor, or a mean beside one, two decimals: ``1.33``."""
    return rounded(value, 2)


def percent(value: Fraction) -> str:
    """A share from 0 to 1 as whole points of 100: ``78``."""
    return rounded(value * 100, 0)


def signed(value: Fraction | int, places: int = 1) -> str:
    """A difference with its sign: ``+0.4``; nothing before a zero."""
    text = rounded(value, places)
    return f"+{text}" if round(Fraction(value) * 10**places) > 0 else text


def exact(value: Fraction | int) -> str:
    """The value without rounding, fit for a formula: ``0.5`` or ``(1/3)``; a negative one in brackets."""
    value = Fraction(value)
    for places in range(5):
        scaled = value * 10**places
        if scaled.denominator == 1:
            text = rounded(abs(value), places)
            return f"(0 - {text})" if value < 0 else text
    text = f"{abs(value.numerator)}/{value.denominator}"
    return f"(0 - {text})" if value < 0 else f"({text})"


def number(count: int) -> str:
    """A count in words to twelve, in figures above; none is ``no``."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else str(count)


def ordinal(position: int) -> str:
    """``first`` for 1, in words to the eighth."""
    return _ORDINALS[position - 1] if position <= len(_ORDINALS) else f"number {position}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """``one gate``, ``four gates``, ``no gates``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def figures(count: int, one: str, many: str | None = None) -> str:
    """The same in figures, for amounts: ``1 day``, ``30 days``, ``1,200 days``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def days(count: int) -> str:
    """``1 day``, ``30 days``."""
    return figures(count, "day")


def of(part: int, whole: int) -> str:
    """``two of 38``, ``22 of 38``, ``none of ten``."""
    return f"{number(part) if part else 'none'} of {number(whole)}"


def agree(count: int, one: str, many: str) -> str:
    """The verb that fits the count."""
    return one if count == 1 else many


def listed(items: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    parts = tuple(items)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def shortened(items: Iterable[str], most: int) -> str:
    """The same, but after so many items only how many more there are."""
    parts = tuple(items)
    rest = len(parts) - most
    return listed(parts) if rest <= 0 else listed((*parts[:most], f"{number(rest)} more"))


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def within(name: str) -> str:
    """A name as it stands within a sentence: ``Monitoring`` becomes ``monitoring``, ``ML`` stays."""
    return name if name.isupper() else name[:1].lower() + name[1:]


def sentence(text: str) -> str:
    """A capital first letter and a full stop, unless one is there."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".?:" else f"{text}."


def quoted(text: str) -> str:
    """The text in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def date(day: dt.date) -> str:
    """``30 September 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def people(bucket: str) -> str:
    """How many answered, as it may be said: ``8 people``, ``five people or more``."""
    return _BUCKETS.get(bucket) or (
        figures(int(bucket), "person", "people") if bucket.isdigit() else f"{bucket} people"
    )


def answers(bucket: str) -> str:
    """How many gave a level, as it may be said."""
    return "Nobody gave a level." if bucket == "0" else f"A level was given by {people(bucket)}."
