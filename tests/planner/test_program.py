import pytest

from app.domain.errors import PlanNotProven
from app.planner.program import Program, Row

KNAPSACK = (Row({0: 3, 1: 4, 2: 5}, high=7),)


def test_the_answer_of_greatest_value_is_found() -> None:
    assert Program(3, KNAPSACK).most({0: 4, 1: 5, 2: 7}) == (1, 1, 0)


def test_an_added_row_holds_from_then_on() -> None:
    program = Program(3, KNAPSACK)
    program.add(Row({2: 1}, low=1))
    assert program.most({0: 4, 1: 5, 2: 7}) == (0, 0, 1)


def test_a_fixed_variable_keeps_its_value() -> None:
    program = Program(3, KNAPSACK)
    program.fix({1: 0})
    assert program.most({0: 4, 1: 5, 2: 7}) == (0, 0, 1)


def test_a_contradiction_has_no_answer() -> None:
    program = Program(2, [Row({0: 1, 1: 1}, low=1), Row({0: 1, 1: 1}, high=0)])
    assert program.most({0: 1}) is None
    assert program.least({0: 1}) is None


def test_the_least_value_is_given_as_a_number() -> None:
    assert Program(3, [Row({0: 1, 1: 1, 2: 1}, low=2)]).least({0: 5, 1: 3, 2: 4}) == 7


def test_a_search_cut_short_is_refused() -> None:
    # Market split: rows like these cannot be decided without searching.
    rows = [
        Row(dict(enumerate(weights)), low=sum(weights) // 2, high=sum(weights) // 2)
        for weights in ([(7 * i * i + 31 * i + k * (i % 13) * 17) % 97 + 3 for i in range(24)] for k in range(4))
    ]
    with pytest.raises(PlanNotProven, match="without a proof"):
        Program(24, rows, nodes_max=1).most({0: 1})


def test_values_too_large_to_be_exact_are_refused() -> None:
    with pytest.raises(PlanNotProven, match="too large"):
        Program(2, ()).most({0: 10**7, 1: 1})


def test_an_answer_that_breaks_a_row_in_whole_numbers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Row, "holds", lambda row, answer: False)
    with pytest.raises(PlanNotProven, match="not exact"):
        Program(3, KNAPSACK).most({0: 4, 1: 5, 2: 7})


@pytest.mark.parametrize(("low", "high", "holds"), [(None, None, True), (5, 5, True), (6, None, False), (0, 4, False)])
def test_a_row_is_checked_in_whole_numbers(low: int | None, high: int | None, holds: bool) -> None:  # noqa: FBT001
    assert Row({0: 2, 2: 3}, low, high).holds((1, 1, 1)) is holds
