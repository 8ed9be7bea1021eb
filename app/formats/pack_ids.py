"""Ids of a pack: each used once, and none that does not exist."""

import difflib
from collections.abc import Iterable, Iterator

from app.domain.questionnaire import NOT_SAID
from app.domain.sheet import OTHERS
from app.formats.pack_outline import KINDS, Entry, Found, Outline, entries, pairs, text, texts
from app.formats.reading import Path

_RESERVED = {"roles": NOT_SAID, "families": OTHERS}


def check_ids(outline: Outline) -> Iterator[Found]:
    """Duplicate, reserved and unknown ids."""
    yield from _duplicates(outline)
    yield from _reserved(outline)
    yield from _of_people_and_sources(outline)
    yield from _of_questions(outline)
    yield from _of_context(outline)
    yield from _of_claims_and_myths(outline)


def _duplicates(outline: Outline) -> Iterator[Found]:
    """One namespace for the whole pack: an explanation or an answer names a thing by its id alone."""
    owners: dict[str, str] = {}
    named = [(path, name, word) for kind, word in KINDS.items() for path, name in outline.ids[kind] or ()]
    for question_path, question in entries(outline.data, "questions"):
        for path, step in entries(question, "steps", question_path):
            name = text(step, "id")
            if name:
                named.append(((*path, "id"), name, "step"))
    for path, name, word in named:
        if name in owners:
            yield path, f"the id {name!r} is already used by a {owners[name]}; every id of a pack is used once"
        owners.setdefault(name, word)


def _reserved(outline: Outline) -> Iterator[Found]:
    for kind, name in _RESERVED.items():
        for path, found in outline.ids[kind] or ():
            if found == name:
                yield path, f"the id {name!r} has a meaning of its own in Mythmark; choose another"


def _of_people_and_sources(outline: Outline) -> Iterator[Found]:
    for path, role in entries(outline.data, "roles"):
        yield from _one(role, "family", path, "families", outline)
    for path, claim in entries(outline.data, "claims"):
        yield from _one(claim, "source", path, "sources", outline)
        yield from _one(claim, "primary", path, "myths", outline)
        yield from _many(claim, "canonical", path, "myths", outline)
    for path, myth in entries(outline.data, "myths"):
        yield from _many(myth, "dimensions", path, "dimensions", outline)
        yield from _many(myth, "covers", path, "claims", outline)
    for path, belief in entries(outline.data, "beliefs"):
        yield from _one(belief, "myth", path, "myths", outline)


def _of_questions(outline: Outline) -> Iterator[Found]:
    core = [text(q, "id") for _, q in entries(outline.data, "questions") if q.get("overlay") is None]
    yield from _many(outline.data, "pulse", (), "questions", outline)
    for path, name in texts(outline.data, "pulse"):
        if name not in core and name in (outline.known("questions") or ()):
            yield path, f"{name!r} is an overlay question; the pulse asks core questions only"
    for path, question in entries(outline.data, "questions"):
        yield from _one(question, "dimension", path, "dimensions", outline)
        yield from _many(question, "best_roles", path, "roles", outline)
        for place, citation in entries(question, "citations", path):
            yield from _one(citation, "reference", place, "references", outline)
        for myth in pairs(question, "myths"):
            yield from _unknown(myth, (*path, "myths", myth), "myth", outline.known("myths"))
        for place, step in entries(question, "steps", path):
            needs = list(texts(step, "prerequisites", place))
            yield from _repeated(needs)
            for at, need in needs:
                yield from _unknown(need, at, "step", list(outline.steps))


def _of_context(outline: Outline) -> Iterator[Found]:
    optional = {text(q, "id") for _, q in entries(outline.data, "questions") if text(q, "na_condition")}
    overlays = {name for _, q in entries(outline.data, "questions") if (name := text(q, "overlay"))}
    for path, asked in entries(outline.data, "context"):
        choices = list(entries(asked, "choices", path))
        yield from _repeated(((*at, "value"), name) for at, choice in choices if (name := text(choice, "value")))
        for at, choice in choices:
            yield from _many(choice, "not_applicable", at, "questions", outline)
            for place, name in texts(choice, "not_applicable", at):
                if name in (outline.known("questions") or ()) and name not in optional:
                    yield place, f"{name!r} has no na_condition, so it always applies; give it one, or leave it out here"
            overlay = text(choice, "overlay")
            if overlay:
                yield from _unknown(overlay, (*at, "overlay"), "overlay", sorted(overlays))


def _of_claims_and_myths(outline: Outline) -> Iterator[Found]:
    """A claim names the myths it belongs to and a myth its claims: both lists say the same."""
    claims = {name: set(_listed(c, "canonical")) for _, c in entries(outline.data, "claims") if (name := text(c, "id"))}
    myths = {name: set(_listed(m, "covers")) for _, m in entries(outline.data, "myths") if (name := text(m, "id"))}
    for path, claim in entries(outline.data, "claims"):
        name, primary = text(claim, "id"), text(claim, "primary")
        if primary and isinstance(claim.get("canonical"), list) and primary not in _listed(claim, "canonical"):
            yield (*path, "primary"), f"{primary!r} is not in canonical; add it there or choose one of those"
        for at, myth in texts(claim, "canonical", path):
            if name and myth in myths and name not in myths[myth]:
                yield at, f"the myth {myth!r} does not list {name!r} under covers; add it there or take it out here"
    for path, myth in entries(outline.data, "myths"):
        name = text(myth, "id")
        for at, claim_id in texts(myth, "covers", path):
            if name and claim_id in claims and name not in claims[claim_id]:
                yield at, f"the claim {claim_id!r} does not list {name!r} under canonical; add it or take it out here"


def _listed(entry: Entry, key: str) -> list[str]:
    return [name for _, name in texts(entry, key)]


def _one(entry: Entry, key: str, path: Path, kind: str, outline: Outline) -> Iterator[Found]:
    name = text(entry, key)
    if name is not None:
        yield from _unknown(name, (*path, key), KINDS[kind], outline.known(kind))


def _many(entry: Entry, key: str, path: Path, kind: str, outline: Outline) -> Iterator[Found]:
    named = list(texts(entry, key, path))
    yield from _repeated(named)
    for at, name in named:
        yield from _unknown(name, at, KINDS[kind], outline.known(kind))


def _repeated(named: Iterable[tuple[Path, str]]) -> Iterator[Found]:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield path, f"{name!r} is in this list twice; keep one"
        seen.add(name)


def _unknown(name: str, path: Path, word: str, known: list[str] | None) -> Iterator[Found]:
    if known is None or name in known:
        return
    close = difflib.get_close_matches(name, known, 1)
    say = f"did you mean {close[0]!r}?" if close else _choice_of(word, known)
    yield path, f"there is no {word} {name[:80]!r}; {say}"


def _choice_of(word: str, known: list[str]) -> str:
    if not known:
        return f"the pack has no {word} yet"
    return f"choose one of {', '.join(known[:8])}{', ...' if len(known) > 8 else ''}"  # noqa: PLR2004
