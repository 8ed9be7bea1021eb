"""One 0/1 program for HiGHS: rows that are kept while the objective changes, and answers that are proven optimal.

Everything in it is a small whole number. The solver works in floating point, so an answer counts only when HiGHS
says it is optimal with a gap of 0, every variable is within ``TOLERANCE`` of 0 or 1, and the rounded answer keeps
every row and attains the reported value in whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.errors import PlanNotProven
from app.loading import when_used

if TYPE_CHECKING:
    import highspy
    import numpy as np
else:
    highspy, np = when_used("highspy"), when_used("numpy")

TOLERANCE = 1e-6
#: Objective values stay below this, so that a difference of 1 is far above the solver's tolerances.
GREATEST_VALUE = 10**7
#: A backstop against a search that never ends; the largest plans of the published pack need a few hundred nodes.
NODES_MAX = 500_000


@dataclass(frozen=True, slots=True)
class Row:
    """``low <= sum of coefficients x variables <= high``; None leaves a side open. Variables by column number."""

    terms: Mapping[int, int]
    low: int | None = None
    high: int | None = None

    def holds(self, answer: Sequence[int]) -> bool:
        """Whether a 0/1 answer keeps the row, in whole numbers."""
        total = sum(coefficient * answer[column] for column, coefficient in self.terms.items())
        return (self.low is None or total >= self.low) and (self.high is None or total <= self.high)


class Program:
    """A 0/1 program with ``size`` variables. Rows are only ever added; each call of ``most`` sets a new objective."""

    def __init__(self, size: int, rows: Sequence[Row], nodes_max: int = NODES_MAX) -> None:
        self._size = size
        self._rows = list(rows)
        self._columns = np.arange(size, dtype=np.int32)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the binding states no types here
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0),
            ("mip_feasibility_tolerance", 1e-9),
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
            ("mip_max_nodes", nodes_max),
            # Heuristics find answers early; these programs are won by bounds, and without them take half the time.
            ("mip_heuristic_effort", 0.0),
            ("mip_heuristic_run_feasibility_jump", False),
        ):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(self._model())

    def _model(self) -> "highspy.HighsLp":
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self._size, len(self._rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_, lp.col_lower_ = np.zeros(self._size), np.zeros(self._size)
        lp.col_upper_ = np.ones(self._size)
        lp.row_lower_ = np.array([_bound(row.low, -highspy.kHighsInf) for row in self._rows])
        lp.row_upper_ = np.array([_bound(row.high, highspy.kHighsInf) for row in self._rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in self._rows)], dtype=np.int32)
        lp.a_matrix_.index_ = np.array([c for row in self._rows for c in row.terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for row in self._rows for v in row.terms.values()], dtype=np.double)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * self._size
        return lp

    def add(self, row: Row) -> None:
        """Keep one more row from now on."""
        self._rows.append(row)
        columns = np.fromiter(row.terms, dtype=np.int32, count=len(row.terms))
        values = np.fromiter(row.terms.values(), dtype=np.double, count=len(row.terms))
        low, high = _bound(row.low, -highspy.kHighsInf), _bound(row.high, highspy.kHighsInf)
        self._highs.addRow(low, high, len(columns), columns, values)

    def fix(self, values: Mapping[int, int]) -> None:
        """Hold some variables at these values from now on."""
        for column, value in values.items():
            self._rows.append(Row({column: 1}, low=value, high=value))
            self._highs.changeColBounds(column, float(value), float(value))

    def most(self, value: Mapping[int, int]) -> tuple[int, ...] | None:
        """The 0/1 answer of greatest value, proven; None when no answer keeps all rows. Raises PlanNotProven."""
        if sum(map(abs, value.values())) > GREATEST_VALUE:
            raise PlanNotProven("the numbers of the plan are too large to be added exactly")
        costs = np.zeros(self._size)
        costs[list(value)] = list(value.values())
        self._highs.changeColsCost(self._size, self._columns, costs)
        self._highs.run()
        return self._proven(value)

    def least(self, value: Mapping[int, int]) -> int | None:
        """The least value that any answer has, proven; None when no answer keeps all rows. Raises PlanNotProven."""
        answer = self.most({column: -worth for column, worth in value.items()})
        return None if answer is None else sum(worth * answer[column] for column, worth in value.items())

    def _proven(self, value: Mapping[int, int]) -> tuple[int, ...] | None:
        status = self._highs.getModelStatus()
        if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise PlanNotProven(f"the solver stopped without a proof: {self._highs.modelStatusToString(status)}")
        found, info = np.asarray(self._highs.getSolution().col_value), self._highs.getInfo()
        answer = tuple(int(x) for x in np.rint(found))
        attained = sum(worth * answer[column] for column, worth in value.items())
        # Values are whole numbers: a bound less than one above the value attained is the proof.
        proven = info.mip_dual_bound < attained + 0.5
        if not proven or np.abs(found - answer).max() > TOLERANCE or not all(row.holds(answer) for row in self._rows):
            raise PlanNotProven("the solver's answer is not exact")
        return answer


def _bound(value: int | None, absent: float) -> float:
    return absent if value is None else float(value)
