"""The best choice for one quarter: most points, fewest days, most dependants, first ids, each proven in turn."""

from collections.abc import Iterable, Mapping, Sequence

from app.domain.errors import PlanNotProven
from app.domain.planning.opening import Opening
from app.planner.program import Program, Row

#: Ids are told apart so many at a time, with powers of two as their values.
CHUNK = 20


def choose(opening: Opening, capacity: int, pins: frozenset[str] = frozenset()) -> frozenset[str] | None:
    """The ids of the best choice by the order of rule 6; None when no choice holds all pins. Raises PlanNotProven."""
    ids = affordable(opening, capacity)
    if not pins.issubset(ids):
        return None
    if not ids:
        return frozenset()
    return _Choice(opening, capacity, pins, ids).best()


def affordable(opening: Opening, capacity: int) -> tuple[str, ...]:
    """The candidates that could be chosen at all: with everything they need they keep every rule of the quarter."""
    builds_max = opening.ground.questionnaire.rules.actions_per_quarter_max
    closures: dict[str, frozenset[str] | None] = {}

    def closure(cid: str) -> frozenset[str] | None:
        if cid not in closures:
            closures[cid] = _closure(cid)
        return closures[cid]

    def _closure(cid: str) -> frozenset[str] | None:
        if cid not in opening.candidates or not opening.is_allowed(opening.candidates[cid]):
            return None
        parts = [closure(need) for need in opening.open_needs[cid]]
        whole = frozenset({cid}).union(*(part or () for part in parts))
        if None in parts or sum(opening.candidates[c].days for c in whole) > capacity:
            return None
        return whole if sum(opening.candidates[c].kind == "build" for c in whole) <= builds_max else None

    return tuple(cid for cid in opening.candidates if closure(cid) is not None)


class _Choice:
    """One quarter as a 0/1 program: a column for each affordable candidate, and one for the bonus if it is in reach."""

    def __init__(self, opening: Opening, capacity: int, pins: frozenset[str], ids: tuple[str, ...]) -> None:
        self.opening, self.ids = opening, ids
        self.column = {cid: number for number, cid in enumerate(ids)}
        self.candidates = [opening.candidates[cid] for cid in ids]
        self.points = {column: opening.points[cid] for cid, column in self.column.items()}
        rows = [*self._limits(opening, capacity), *(Row({self.column[pin]: 1}, low=1) for pin in sorted(pins))]
        bonus = self._bonus_rows(opening)
        if bonus:
            self.points[len(ids)] = opening.ground.questionnaire.rules.points_stage
        self.program = Program(len(self.points), [*rows, *bonus])

    def _limits(self, opening: Opening, capacity: int) -> Iterable[Row]:
        yield Row({column: c.days for column, c in enumerate(self.candidates)}, high=capacity)
        builds = dict.fromkeys((column for column, c in enumerate(self.candidates) if c.kind == "build"), 1)
        yield Row(builds, high=opening.ground.questionnaire.rules.actions_per_quarter_max)
        for cid, column in self.column.items():
            yield from (Row({column: 1, self.column[need]: -1}, high=0) for need in opening.open_needs[cid])

    def _bonus_rows(self, opening: Opening) -> list[Row]:
        """What must hold for the bonus; empty when this quarter cannot reach the next stage."""
        goal, bonus = opening.goal, len(self.ids)
        if goal is None or goal.hopeless:
            return []
        raised: dict[str, list[int]] = {dimension: [] for dimension in goal.short}
        for column, candidate in enumerate(self.candidates):
            dimension = opening.ground.questionnaire.by_id[candidate.question].dimension
            if dimension in raised:
                raised[dimension].append(column)
        gates = [self.column.get(f"{question}@{level}") for question, level in goal.gates.items()]
        if None in gates or any(len(raised[d]) < missing for d, missing in goal.short.items()):
            return []
        rows = [Row({bonus: 1, column: -1}, high=0) for column in gates if column is not None]
        for dimension, missing in goal.short.items():
            rows.append(Row({bonus: missing, **dict.fromkeys(raised[dimension], -1)}, high=0))
        return rows

    def best(self) -> frozenset[str] | None:
        """The best choice by the order of rule 6."""
        answer = self.program.most(self.points)
        if answer is None:
            return None
        self._keep(self.points, answer)
        answer = self._again(self._leanness)
        self._keep(self._leanness, answer)
        for first in range(0, len(self.ids), CHUNK):
            columns = range(first, min(first + CHUNK, len(self.ids)))
            answer = self._again({column: 1 << (columns[-1] - column) for column in columns})
            self.program.fix({column: answer[column] for column in columns})
        return self._checked(answer)

    def _checked(self, answer: Sequence[int]) -> frozenset[str]:
        """The chosen ids, once their points by the rules are those that the program was solved for."""
        chosen = frozenset(cid for cid, column in self.column.items() if answer[column])
        bonus = self.opening.bonus_after(self.opening.levels_after(chosen))
        points = bonus + sum(self.opening.points[cid] for cid in chosen)
        if points != sum(worth * answer[column] for column, worth in self.points.items()):
            raise PlanNotProven("the points of the plan are not those of the rules")
        return chosen

    @property
    def _leanness(self) -> dict[int, int]:
        """Fewer days first, then more dependants, as one number: no sum of dependants outweighs a day."""
        outweighed = 1 + sum(c.dependants for c in self.candidates)
        return {column: c.dependants - outweighed * c.days for column, c in enumerate(self.candidates)}

    def _keep(self, value: Mapping[int, int], answer: Sequence[int]) -> None:
        total = sum(worth * answer[column] for column, worth in value.items())
        self.program.add(Row(value, low=total, high=total))

    def _again(self, value: Mapping[int, int]) -> tuple[int, ...]:
        """The next tie-break: an answer is known to exist."""
        answer = self.program.most(value)
        if answer is None:
            raise PlanNotProven("the solver lost an answer that it had found")
        return answer
