"""The rules of planning once more, by complete enumeration: what the planner is held against.

Nothing here is shared with the planner: steps are (question, level) pairs, and every subset is tried.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.questionnaire import Rules
from tests.planner.small import Spec


@dataclass(frozen=True)
class Found:
    """The best choice of one quarter, with its rank: minus points, days, minus dependants, sorted ids."""

    ids: list[str]
    points: int
    days: int
    stage_before: int
    stage_after: int


def stage(specs: Sequence[Spec], levels: Mapping[str, int], rules: Rules, dimensions: Sequence[str]) -> int:
    """The highest stage with all gates and floors up to it."""
    reached = 0
    for number in (1, 2, 3, 4):
        gates = all(levels[s.id] >= s.gates.get(number, 0) for s in specs if s.applies)
        means = []
        for dimension in dimensions:
            held = [levels[s.id] for s in specs if s.applies and s.dimension == dimension]
            means.append(Fraction(sum(held), len(held)) if held else Fraction(-1))
        if not gates or any(mean < rules.floors[number - 1] for mean in means):
            break
        reached = number
    return reached


class Enumeration:
    """Four quarters by trying every subset of the candidates."""

    def __init__(self, specs: Sequence[Spec], rules: Rules, targets: Mapping[str, int], drops: frozenset[str]) -> None:
        self.rules, self.targets, self.drops = rules, targets, drops
        self.dimensions = list(dict.fromkeys(s.dimension for s in specs))
        self.by_id = {s.id: s for s in specs if s.applies}
        self.specs = list(specs)
        self.levels = {s.id: s.level or 0 for s in self.by_id.values()}
        self.claims = {s.id: max(s.claimed or 0, s.level or 0) for s in self.by_id.values()}
        self.waited: dict[str, int] = {}
        self.named = [need for s in specs for needs in s.needs.values() for need in needs]

    def done(self, step: str) -> bool:
        question, level = step.split("@")
        return question not in self.by_id or self.levels[question] >= int(level)

    def needs(self, step: str) -> list[str]:
        question, level = step.split("@")
        below = [f"{question}@{int(level) - 1}"] if level != "1" else []
        return below if self.is_show(step) else [*below, *self.by_id[question].needs.get(int(level), ())]

    def is_show(self, step: str) -> bool:
        question, level = step.split("@")
        return self.claims[question] >= int(level)

    def days(self, step: str) -> int:
        question, level = step.split("@")
        return 1 if self.is_show(step) else self.by_id[question].days[int(level) - 1]

    def candidates(self) -> list[str]:
        steps = [f"{q}@{level}" for q in self.by_id for level in range(self.levels[q] + 1, self.targets[q] + 1)]
        return sorted(set(steps) - self.drops)

    def confirmed(self, step: str) -> bool:
        question, level = step.split("@")
        return self.is_show(step) or int(level) < 3 or self.levels[question] >= int(level) - 1

    def is_gate(self, step: str, now: int) -> bool:
        question, level = step.split("@")
        asked = self.by_id[question].gates.get(now + 1, 0)
        return now < 4 and self.levels[question] < asked and int(level) <= asked

    def worth(self, step: str, now: int) -> int:
        spec = self.by_id[step.split("@", maxsplit=1)[0]]
        held = [self.levels[s.id] for s in self.by_id.values() if s.dimension == spec.dimension]
        below = now < 4 and Fraction(sum(held), len(held)) < self.rules.floors[now]
        return 4 * self.is_gate(step, now) + (2 if below else 1) + spec.in_focus + 2 * self.waited.get(step, 0)

    def feasible(self, chosen: Sequence[str], capacity: int) -> bool:
        there = set(chosen)
        return (
            sum(map(self.days, chosen)) <= capacity
            and sum(not self.is_show(step) for step in chosen) <= self.rules.actions_per_quarter_max
            and all(self.confirmed(step) for step in chosen)
            and all(need in there or self.done(need) for step in chosen for need in self.needs(step))
        )

    def after(self, chosen: Sequence[str]) -> dict[str, int]:
        levels = dict(self.levels)
        for step in chosen:
            question, level = step.split("@")
            levels[question] = max(levels[question], int(level))
        return levels

    def quarter(self, capacity: int, pins: frozenset[str] = frozenset()) -> Found | None:
        """The best quarter from here, by trying everything; moves on to the next."""
        now = stage(self.specs, self.levels, self.rules, self.dimensions)
        steps = self.candidates()
        worth = {step: self.worth(step, now) for step in steps}
        best: tuple[int, int, int, list[str]] | None = None
        for mask in range(1 << len(steps)):
            chosen = [step for number, step in enumerate(steps) if mask >> number & 1]
            if not pins.issubset(chosen) or not self.feasible(chosen, capacity):
                continue
            then = stage(self.specs, self.after(chosen), self.rules, self.dimensions)
            points = sum(worth[step] for step in chosen) + (10 if then > now else 0)
            rank = (-points, sum(map(self.days, chosen)), -sum(map(self.named.count, chosen)), chosen)
            best = rank if best is None else min(best, rank)
        if best is None:
            return None
        for step in set(steps) - set(best[3]):
            if self.is_gate(step, now) and self.confirmed(step) and all(map(self.done, self.needs(step))):
                self.waited[step] = self.waited.get(step, 0) + 1
        self.levels = self.after(best[3])
        then = stage(self.specs, self.levels, self.rules, self.dimensions)
        return Found(best[3], -best[0], best[1], now, then)

    def least_days(self, goal: int) -> int | None:
        """The fewest days of any closed set up to level 4 that reaches a stage."""
        steps = [f"{q}@{level}" for q in self.by_id for level in range(self.levels[q] + 1, 5)]
        found = []
        for mask in range(1 << len(steps)):
            chosen = [step for number, step in enumerate(steps) if mask >> number & 1]
            closed = all(need in chosen or self.done(need) for step in chosen for need in self.needs(step))
            if closed and stage(self.specs, self.after(chosen), self.rules, self.dimensions) >= goal:
                found.append(sum(map(self.days, chosen)))
        return min(found, default=None)
