"""The steps of a pack: one to each level, and an order in which all of them can be done."""

from collections import defaultdict
from collections.abc import Iterator

from app.domain.questionnaire import step_id
from app.formats.pack_outline import Found, Outline, StepLine, entries, text, texts

_LEVELS = range(1, 5)


def check_steps(outline: Outline) -> Iterator[Found]:
    """Wrong and missing steps, needs that cannot be met, and cycles."""
    known: set[str] = set()
    for path, question in entries(outline.data, "questions"):
        name = text(question, "id")
        if name is None or name in known or not isinstance(question.get("steps"), list):
            continue  # an id that is used twice is told where it stands; what follows from it is not
        known.add(name)
        wanted = [step_id(name, level) for level in _LEVELS]
        present = [(at, text(step, "id")) for at, step in entries(question, "steps", path)]
        missing = [step for step in wanted if step not in {found for _, found in present}]
        for at, found in present:
            if found and found not in wanted:
                yield (*at, "id"), f"{found[:80]!r} is not a step of {name!r}; write {' or '.join(missing or wanted)}"
        for step in missing:
            yield (*path, "steps"), f"the step {step} is missing"
    yield from _needs(outline)
    yield from _cycles(outline)


def _needs(outline: Outline) -> Iterator[Found]:
    for step in outline.steps.values():
        for at, need in texts(step.entry, "prerequisites", step.path):
            other = outline.steps.get(need)
            if other is None:
                continue
            if other.question == step.question and other.level < step.level:
                yield at, "a lower step of the same question is needed anyway; leave it out"
            if step.is_core and not other.is_core:
                yield at, f"a core step cannot need {need!r}, because overlay steps are not always there"


def _needed(step: StepLine) -> tuple[str, ...]:
    """What must be done before: the step below, then the prerequisites."""
    below = (step_id(step.question, step.level - 1),) if step.level > 1 else ()
    return below + step.prerequisites


def _dependants(outline: Outline) -> dict[str, list[str]]:
    waiting: dict[str, list[str]] = defaultdict(list)
    for step in outline.steps.values():
        for need in set(_needed(step)):
            waiting[need].append(step.id)
    return waiting


def _waiting(outline: Outline) -> dict[str, StepLine]:
    """Steps that no order can reach; ids that do not exist are reported elsewhere and count as done."""
    dependants = _dependants(outline)
    open_needs = {s.id: len({n for n in _needed(s) if n in outline.steps}) for s in outline.steps.values()}
    free = [name for name, count in open_needs.items() if count == 0]
    for name in free:
        for dependant in dependants[name]:
            open_needs[dependant] -= 1
            if open_needs[dependant] == 0:
                free.append(dependant)
    return {name: step for name, step in outline.steps.items() if open_needs[name]}


def _cycles(outline: Outline) -> Iterator[Found]:
    """Each cycle that a walk from need to need runs into, at the step of it that comes first in the pack."""
    waiting = _waiting(outline)
    position = {name: number for number, name in enumerate(waiting)}
    seen: set[str] = set()
    for start in waiting:
        way: dict[str, int] = {}
        name = start
        while name not in seen:
            seen.add(name)
            way[name] = len(way)
            name = next(need for need in _needed(waiting[name]) if need in waiting)
        if name in way:
            ring = list(way)[way[name] :]
            first = ring.index(min(ring, key=position.__getitem__))
            chain = " needs ".join([*ring[first:], *ring[: first + 1]])
            yield (*waiting[ring[first]].path, "prerequisites"), f"these steps wait for each other: {chain}"


def unreachable(outline: Outline) -> dict[str, str]:
    """Steps that can never be done, each with the reason; those that wait for each other are told as a cycle."""
    blocked: dict[str, str] = {}
    for step in outline.steps.values():
        over = [n for n in step.prerequisites if n in outline.steps and not outline.steps[n].is_core]
        if step.is_core and over:
            blocked.setdefault(step.id, f"it needs {over[0]}, which is not always there")
    firsts = {text(question, "id"): question for _, question in reversed(list(entries(outline.data, "questions")))}
    for name, question in firsts.items():
        present = {text(step, "id") for _, step in entries(question, "steps")}
        for level in _LEVELS:
            if name and step_id(name, level) not in present:
                blocked.setdefault(step_id(name, level), f"the step {step_id(name, level)} is missing")
    dependants = _dependants(outline)
    spreading = list(blocked)
    for name in spreading:
        for dependant in dependants[name]:
            if dependant not in blocked:
                blocked[dependant] = blocked[name]
                spreading.append(dependant)
    return blocked
