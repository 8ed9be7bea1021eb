"""Reads YAML (and so JSON) into plain values that know their line and column; refuses what could harm."""

import datetime as dt
from dataclasses import dataclass
from typing import NoReturn

import yaml

from app.formats.problems import Problem, Problems

MAX_DEPTH = 20
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """``data`` as plain values; ``place`` gives line and column of a path, or of the nearest thing around it."""

    name: str
    data: object
    places: dict[Path, tuple[int, int]]

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def read_document(data: bytes, name: str, limit: int) -> Document:
    """Read one document of at most ``limit`` bytes; raises Problems."""
    if len(data) > limit:
        _refuse(name, 1, 1, f"the file is larger than {limit // 1024} KiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(name, 1, 1, "the file is not UTF-8; save it as UTF-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            mark = event.start_mark
            if depth > MAX_DEPTH:
                _refuse(name, mark.line + 1, mark.column + 1, "nested too deeply")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                _refuse(name, mark.line + 1, mark.column + 1, "anchors and aliases are not allowed; write the value out")
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        found = getattr(error, "problem_mark", None)
        line, column = (found.line + 1, found.column + 1) if found else (1, 1)
        _refuse(name, line, column, f"not readable as YAML: {getattr(error, 'problem', error)}")
    places: dict[Path, tuple[int, int]] = {}
    builder = yaml.SafeLoader("")
    value = None if node is None else _build(node, (), places, builder, name)
    return Document(name, value, places)


def _build(node: yaml.Node, path: Path, places: dict[Path, tuple[int, int]], builder: yaml.SafeLoader, name: str) -> object:
    places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, i), places, builder, name) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        made: dict[object, object] = {}
        for key_node, child in node.value:
            key = builder.construct_object(key_node)
            if isinstance(key, bool):
                key = key_node.value
            mark = key_node.start_mark
            if key in made:
                _refuse(name, mark.line + 1, mark.column + 1, f"{key!r} is written twice")
            places[*path, str(key)] = (mark.line + 1, mark.column + 1)
            made[str(key)] = _build(child, (*path, str(key)), places, builder, name)
        return made
    try:
        value = builder.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        _refuse(name, node.start_mark.line + 1, node.start_mark.column + 1, f"not readable: {error}")
    return value if isinstance(value, str | int | float | bool | dt.date | None) else node.value


def _refuse(name: str, line: int, column: int, message: str) -> NoReturn:
    raise Problems((Problem(name, line, column, "", message),))
