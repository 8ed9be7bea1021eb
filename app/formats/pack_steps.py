"""The steps of a pack: one to each level, and an order in which all of them can be done."""

from collections.abc import Iterator

from app.domain.questionnaire import step_id
from app.formats.pack_outline import Found, Outline, StepLine, entries, text, texts

_STEPS = range(1, 5)


def check_steps(outline: Outline) -> Iterator[Found]:
    """Wrong and missing steps, needs that cannot be met, and cycles."""
    for path, question in entries(outline.data, "questions"):
        name = text(question, "id")
        wanted = [step_id(name, level) for level in _STEPS] if name else []
        present = [(at, text(step, "id")) for at, step in entries(question, "steps", path)]
        for at, found in present:
            if wanted and found and found not in wanted:
                rest = [w for w in wanted if w not in {f for _, f in present}]
                yield (*at, "id"), f"{found[:80]!r} is not a step of {name!r}; write {' or '.join(rest or wanted)}"
        if isinstance(question.get("steps"), list):
            for step in wanted:
                if step not in {found for _, found in present}:
                    yield (*path, "steps"), f"the step {step} is missing"
    yield from _needs(outline)
    yield from _cycles(outline)


def _needs(outline: Outline) -> Iterator[Found]:
    for step in outline.steps.values():
        for at, need in texts(_entry(outline, step), "prerequisites", step.path):
            other = outline.steps.get(need)
            if other is None:
                continue
            if other.question == step.question and other.level < step.level:
                yield at, "a lower step of the same question is needed anyway; leave it out"
            if step.is_core and not other.is_core:
                yield at, f"a core step cannot need {need!r}, because overlay steps are not always there"


def _entry(outline: Outline, step: StepLine) -> dict[str, object]:
    found = next((entry for path, entry in _all_steps(outline) if path == step.path), None)
    return found or {}


def _all_steps(outline: Outline) -> Iterator[tuple[tuple[str | int, ...], dict[str, object]]]:
    for path, question in entries(outline.data, "questions"):
        yield from entries(question, "steps", path)


def _needed(step: StepLine) -> tuple[str, ...]:
    """What must be done before: the step below, then the prerequisites."""
    below = (step_id(step.question, step.level - 1),) if step.level > 1 else ()
    return below + step.prerequisites


def _waiting(outline: Outline) -> dict[str, StepLine]:
    """Steps that no order can reach; ids that do not exist are reported elsewhere and count as done."""
    waiting = dict(outline.steps)
    while True:
        free = [name for name, step in waiting.items() if not any(need in waiting for need in _needed(step))]
        if not free:
            return waiting
        for name in free:
            del waiting[name]


def _cycles(outline: Outline) -> Iterator[Found]:
    """Each cycle once, at the step of it that comes first in the pack."""
    waiting = _waiting(outline)
    seen: set[str] = set()
    for start in waiting:
        way: list[str] = []
        name = start
        while name not in seen:
            seen.add(name)
            way.append(name)
            name = next(need for need in _needed(waiting[name]) if need in waiting)
        if name in way:
            ring = way[way.index(name) :]
            first = min(ring, key=list(waiting).index)
            turned = ring[ring.index(first) :] + ring[: ring.index(first)]
            chain = " needs ".join([*turned, first])
            yield (*waiting[first].path, "prerequisites"), f"these steps wait for each other: {chain}"


def unreachable(outline: Outline) -> dict[str, str]:
    """Steps that can never be done, each with the reason."""
    blocked = dict.fromkeys(_waiting(outline), "its steps wait for each other")
    for step in outline.steps.values():
        over = [n for n in step.prerequisites if n in outline.steps and not outline.steps[n].is_core]
        if step.is_core and over:
            blocked.setdefault(step.id, f"it needs {over[0]}, which is not always there")
    for path, question in entries(outline.data, "questions"):
        name = text(question, "id")
        present = {text(step, "id") for _, step in entries(question, "steps", path)}
        for level in _STEPS:
            if name and step_id(name, level) not in present:
                blocked.setdefault(step_id(name, level), f"the step {step_id(name, level)} is missing")
    return _spread(outline, blocked)


def _spread(outline: Outline, blocked: dict[str, str]) -> dict[str, str]:
    """What needs a blocked step is blocked as well."""
    size = -1
    while size != len(blocked):
        size = len(blocked)
        for step in outline.steps.values():
            reason = next((blocked[need] for need in _needed(step) if need in blocked), None)
            if reason is not None:
                blocked.setdefault(step.id, reason)
    return blocked
