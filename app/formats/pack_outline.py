"""What can be read of a pack that may be broken: the parts that are whole, with their paths.

The checks of ids and of structure work on this, so that one mistake does not hide the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from app.formats.reading import Path

Found: TypeAlias = tuple[Path, str]
Entry: TypeAlias = dict[str, object]

#: The lists of a pack that hold entries with an id, with the word for one of them.
KINDS = {
    "dimensions": "dimension",
    "families": "family",
    "roles": "role",
    "context": "context question",
    "references": "reference",
    "sources": "source",
    "claims": "claim",
    "myths": "myth",
    "beliefs": "belief",
    "questions": "question",
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as far as it can be read; ``id`` is what it should be called for its place."""

    path: Path
    id: str
    question: str
    level: int
    is_core: bool
    prerequisites: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Outline:
    """The readable parts. ``ids`` and ``known`` hold the ids of each kind; None where the list itself is unreadable."""

    data: Entry
    ids: dict[str, list[tuple[Path, str]] | None]
    known: dict[str, dict[str, None] | None]
    steps: dict[str, StepLine]


def outline(data: object) -> Outline:
    """Read what is whole of a pack."""
    root = data if isinstance(data, dict) else {}
    ids: dict[str, list[tuple[Path, str]] | None] = {}
    for kind in KINDS:
        listed = root.get(kind)
        found = ((path, text(entry, "id")) for path, entry in entries(root, kind))
        ids[kind] = [((*path, "id"), name) for path, name in found if name] if isinstance(listed, list) else None
    known = {kind: None if found is None else dict.fromkeys(name for _, name in found) for kind, found in ids.items()}
    return Outline(root, ids, known, _steps(root))


def _steps(root: Entry) -> dict[str, StepLine]:
    steps: dict[str, StepLine] = {}
    for question_path, question in entries(root, "questions"):
        for path, step in entries(question, "steps", question_path):
            name, _, level = (text(step, "id") or "").partition("@")
            if name and level in ("1", "2", "3", "4"):
                needs = tuple(need for _, need in texts(step, "prerequisites", path))
                is_core = question.get("overlay") is None
                line = StepLine(path, f"{name}@{level}", name, int(level), is_core, needs, step)
                steps.setdefault(line.id, line)
    return steps


def entries(parent: Entry, key: str, path: Path = ()) -> Iterator[tuple[Path, Entry]]:
    """The entries of a list that are mappings."""
    listed = parent.get(key)
    for number, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield (*path, key, number), entry


def texts(parent: Entry, key: str, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The items of a list that are text."""
    listed = parent.get(key)
    for number, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, str):
            yield (*path, key, number), item


def pairs(parent: Entry, key: str) -> dict[str, object]:
    """A mapping, empty where it is none."""
    found = parent.get(key)
    return found if isinstance(found, dict) else {}


def text(parent: Entry, key: str) -> str | None:
    """A text, None where it is none."""
    found = parent.get(key)
    return found if isinstance(found, str) else None
