"""YAML or JSON text as plain data that remembers its places.

Both are read to the same plain values: ``dict`` with text keys, ``list``, ``str``, ``int``, ``Decimal``, ``bool``,
``None``. YAML follows the core rules of YAML 1.2, so that nothing is more than it looks like:

- only ``true`` and ``false`` are true and false; ``yes``, ``no``, ``on`` and ``off`` are text;
- only ``null``, ``~`` and nothing at all are null;
- numbers are decimal (``7``, ``-0.5``, ``1e3``) and exact; ``007``, ``0x1F``, ``1_000``, ``12:30``, ``.5``, ``.inf``,
  dates and versions are text;
- keys are always text, so ``1:`` in YAML and ``"1":`` in JSON are the same key.

Aliases, anchors, tags, directives, a second document, duplicate keys and keys that are not plain text are refused.
The data come first and fast; the places are only worked out when something is wrong.
"""

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from app.formats.problems import Problem, Problems
from app.formats.read_json import json_data, json_places
from app.formats.read_yaml import yaml_data, yaml_places
from app.formats.reading import Path, Place, Unreadable

#: Largest files that are read, in bytes.
PACK_BYTES = 256 * 1024
ASSESSMENT_BYTES = 5 * 1024 * 1024

#: What no text file holds: controls other than tab and line ends, halves of pairs, non-characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_PLAIN_KEY = re.compile(r"[^\s.\[\]]{1,80}")

_Finder: TypeAlias = Callable[[str, Container[Path]], dict[Path, Place]]


@dataclass(frozen=True)
class Document:
    """The data of one file and the way from a path in the data to its line and column."""

    file: str
    data: object
    text: str
    finder: _Finder

    def problems(self, found: Iterable[tuple[Path, str]]) -> list[Problem]:
        """Problems at their places: a key or list item, or the nearest part around it where the path does not exist."""
        listed = list(found)
        wanted = {path[:end] for path, _ in listed for end in range(1, len(path) + 1)}
        places = self.finder(self.text, wanted) if wanted else {}
        result = []
        for path, message in listed:
            known = (places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in places)
            line, column = next(known, (1, 1))
            result.append(Problem(self.file, line, column, self.path_text(path), message))
        return result

    def path_text(self, path: Path) -> str:
        """A path as a person reads it; list items are named by their ``id`` where they have one."""
        text, node = "", self.data
        for part in path:
            if isinstance(part, int):
                node = node[part] if isinstance(node, list) and part < len(node) else None
                name = node.get("id") if isinstance(node, dict) else None
                text += f"[{name}]" if isinstance(name, str) and _PLAIN_KEY.fullmatch(name) else f"[{part}]"
            else:
                node = node.get(part) if isinstance(node, dict) else None
                key = part if _PLAIN_KEY.fullmatch(part) else repr(part[:80])
                text += f".{key}" if text else key
        return text


def read_document(data: bytes, file: str, limit: int) -> Document:
    """Read a YAML or JSON file of at most ``limit`` bytes; raises Problems, each with its place.

    A name that ends in ``.json`` is read as JSON, everything else as JSON where it is valid JSON, else as YAML.
    """
    text = _decode(data, file, limit)
    is_json = file.lower().endswith(".json")
    if is_json or text.lstrip()[:1] in ("{", "["):
        try:
            return Document(file, json_data(text), text, json_places)
        except Unreadable as problem:
            if is_json or problem.is_certain:
                raise _refusal(file, problem) from None
    try:
        return Document(file, yaml_data(text), text, yaml_places)
    except Unreadable as problem:
        raise _refusal(file, problem) from None


def _refusal(file: str, why: Unreadable) -> Problems:
    return Problems(Problem(file, line, column, "", message) for line, column, message in why.found)


def _decode(data: bytes, file: str, limit: int) -> str:
    """UTF-8 text without its byte order mark; raises Problems."""
    if len(data) > limit:
        size = f"{limit // 1024} KiB" if limit < 1024 * 1024 else f"{limit // 1024 // 1024} MiB"
        raise Problems([Problem(file, 1, 1, "", f"the file has {len(data)} bytes; at most {size} are read")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place_of(data[: error.start].decode("utf-8-sig", "replace"))
        message = "this is not UTF-8 text; save the file with the encoding UTF-8"
        raise Problems([Problem(file, line, column, "", message)]) from None
    found = _CONTROL.search(text)
    if found:
        line, column = _place_of(text[: found.start()])
        message = f"the control character U+{ord(found[0]):04X} cannot stand in the file; take it out"
        raise Problems([Problem(file, line, column, "", message)])
    return text


def _place_of(before: str) -> Place:
    return (before.count("\n") + 1, len(before) - before.rfind("\n"))
