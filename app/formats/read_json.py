"""JSON as plain data by the parser of the standard library; places are found afterwards, when they are wanted."""

import json
import re
from collections.abc import Container
from typing import Never

from app.formats.reading import DEPTH_MAX, TOO_DEEP, TOO_LONG_A_NUMBER, Found, Path, Place, Unreadable, number

#: Values in one file; some hundred bytes of memory each.
NODES_MAX = 1_000_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_LONG_NUMBER = re.compile(r"[0-9]{20}")
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_TOO_MANY = f"the file holds more than {NODES_MAX} values"
_TWICE = "the key {!r} is here twice; keep one of them"
_HALF = r"half a character pair (\uD800 to \uDFFF); write the whole pair"


class _RefusedError(Exception):
    """Something in the text is not wanted; where and why is found by ``_reasons``."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RefusedError
    return found


def _constant(_name: str) -> Never:
    raise _RefusedError


def json_data(text: str) -> object:
    """The data of a JSON text; raises Unreadable, not certain where the text may still be YAML."""
    if text.count(",") > NODES_MAX:
        raise Unreadable((1, 1, _TOO_MANY))
    try:
        data: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=number,
            parse_int=number if _LONG_NUMBER.search(text) else None,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise Unreadable((error.lineno, error.colno, f"this is not JSON: {error.msg}"), is_certain=False) from None
    except (_RefusedError, OverflowError, RecursionError):
        raise Unreadable(*_reasons(text)) from None
    if not _is_shallow(data) or (_ESCAPED_HALF.search(text) and not _is_whole(text)):
        raise Unreadable(*_reasons(text))
    return data


def _is_shallow(data: object) -> bool:
    """Whether the data are within the limit of depth; goes down level by level."""
    level = [data]
    for _ in range(DEPTH_MAX):
        below: list[object] = []
        for node in level:
            if isinstance(node, dict):
                below.extend(node.values())
            elif isinstance(node, list):
                below.extend(node)
        level = below
    return not any(isinstance(node, (dict, list)) for node in level)


def _is_whole(text: str) -> bool:
    return not any(_has_half(json.loads(token[0])) for token in _TOKEN.finditer(text) if token[0][0] == '"')


def _has_half(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _reasons(text: str) -> list[Found]:
    walk = _Walk(text, ())
    walk.run()
    return walk.found


def json_places(text: str, wanted: Container[Path]) -> dict[Path, Place]:
    """Line and column of those wanted keys and list items that a valid JSON text has."""
    walk = _Walk(text, wanted)
    walk.run()
    return walk.places


class _Walk:
    """A walk over the tokens of valid JSON that notes wanted places and what must be refused.

    ``path`` ends with what comes next in the innermost container: an index, a key, or None before a key.
    """

    def __init__(self, text: str, wanted: Container[Path]) -> None:
        self.text = text
        self.wanted = wanted
        self.places: dict[Path, Place] = {}
        self.found: list[Found] = []
        self.path: list[str | int | None] = []
        self.seen: list[set[str]] = []

    def run(self) -> None:
        line, line_start, position = 1, 0, 0
        for token in _TOKEN.finditer(self.text):
            start = token.start()
            breaks = self.text.count("\n", position, start)
            if breaks:
                line += breaks
                line_start = self.text.rfind("\n", position, start) + 1
            position = start
            self.take(token[0], (line, start - line_start + 1))
            if len(self.path) > DEPTH_MAX:
                self.found.append((line, start - line_start + 1, TOO_DEEP))
                return

    def take(self, sign: str, place: Place) -> None:
        if sign in ("}", "]"):
            self.path.pop()
            self.seen.pop()
        elif sign == ",":
            last = self.path[-1]
            self.path[-1] = last + 1 if isinstance(last, int) else None
        elif sign != ":":
            self._value(sign, place)

    def _value(self, sign: str, place: Place) -> None:
        if self.path and self.path[-1] is None:
            key = str(json.loads(sign))
            self.path[-1] = key
            if key in self.seen[-1]:
                self.found.append((*place, _TWICE.format(key[:80])))
            self.seen[-1].add(key)
            self._note(place)
        else:
            if self.path and isinstance(self.path[-1], int):
                self._note(place)
            if sign in ("{", "["):
                self.path.append(None if sign == "{" else 0)
                self.seen.append(set())
        self._judge(sign, place)

    def _note(self, place: Place) -> None:
        path = tuple(part for part in self.path if part is not None)
        if path in self.wanted:
            self.places.setdefault(path, place)

    def _judge(self, sign: str, place: Place) -> None:
        if sign[0] == '"':
            if "\\u" in sign and _has_half(json.loads(sign)):
                self.found.append((*place, _HALF))
        elif sign in ("NaN", "Infinity", "-Infinity"):
            self.found.append((*place, f"{sign} is not a number that can be used"))
        elif sign[0] in "-0123456789":
            try:
                number(sign)
            except OverflowError:
                self.found.append((*place, TOO_LONG_A_NUMBER))
