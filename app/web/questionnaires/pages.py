"""Questionnaires as values."""

from dataclasses import dataclass

from app.domain.questionnaire import Belief, Myth, Question, Questionnaire
from app.formats.problems import Problem
from app.services.pack_changes import PackChanges
from app.web.page import Link, Page


@dataclass(frozen=True, slots=True)
class Entry:
    """One version on the shelf. ``state``: shipped, published or draft; ``before``: the version it succeeds."""

    title: str
    name: str
    href: str
    state: str
    before: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfPage(Page):
    """Everything on the shelf, with a form to upload for who may. ``problems`` are those of a refused upload."""

    base: str
    entries: tuple[Entry, ...]
    may_upload: bool
    refused: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as people will meet it: its gates and myths in words."""

    question: Question
    gates: str
    myths: tuple[str, ...]
    roles: str
    sources: str


@dataclass(frozen=True, slots=True)
class AskedDimension:
    """The questions of one dimension, or of an overlay."""

    id: str
    name: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Believed:
    """A myth with the beliefs that stand for it."""

    myth: Myth
    beliefs: tuple[Belief, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnairePage(Page):
    """A whole questionnaire, to be read before it is used. ``may_publish`` for a draft and somebody who may."""

    base: str
    name: str
    state: str
    facts: tuple[tuple[str, str], ...]
    dimensions: tuple[AskedDimension, ...]
    myths: tuple[Believed, ...]
    level_names: tuple[str, ...]
    may_publish: bool
    before: Link | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One question or belief that differs, in both versions; None: not there."""

    id: str
    capability: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesPage(Page):
    """What a version changes, grouped by what that means for comparisons."""

    old: Link
    new: Link
    groups: tuple[tuple[str, str, tuple[Difference, ...]], ...]
    scoring: bool


def asked_dimensions(found: Questionnaire) -> tuple[AskedDimension, ...]:
    """The questions by dimension in the order of the pack, overlays after them."""
    groups = [(d.id, d.name, found.core_of(d.id)) for d in found.dimensions]
    for overlay in sorted({q.overlay for q in found.questions if q.overlay}):
        apart = tuple(q for q in found.questions if q.overlay == overlay)
        groups.append((f"overlay-{overlay}", f"Overlay: {overlay}", apart))
    return tuple(AskedDimension(name, title, tuple(_asked(found, q) for q in asked)) for name, title, asked in groups)


def _asked(found: Questionnaire, question: Question) -> Asked:
    titles = {reference.id: reference.title for reference in found.references}
    roles = {role.id: role.name for role in found.roles}
    return Asked(
        question,
        ", ".join(f"stage {gate.stage} needs level {gate.min_level}" for gate in question.gates),
        tuple(found.myths_by_id[link.myth].short for link in question.myths),
        ", ".join(roles[role] for role in question.best_roles),
        "; ".join(f"{titles[c.reference]}, {c.locator}" for c in question.citations),
    )


def believed(found: Questionnaire) -> tuple[Believed, ...]:
    """The myths with their beliefs, in the order of the pack."""
    return tuple(Believed(m, tuple(b for b in found.beliefs if b.myth == m.id)) for m in found.myths)


def differences(
    old: Questionnaire, new: Questionnaire, changes: PackChanges
) -> tuple[tuple[str, str, tuple[Difference, ...]], ...]:
    """The groups of a page of differences: title, what it means, what belongs to it; empty ones left out."""
    before, after = _texts(old), _texts(new)
    groups = (
        ("Added", "Asked for the first time; nothing to compare with yet.", changes.added),
        ("Retired", "Asked no more; earlier reports keep them.", changes.retired),
        ("Changed in meaning", "Levels are not compared with those of the earlier version.", changes.changed),
        ("Reworded", "The meaning stays; levels are compared.", changes.wording),
    )
    return tuple(
        (title, means, tuple(_difference(name, before, after) for name in names))
        for title, means, names in groups
        if names
    )


def _texts(found: Questionnaire) -> dict[str, tuple[str, str]]:
    texts = {q.id: (q.capability, q.text) for q in found.questions}
    return texts | {b.id: ("Belief", b.text) for b in found.beliefs}


def _difference(name: str, before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> Difference:
    old, new = before.get(name), after.get(name)
    return Difference(name, (new or old or ("", ""))[0], old[1] if old else None, new[1] if new else None)
