"""How values are written on a page: levels, days, dates, quarters, and characters that nobody would see."""

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

from flask import Flask
from jinja2 import StrictUndefined
from markupsafe import Markup

from app.domain.quarter import Quarter

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: Control characters, lone surrogates and non-characters: HTML may not hold them, and a reader would not see them.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def level(value: Fraction | Decimal | float | None) -> str:
    """A level with one decimal, half to even; a dash for none."""
    if value is None:
        return "\u2013"
    tenths = round(Fraction(value) * 10)
    return f"{tenths // 10}.{tenths % 10}"


def step(value: Fraction | Decimal | float) -> int:
    """The colour step of a level, 0 to 4: the nearest whole level, a half to the upper one."""
    return min(4, max(0, int(Fraction(value) + Fraction(1, 2))))


def plural(count: int, one: str, many: str) -> str:
    """``1 person`` or ``3 people``."""
    return f"{count:,} {one if count == 1 else many}".replace(",", "\u202f")


def days(value: Fraction | float) -> str:
    """``1 day``, ``2 days``, ``1.5 days``."""
    exact = Fraction(value)
    text = str(exact.numerator) if exact.denominator == 1 else f"{float(exact):.1f}"
    return f"{text} {'day' if exact == 1 else 'days'}"


def day(date: dt.date) -> str:
    """``16 October 2026``."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def short_day(date: dt.date) -> str:
    """``Thu 24 Sep``, for lists of what is near."""
    return f"{WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1][:3]}"


def clock(moment: dt.datetime) -> str:
    """``10:38``."""
    return f"{moment:%H:%M}"


def quarter(value: Quarter | str) -> str:
    """``third quarter 2026``; raises NotAQuarter."""
    return (value if isinstance(value, Quarter) else Quarter.parse(value)).in_words


def listed(words: tuple[str, ...]) -> str:
    """``one``, ``one and two``, ``one, two and three``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def sentence(words: object) -> str:
    """What an error says, as a sentence: with a capital and a full stop."""
    text = str(words)
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def visible(value: object) -> object:
    """What a template prints: text without characters that nobody would see; markup of ours as it is."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _UNSEEN.sub("\ufffd", value)


def teach(app: Flask) -> None:
    """Give the templates these words as filters; what is undefined is never printed, what is printed can be seen."""
    app.jinja_options = {
        **app.jinja_options,
        "undefined": StrictUndefined,
        "finalize": visible,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    for filter_ in (level, step, days, day, short_day, clock, quarter, plural, listed):
        app.add_template_filter(filter_)
