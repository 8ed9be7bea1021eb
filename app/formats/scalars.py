"""The single values of assessment files: levels, texts, days, quarters and exact numbers."""

import datetime as dt
import re
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.domain.errors import NotAQuarter
from app.domain.quarter import Quarter
from app.formats.shapes import Node, Schema, Shape, said, suggestion

_DAY = re.compile(r"(?a:\d{4}-\d\d-\d\d)")
_RATIO = re.compile(r"(?a:(-?\d{1,400})/([1-9]\d{0,399}))")
_DECIMAL = re.compile(r"(?a:-?\d{1,20}(\.\d{1,20})?)")
_COMMA = re.compile(r"(?a:-?\d+,\d+)")
_PERCENT = re.compile(r"(?a:(\d{1,3}) ?%)")
_MAX_DIGITS = 12
_MOST_FIGURES = 20
_HUGE = 10**_MOST_FIGURES
NAME = 500
TEXT = 2000


def text(longest: int = NAME, *, blank: bool = False, what: str = "a text") -> Shape[str]:
    """A text of at most ``longest`` characters; a bare number is refused, since its spelling is lost."""

    def read(node: Node) -> str:
        if not isinstance(node.data, str):
            node.refuse(f"must be {what}, not {said(node.data)}; put it in quotes if it is meant as a text")
        if not blank and not node.data.strip():
            node.refuse(f"must not be empty; write {what}")
        if len(node.data) > longest:
            node.refuse(f"has {len(node.data)} characters; at most {longest} are allowed")
        if any("\ud800" <= c <= "\udfff" for c in node.data):
            node.refuse("holds half a character (a lone surrogate); write the text again")
        return node.data

    schema: Schema = {"type": "string", "maxLength": longest}
    return Shape(read, str, schema if blank else schema | {"minLength": 1})


def label(what: str) -> Shape[str]:
    """A short text that may look like a number, such as a respondent's id."""
    inner = text(what=what)

    def read(node: Node) -> str:
        number = isinstance(node.data, int) and not isinstance(node.data, bool) and abs(node.data) < _HUGE
        return str(node.data) if number else inner.read(node)

    return Shape(read, str, {"type": ["string", "integer"], "minLength": 1, "maxLength": NAME})


def known(ids: Collection[str] | None, what: str) -> Shape[str]:
    """The id of something that is there; ``ids`` None: nothing can be checked."""
    inner = label(what)

    def read(node: Node) -> str:
        name = inner.read(node)
        if ids is not None and name not in ids:
            node.refuse(f"the questionnaire has no {what} {said(name)}{suggestion(name, tuple(ids))}")
        return name

    return Shape(read, str, {"type": "string", "minLength": 1, "maxLength": NAME}, tuple(ids or ()))


def one_of(*values: str) -> Shape[Any]:
    """One of a few words."""

    def read(node: Node) -> str:
        if not isinstance(node.data, str) or node.data not in values:
            node.refuse(f"{said(node.data)} is not one of {', '.join(values)}")
        return node.data

    return Shape(read, str, {"type": "string", "enum": list(values)})


def flag() -> Shape[bool]:
    """Yes or no, also as true or false."""

    def read(node: Node) -> bool:
        made = {"yes": True, "no": False}.get(node.data, node.data) if isinstance(node.data, str) else node.data
        if not isinstance(made, bool):
            node.refuse(f"must be yes or no, not {said(node.data)}")
        return made

    return Shape(read, bool, {"type": "boolean"})


def whole(least: int, most: int, what: str) -> Shape[int]:
    """A whole number; yes, no, decimals and quoted numbers are none."""

    def read(node: Node) -> int:
        data, asked = node.data, f"write {what} from {least} to {most}"
        if isinstance(data, bool) or (isinstance(data, str) and data.lower() in {"yes", "no"}):
            node.refuse(f"{said(data)} is not a number; {asked}")
        if isinstance(data, str) and data.strip().lstrip("-").isdecimal():
            node.refuse(f"{said(data)} is a text; {asked}, without quotes")
        if isinstance(data, Decimal):
            node.refuse(f"{data} is not a whole number; {asked}")
        if not isinstance(data, int):
            node.refuse(f"{said(data)} is not a number; {asked}")
        if not least <= data <= most:
            node.refuse(f"{said(data)} is out of range; {asked}")
        return data

    return Shape(read, int, {"type": "integer", "minimum": least, "maximum": most})


def level() -> Shape[int]:
    """A level, 0 to 4."""
    return whole(0, 4, "a level")


def day() -> Shape[dt.date]:
    """A calendar day, such as 2026-09-30."""

    def read(node: Node) -> dt.date:
        data = node.data
        if not isinstance(data, str) or not _DAY.fullmatch(data):
            node.refuse(f"{said(data)} is not a day; write year, month and day, such as 2026-09-30")
        try:
            return dt.date.fromisoformat(data)
        except ValueError:
            node.refuse(f"there is no day {said(data)}")

    return Shape(read, lambda value: value, {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"})


def quarter() -> Shape[Quarter]:
    """A quarter, such as 2026-Q3."""

    def read(node: Node) -> Quarter:
        if not isinstance(node.data, str):
            node.refuse(f"{said(node.data)} is not a quarter; write a year and a quarter, such as 2026-Q3")
        try:
            return Quarter.parse(node.data)
        except NotAQuarter as error:
            node.refuse(str(error))

    return Shape(read, str, {"type": "string", "pattern": r"^[12]\d{3}-Q[1-4]$"})


def amount(most: int, *, zero: bool, what: str) -> Shape[Decimal]:
    """An exact decimal, as a number or as a text of figures; ``zero``: may be 0; never below."""

    def read(node: Node) -> Decimal:
        value = _decimal(node, what)
        if value < 0 or (value == 0 and not zero):
            node.refuse(f"{said(node.data)} is too small; {what} is {'0 or more' if zero else 'more than 0'}")
        if value > most:
            node.refuse(f"{said(node.data)} is too large; {what} is at most {most}")
        return value

    low: Schema = {"minimum": 0} if zero else {"exclusiveMinimum": 0}
    spelled: Schema = {"type": "string", "pattern": r"^\d{1,20}(\.\d{1,20})?$"}

    def write(value: Decimal) -> object:
        return Fraction(value) if as_decimal(Fraction(value)) else f"{value:f}"

    return Shape(read, write, {"anyOf": [{"type": "number", "maximum": most} | low, spelled]})


def exact(least: int | None, most: int | None, what: str) -> Shape[Fraction]:
    """An exact number: a decimal, or a ratio as a text such as 7/12."""

    def read(node: Node) -> Fraction:
        ratio = _RATIO.fullmatch(node.data) if isinstance(node.data, str) else None
        value = Fraction(int(ratio[1]), int(ratio[2])) if ratio else Fraction(_decimal(node, what))
        if (least is not None and value < least) or (most is not None and value > most):
            node.refuse(f"{said(node.data)} is out of range; {what} lies between {least} and {most}")
        return value

    bounds = {"minimum": least, "maximum": most}
    number: Schema = {"type": "number"} | {k: v for k, v in bounds.items() if v is not None}
    spelled: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?(/[1-9]\d*)?$"}
    return Shape(read, Fraction, {"anyOf": [number, spelled]})


def as_decimal(value: Fraction) -> str | None:
    """The number in figures when at most 12 of them say it exactly, else None."""
    digits = next((n for n in range(_MAX_DIGITS + 1) if (value * 10**n).denominator == 1), None)
    if digits is None or abs(value * 10**digits) >= 10**_MAX_DIGITS:
        return None
    figures = f"{abs(int(value * 10**digits)):0{digits + 1}d}"
    point = len(figures) - digits
    return ("-" if value < 0 else "") + figures[:point] + ("." + figures[point:] if digits else "")


def _decimal(node: Node, what: str) -> Decimal:
    data = node.data
    if isinstance(data, str):
        if _COMMA.fullmatch(data):
            node.refuse(f"{said(data)} has a decimal comma; write a point: {data.replace(',', '.')}")
        share = _PERCENT.fullmatch(data)
        if share:
            node.refuse(f"{said(data)} is a text; write it as a decimal: {int(share[1]) / 100:g}")
        if not _DECIMAL.fullmatch(data):
            node.refuse(f"{said(data)} is not a number; write {what} in figures, such as 0.10")
    elif isinstance(data, bool) or not isinstance(data, int | Decimal):
        node.refuse(f"{said(data)} is not a number; write {what} in figures")
    value = Decimal(data)
    if value.adjusted() > _MOST_FIGURES or int(value.as_tuple().exponent) < -_MOST_FIGURES:
        node.refuse(f"{said(data)} has more than {_MOST_FIGURES} figures; nothing here needs so many")
    return value
