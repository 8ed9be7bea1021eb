"""Ids of a pack: each used once, and none that does not exist."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from app.domain.questionnaire import NOT_SAID
from app.domain.sheet import OTHERS
from app.formats.closest import Closest
from app.formats.pack_outline import KINDS, Entry, Found, Outline, entries, pairs, text, texts
from app.formats.reading import Path

_RESERVED = {"roles": NOT_SAID, "families": OTHERS}
_NAMED_AT_MOST = 8


def check_ids(outline: Outline) -> Iterator[Found]:
    """Duplicate, reserved, repeated and unknown ids."""
    yield from _duplicates(outline)
    yield from _reserved(outline)
    yield from _Links(outline).check()
    yield from _pulse(outline)
    yield from _claims_and_myths(outline)


def _duplicates(outline: Outline) -> Iterator[Found]:
    """One namespace for the whole pack: an explanation or an answer names a thing by its id alone."""
    owners: dict[str, str] = {}
    named = [(path, name, word) for kind, word in KINDS.items() for path, name in outline.ids[kind] or ()]
    questions: set[str | None] = set()
    for question_path, question in entries(outline.data, "questions"):
        if text(question, "id") in questions:
            continue  # the steps of a question that is there twice are there twice as well
        questions.add(text(question, "id"))
        for path, step in entries(question, "steps", question_path):
            name = text(step, "id")
            if name:
                named.append(((*path, "id"), name, "step"))
    for path, name, word in named:
        if name in owners:
            yield path, f"the id {name[:80]!r} is already used by a {owners[name]}; every id of a pack is used once"
        owners.setdefault(name, word)


def _reserved(outline: Outline) -> Iterator[Found]:
    for kind, name in _RESERVED.items():
        for path, found in outline.ids[kind] or ():
            if found == name:
                yield path, f"the id {name!r} has a meaning of its own in Mythmark; choose another"


class _Links:
    """Every place where a pack names something else by its id."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.closest = Closest()

    def check(self) -> Iterator[Found]:
        """Ids that do not exist, and ids that a list holds twice."""
        data = self.outline.data
        yield from self.many(data, "pulse", (), "questions")
        for path, role in entries(data, "roles"):
            yield from self.one(role, "family", path, "families")
        for path, claim in entries(data, "claims"):
            yield from self.one(claim, "source", path, "sources")
            yield from self.one(claim, "primary", path, "myths")
            yield from self.many(claim, "canonical", path, "myths")
        for path, myth in entries(data, "myths"):
            yield from self.many(myth, "dimensions", path, "dimensions")
            yield from self.many(myth, "covers", path, "claims")
        for path, belief in entries(data, "beliefs"):
            yield from self.one(belief, "myth", path, "myths")
        for path, question in entries(data, "questions"):
            yield from self._question(path, question)
        yield from self._context()

    def _question(self, path: Path, question: Entry) -> Iterator[Found]:
        yield from self.one(question, "dimension", path, "dimensions")
        yield from self.many(question, "best_roles", path, "roles")
        for place, citation in entries(question, "citations", path):
            yield from self.one(citation, "reference", place, "references")
        for myth in pairs(question, "myths"):
            yield from self.unknown(myth, (*path, "myths", myth), "myth", self.outline.known["myths"])
        for place, step in entries(question, "steps", path):
            needs = list(texts(step, "prerequisites", place))
            yield from _repeated(needs)
            for at, need in needs:
                yield from self.unknown(need, at, "step", self.outline.steps)

    def _context(self) -> Iterator[Found]:
        questions = [q for _, q in entries(self.outline.data, "questions")]
        optional = {text(q, "id") for q in questions if text(q, "na_condition")}
        always = {name for q in questions if (name := text(q, "id")) and name not in optional}
        overlays = dict.fromkeys(sorted({name for q in questions if (name := text(q, "overlay"))}))
        for path, asked in entries(self.outline.data, "context"):
            choices = list(entries(asked, "choices", path))
            yield from _repeated(((*at, "value"), name) for at, choice in choices if (name := text(choice, "value")))
            for at, choice in choices:
                yield from self.many(choice, "not_applicable", at, "questions")
                for place, name in texts(choice, "not_applicable", at):
                    if name in always:
                        yield place, f"{name!r} has no na_condition, so it always applies; give it one, or take it out"
                overlay = text(choice, "overlay")
                if overlay:
                    yield from self.unknown(overlay, (*at, "overlay"), "overlay", overlays)

    def one(self, entry: Entry, key: str, path: Path, kind: str) -> Iterator[Found]:
        """The id that a key holds."""
        name = text(entry, key)
        if name is not None:
            yield from self.unknown(name, (*path, key), KINDS[kind], self.outline.known[kind])

    def many(self, entry: Entry, key: str, path: Path, kind: str) -> Iterator[Found]:
        """The ids of a list."""
        named = list(texts(entry, key, path))
        yield from _repeated(named)
        for at, name in named:
            yield from self.unknown(name, at, KINDS[kind], self.outline.known[kind])

    def unknown(self, name: str, path: Path, word: str, known: Mapping[str, object] | None) -> Iterator[Found]:
        """An id that does not exist, with what may have been meant; nothing where the list itself is broken."""
        if known is None or name in known:
            return
        close = self.closest.to(name, known)
        say = f"did you mean {close!r}?" if close else _choice_of(word, known)
        yield path, f"there is no {word} {name[:80]!r}; {say}"


def _choice_of(word: str, known: Mapping[str, object]) -> str:
    if not known:
        return f"the pack has no {word} yet"
    named = ", ".join(name[:80] for name in islice(known, _NAMED_AT_MOST))
    return f"choose one of {named}" + (", ..." if len(known) > _NAMED_AT_MOST else "")


def _repeated(named: Iterable[tuple[Path, str]]) -> Iterator[Found]:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield path, f"{name[:80]!r} is in this list twice; keep one"
        seen.add(name)


def _pulse(outline: Outline) -> Iterator[Found]:
    overlaid = {text(q, "id") for _, q in entries(outline.data, "questions") if q.get("overlay") is not None}
    for path, name in texts(outline.data, "pulse"):
        if name in overlaid:
            yield path, f"{name!r} is an overlay question; the pulse asks core questions only"


def _claims_and_myths(outline: Outline) -> Iterator[Found]:
    """A claim names the myths it belongs to and a myth its claims: both lists say the same."""
    claims = {name: _listed(c, "canonical") for _, c in entries(outline.data, "claims") if (name := text(c, "id"))}
    myths = {name: _listed(m, "covers") for _, m in entries(outline.data, "myths") if (name := text(m, "id"))}
    for path, claim in entries(outline.data, "claims"):
        claim_id, primary = text(claim, "id"), text(claim, "primary")
        if primary and isinstance(claim.get("canonical"), list) and primary not in _listed(claim, "canonical"):
            yield (*path, "primary"), f"{primary[:80]!r} is not in canonical; add it there or choose one of those"
        for at, myth in texts(claim, "canonical", path):
            if claim_id and claim_id not in myths.get(myth, {claim_id}):
                yield at, f"the myth {myth!r} does not list {claim_id!r} under covers; add it there or take it out here"
    for path, entry in entries(outline.data, "myths"):
        myth_id = text(entry, "id")
        for at, claimed in texts(entry, "covers", path):
            if myth_id and myth_id not in claims.get(claimed, {myth_id}):
                yield at, f"the claim {claimed!r} does not list {myth_id!r} under canonical; add it or take it out here"


def _listed(entry: Entry, key: str) -> set[str]:
    return {name for _, name in texts(entry, key)}
