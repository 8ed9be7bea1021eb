"""Writes plain values as YAML that a person likes to read: short things on one line, everything else one below another.

Own, because the bytes must be the same on every machine and exact numbers must stay exact. What is written is read
back as the same values by any YAML reader, 1.1 or 1.2.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from fractions import Fraction

from app.formats.scalars import as_decimal

_WIDTH = 110
_PLAIN = re.compile(r"(?a:[A-Za-z](?:[A-Za-z0-9_./@()+-]|[ ](?! *$))*|\d{4}-Q[1-4])")
_NOT_PLAIN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
#: Characters that YAML does not allow as they are, or takes for a line break, and JSON leaves alone.
_SPECIAL = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def to_yaml(data: object) -> str:
    """A document of mappings, lists, texts, numbers (Fractions too), booleans, days and nulls; ends with a newline."""
    return "".join(f"{line}\n" for line in _lines(data, 0))


def _lines(data: object, indent: int) -> Iterator[str]:
    pad = " " * indent
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _entry(f"{pad}{_text(key)}:", value, indent + 2)
    elif isinstance(data, list):
        for value in data:
            yield from _item(pad, value, indent)
    else:
        yield pad + _scalar(data)


def _entry(start: str, value: object, indent: int) -> Iterator[str]:
    short = _flow(value)
    if not isinstance(value, dict | list) or not value or (len(start) + len(short) < _WIDTH and _is_leaf(value)):
        yield f"{start} {short}"
    else:
        yield start
        yield from _lines(value, indent)


def _item(pad: str, value: object, indent: int) -> Iterator[str]:
    short = _flow(value)
    if not isinstance(value, dict | list) or not value or (len(pad) + len(short) < _WIDTH and _is_leaf(value)):
        yield f"{pad}- {short}"
    else:
        first, *rest = _lines(value, indent + 2)
        yield f"{pad}- {first.lstrip(' ')}"
        yield from rest


def _is_leaf(value: object) -> bool:
    """Whether it holds at most two more floors: what a line can show."""
    return _depth(value) <= 3


def _depth(value: object) -> int:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if below is None else 1 + max(map(_depth, below), default=0)


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, Fraction):
        return as_decimal(value) or f'"{value.numerator}/{value.denominator}"'
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else _text(str(value))


def _text(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _SPECIAL.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
