"""YAML as plain data in one pass over the events of libyaml, with a stack of our own: nothing recurses."""

from collections.abc import Container
from typing import TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.formats.reading import DEPTH_MAX, TOO_DEEP, TOO_LONG_A_NUMBER, Found, Path, Place, Unreadable, plain_value

#: Values in one file; a larger one is refused before it costs time. JSON may hold four times as many.
NODES_MAX = 250_000
#: After so many reasons the reading stops.
REASONS_MAX = 100

_Value: TypeAlias = object
_ALIAS = "anchors and aliases (& and *) are not read; write the value out"
_TAG = "tags (!) are not read; leave the tag out"


class _Builder:
    """Puts events together; ``open`` holds the containers around the next value, outermost first."""

    def __init__(self, wanted: Container[Path] | None) -> None:
        self.wanted = wanted
        self.places: dict[Path, Place] = {}
        self.found: list[Found] = []
        self.open: list[list[_Value] | dict[str, _Value]] = []
        self.path: list[str | int] = []
        self.key: list[str | None] = []
        self.root: _Value = None
        self.documents = 0
        self.nodes = 0

    def refuse(self, event: Event, message: str) -> None:
        self.found.append((*_place(event), message))
        if len(self.found) >= REASONS_MAX:
            raise Unreadable(*self.found)

    def add(self, value: _Value, event: Event) -> None:
        """Put a value where it belongs: it is the root, an item, a key, or the value of the key before it."""
        self.nodes += 1
        if self.nodes > NODES_MAX:
            self.refuse(event, f"the file holds more than {NODES_MAX} values; send it as JSON")
            raise Unreadable(*self.found)
        if not self.open:
            self.root = value
            return
        container = self.open[-1]
        if isinstance(container, list):
            self._note(len(container), event)
            container.append(value)
            return
        key = self.key[-1]
        if key is None:
            self._take_key(value, event, container)
        else:
            container[key] = value
            self.key[-1] = None

    def _take_key(self, value: _Value, event: Event, container: dict[str, _Value]) -> None:
        if not isinstance(event, ScalarEvent):
            self.refuse(event, "a key must be plain text")
            raise Unreadable(*self.found)
        key = event.value
        if key in container:
            self.refuse(event, f"the key {key[:80]!r} is here twice; keep one of them")
        container[key] = value
        self.key[-1] = key
        self._note(key, event)

    def _note(self, part: str | int, event: Event) -> None:
        if self.wanted is not None and (*self.path, part) in self.wanted:
            self.places.setdefault((*self.path, part), _place(event))

    def start(self, container: list[_Value] | dict[str, _Value], event: Event) -> None:
        if len(self.open) >= DEPTH_MAX:
            self.refuse(event, TOO_DEEP)
            raise Unreadable(*self.found)
        outer = self.open[-1] if self.open else None
        part = len(outer) if isinstance(outer, list) else self.key[-1] if outer is not None else None
        self.add(container, event)
        if part is not None:
            self.path.append(part)
        self.open.append(container)
        self.key.append(None)

    def end(self) -> None:
        self.open.pop()
        self.key.pop()
        if self.path:
            self.path.pop()

    def scalar(self, event: ScalarEvent) -> None:
        value: _Value = event.value
        if event.implicit[0]:
            try:
                value = plain_value(event.value)
            except OverflowError:
                self.refuse(event, TOO_LONG_A_NUMBER)
        self.add(value, event)

    def take(self, event: Event) -> None:
        """One event of the parser."""
        if isinstance(event, AliasEvent):
            self.refuse(event, _ALIAS)
            self.add(None, event)
            return
        if getattr(event, "anchor", None):
            self.refuse(event, _ALIAS)
        if getattr(event, "tag", None):
            self.refuse(event, _TAG)
        if isinstance(event, ScalarEvent):
            self.scalar(event)
        elif isinstance(event, MappingStartEvent):
            self.start({}, event)
        elif isinstance(event, SequenceStartEvent):
            self.start([], event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self.end()
        elif isinstance(event, DocumentStartEvent):
            self._document(event)

    def _document(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if event.version or event.tags:
            self.refuse(event, "directives (%) are not read; leave the line out")
        if self.documents > 1:
            self.refuse(event, "a second document begins here; one file holds one document")
            raise Unreadable(*self.found)


def _place(event: Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _build(text: str, wanted: Container[Path] | None) -> _Builder:
    builder = _Builder(wanted)
    loader = yaml.CSafeLoader(text)
    try:
        while (event := loader.get_event()) is not None:
            builder.take(event)
    except yaml.YAMLError as error:
        raise Unreadable(*builder.found, _syntax(error)) from None
    finally:
        loader.dispose()
    if not builder.documents and not builder.found:
        raise Unreadable((1, 1, "the file is empty"))
    if builder.found:
        raise Unreadable(*builder.found)
    return builder


def _syntax(error: yaml.YAMLError) -> Found:
    """What libyaml stumbled over, with a hint for the usual causes."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unknown")
    hint = next((text for word, text in _HINTS if word in problem), "")
    return (line, column, f"this is not YAML: {problem}{hint}")


_HINTS = (
    ("mapping values are not allowed", "; put a text that holds ': ' in quotes, or check the indentation"),
    ("cannot start any token", "; indent with spaces, and put a text that begins with such a sign in quotes"),
    ("did not find expected key", "; check the indentation and the quotes of the lines above"),
    ("could not find expected ':'", "; write 'key: value', and check the quotes of the lines above"),
    ("unexpected end of stream", "; a quote or a bracket is not closed"),
)


def yaml_data(text: str) -> object:
    """The data of a YAML text; raises Unreadable."""
    return _build(text, None).root


def yaml_places(text: str, wanted: Container[Path]) -> dict[Path, Place]:
    """Line and column of those wanted keys and list items that a text has which ``yaml_data`` could read."""
    return _build(text, wanted).places
