"""The fingerprint of an input: the same for the same facts, however they are ordered or spelled in a file."""

import datetime as dt
import hashlib
import json
from dataclasses import Field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from app.domain.answers import LATER, Assessment
from app.domain.quarter import Quarter
from app.domain.sheet import Sheet

#: Lists whose order says nothing; what orders them instead.
_UNORDERED = {"respondents", "votings", "actions", "hands"}


def canonical_digest(*inputs: Assessment | Sheet) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of one input, or of several in their order.

    Mappings by key; respondents, votings, actions and hands in an order of their own; numbers as exact ratios.
    Warnings do not count.
    """
    found = hashlib.sha256()
    for one in inputs:
        text = json.dumps({"form": type(one).__name__, "facts": _plain(one)}, sort_keys=True, separators=(",", ":"))
        found.update(text.encode() + b"\n")
    return found.hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - one line a kind of value
    if isinstance(value, Quarter):
        return str(value)
    if is_dataclass(value):
        kept = [f.name for f in fields(value) if f.compare and not _unset(f, getattr(value, f.name))]
        made = {name: _plain(getattr(value, name)) for name in kept} | {"is": type(value).__name__}
        return {name: _sorted(part) if name in _UNORDERED else part for name, part in made.items()}
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Fraction | Decimal):
        return str(Fraction(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _unset(field: Field[Any], value: Any) -> bool:  # noqa: ANN401 - any field's value
    """Whether a field that came later is not used: what was published before it keeps its digest."""
    return LATER in field.metadata and value == field.metadata[LATER]


def _sorted(part: Any) -> Any:  # noqa: ANN401 - plain JSON
    if isinstance(part, dict):
        return {key: _sorted(below) for key, below in part.items()}
    return sorted(part, key=lambda one: json.dumps(one, sort_keys=True)) if isinstance(part, list) else part
