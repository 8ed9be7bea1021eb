"""What can be read of a pack that may be broken: the parts that are whole, with their paths.

The checks of ids and of structure work on this, so that one mistake does not hide the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Outline:
    """The readable parts. ``ids`` holds the ids of each kind; None where the list itself cannot be read."""

    data: Entry
    ids: dict[str, list[tuple[Path, str]] | None]
    steps: dict[str, StepLine] = field(default_factory=dict)

    def known(self, kind: str) -> list[str] | None:
        """The ids of a kind, or None where nothing can be said about them."""
        found = self.ids[kind]
        return None if found is None else [name for _, name in found]


def outline(data: object) -> Outline:
    """Read what is whole of a pack."""
    root = data if isinstance(data, dict) else {}
    ids: dict[str, list[tuple[Path, str]] | None] = {}
    for kind in KINDS:
        listed = root.get(kind)
        found = ((path, text(entry, "id")) for path, entry in entries(root, kind))
        ids[kind] = [((*path, "id"), name) for path, name in found if name] if isinstance(listed, list) else None
    return Outline(root, ids, _steps(root))


def _steps(root: Entry) -> dict[str, StepLine]:
    steps: dict[str, StepLine] = {}
    for question_path, question in entries(root, "questions"):
        for path, step in entries(question, "steps", question_path):
            name, _, level = (text(step, "id") or "").partition("@")
            if name and level in ("1", "2", "3", "4"):
                needs = tuple(need for _, need in texts(step, "prerequisites", path))
                is_core = question.get("overlay") is None
                steps.setdefault(f"{name}@{level}", StepLine(path, f"{name}@{level}", name, int(level), is_core, needs))
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
