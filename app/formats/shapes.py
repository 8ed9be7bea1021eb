"""Shapes: how one kind of value is read from a file, written to it, and described in its JSON Schema.

One declaration serves all three, so that what is written can be read and what is read is described. Reading notes
every problem it meets and goes on: containers keep what could be read, and only a value that cannot be made at all
raises Unreadable. Nothing of a reading with a note may be used.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Generic, NoReturn, TypeAlias, TypeVar

from app.formats.reading import Path

T = TypeVar("T")
Schema: TypeAlias = dict[str, Any]
MAX_NOTES = 200


class Unreadable(Exception):
    """The value cannot be made; its problems are noted already."""


@dataclass
class Notes:
    """The problems met so far: path and message, each once, at most MAX_NOTES."""

    found: dict[tuple[Path, str], None] = field(default_factory=dict)

    def add(self, path: Path, message: str) -> None:
        """Keep one problem."""
        if len(self.found) < MAX_NOTES:
            self.found.setdefault((path, message))


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file with its path and the notes of the whole reading."""

    data: Any
    path: Path
    notes: Notes

    def child(self, key: str | int) -> "Node":
        """The value below; the key must be there."""
        return Node(self.data[key], (*self.path, key), self.notes)

    def note(self, message: str, *below: str | int) -> None:
        """Keep a problem of this value or of one below it."""
        self.notes.add((*self.path, *below), message)

    def refuse(self, message: str) -> NoReturn:
        """Keep a problem and give up on this value."""
        self.note(message)
        raise Unreadable


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """One kind of value: ``read`` may raise Unreadable, ``write`` gives plain data, ``schema`` describes that.

    ``order`` of an id: the ids there are, in which a table of them is written.
    """

    read: Callable[[Node], T]
    write: Callable[[T], object]
    schema: Schema
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. ``default`` None with ``required`` False: the value when the key is left out.

    ``always``: written even when it equals the default, because a reader looks for it. ``get`` takes the value to
    write out of the whole, where it is not an attribute of it.
    """

    key: str
    attribute: str
    shape: Shape[Any]
    default: Any = None
    required: bool = False
    always: bool = False
    get: Callable[[Any], Any] | None = None

    def of(self, whole: object) -> Any:  # noqa: ANN401 - whatever the shape of the field takes
        """The value to write."""
        return getattr(whole, self.attribute) if self.get is None else self.get(whole)


Check: TypeAlias = Callable[[dict[str, Any], Node], None]


def said(data: object) -> str:
    """A value as a message shows it, cut when long."""
    if data is None or isinstance(data, bool):
        return "null" if data is None else "yes" if data else "no"
    if isinstance(data, dict | list):
        return "a mapping" if isinstance(data, dict) else "a list"
    text = str(data) if isinstance(data, Decimal) else repr(data)
    return text if len(text) <= 60 else f"{text[:57]}..."


def suggestion(text: object, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """``; did you mean 'mon-drift'?`` or, for a short list, ``; write one of ...``; else nothing."""
    close = get_close_matches(str(text), list(known), n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; write one of {', '.join(known)}" if 0 < len(known) <= 12 else ""


def record(
    make: Callable[..., T], *fields: Field, check: Check | None = None, elsewhere: Mapping[str, str] | None = None
) -> Shape[T]:
    """A mapping with fixed keys.

    ``check`` sees the attributes that could be read and notes what contradicts. ``elsewhere`` says of keys that do
    not belong here why not.
    """
    keys = tuple(f.key for f in fields)

    def read(node: Node) -> T:
        if not isinstance(node.data, dict):
            node.refuse(f"must be a mapping with {', '.join(keys)}, not {said(node.data)}")
        for key in node.data:
            if key not in keys:
                node.note((elsewhere or {}).get(key) or f"unknown key{suggestion(key, keys)}", key)
        values = _read_fields(fields, node)
        if check is not None:
            check(values, node)
        if len(values) < len(fields):
            raise Unreadable
        return make(**values)

    def write(value: T) -> dict[str, object]:
        pairs = ((f, f.of(value)) for f in fields)
        return {f.key: f.shape.write(v) for f, v in pairs if f.required or f.always or v != f.default}

    schema: Schema = {
        "type": "object",
        "properties": {f.key: f.shape.schema for f in fields},
        "required": [f.key for f in fields if f.required],
        "additionalProperties": False,
    }
    return Shape(read, write, schema)


def _read_fields(fields: tuple[Field, ...], node: Node) -> dict[str, Any]:
    """The attributes that could be read, and the defaults of those left out."""
    values = {f.attribute: f.default for f in fields if f.key not in node.data and not f.required}
    for f in fields:
        if f.key in node.data:
            with suppress(Unreadable):
                values[f.attribute] = f.shape.read(node.child(f.key))
        elif f.required:
            node.note(f"{f.key!r} is missing")
    return values


def table(
    key: Shape[str], value: Shape[T], most: int, check: Callable[[str, T, Node], None] | None = None
) -> Shape[dict[str, T]]:
    """A mapping with free keys of one kind; null is an empty one. ``check`` sees each entry that could be read."""
    places = {name: place for place, name in enumerate(key.order)}

    def read(node: Node) -> dict[str, T]:
        if node.data is None:
            return {}
        if not isinstance(node.data, dict):
            node.refuse(f"must be a mapping, not {said(node.data)}")
        if len(node.data) > most:
            node.refuse(f"has {len(node.data)} entries; at most {most} are allowed")
        made = {}
        for name in node.data:
            entry = node.child(name)
            try:
                known = key.read(Node(name, entry.path, node.notes))
                made[known] = value.read(entry)
            except Unreadable:
                continue
            if check is not None:
                check(known, made[known], entry)
        return made

    def write(values: dict[str, T]) -> dict[str, object]:
        return {
            name: value.write(values[name]) for name in sorted(values, key=lambda n: (places.get(n, len(places)), n))
        }

    names = {k: v for k, v in key.schema.items() if k != "type"}
    schema: Schema = {"type": ["object", "null"], "additionalProperties": value.schema, "maxProperties": most}
    return Shape(read, write, schema | ({"propertyNames": names} if names else {}))


def rows(
    item: Shape[T], most: int, once: Callable[[T], object] | None = None, what: str = "entry"
) -> Shape[tuple[T, ...]]:
    """A list; null is an empty one. ``once`` names what two rows must not share."""

    def read(node: Node) -> tuple[T, ...]:
        if node.data is None:
            return ()
        if not isinstance(node.data, list):
            node.refuse(f"must be a list, not {said(node.data)}")
        if len(node.data) > most:
            node.refuse(f"has {len(node.data)} entries; at most {most} are allowed")
        made: list[T] = []
        first: dict[object, int] = {}
        for index in range(len(node.data)):
            try:
                made.append(item.read(node.child(index)))
            except Unreadable:
                continue
            if once is not None:
                name = once(made[-1])
                if first.setdefault(name, index) != index:
                    node.note(
                        f"the {what} {said(name)} is there already, as number {first[name] + 1} of the list", index
                    )
        return tuple(made)

    schema: Schema = {"type": ["array", "null"], "items": item.schema, "maxItems": most}
    return Shape(read, lambda values: [item.write(v) for v in values], schema)


def exactly(length: int, shape: Shape[T], what: str) -> Shape[tuple[T, ...]]:
    """A list of one length, such as a figure for each level."""
    inner = rows(shape, length)

    def read(node: Node) -> tuple[T, ...]:
        if not isinstance(node.data, list) or len(node.data) != length:
            node.refuse(f"must be {what}, a list of {length}; this is {said(node.data)}")
        return inner.read(node)

    return Shape(read, inner.write, inner.schema | {"type": "array", "minItems": length, "maxItems": length})


def optional(shape: Shape[T]) -> Shape[T | None]:
    """The same, or null."""

    def read(node: Node) -> T | None:
        return None if node.data is None else shape.read(node)

    return Shape(
        read, lambda value: None if value is None else shape.write(value), {"anyOf": [shape.schema, {"type": "null"}]}
    )
