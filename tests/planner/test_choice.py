"""Ties are broken by days, then dependants, then ids; and nothing is offered that no quarter could hold."""

from dataclasses import replace

import pytest

from app.domain.errors import PlanNotProven
from app.domain.planning.ground import survey
from app.domain.planning.opening import Opening, open_quarter
from app.planner.choice import CHUNK, affordable, choose
from tests.planner.small import RULES, Spec, pack, scorecard, sheet


def opening(*specs: Spec, target: int = 1, builds: int = 12) -> Opening:
    questionnaire = pack(specs, replace(RULES, actions_per_quarter_max=builds))
    ground = survey(sheet(target=target), scorecard(s.score() for s in specs), questionnaire, frozenset())
    return open_quarter(ground, ground.levels, {})


def chosen(start: Opening, capacity: int, *pins: str) -> set[str] | None:
    """The choice as a plain set."""
    choice = choose(start, capacity, frozenset(pins))
    return None if choice is None else set(choice)


def test_of_equal_points_the_fewest_days_are_chosen() -> None:
    assert chosen(opening(Spec("a", days=(3, 1, 1, 1)), Spec("b", days=(2, 1, 1, 1))), 4) == {"b@1"}


def test_of_equal_days_the_most_relied_upon_is_chosen() -> None:
    relying = Spec("c", 4, needs={3: ("b@1",)})
    assert chosen(opening(Spec("a"), Spec("b"), relying), 1) == {"b@1"}


def test_days_count_before_dependants() -> None:
    relying = (Spec(q, 4, needs=dict.fromkeys((1, 2, 3, 4), ("b@1",))) for q in "cf")
    assert chosen(opening(Spec("a", days=(1, 1, 1, 1)), Spec("b", days=(2, 1, 1, 1)), *relying), 2) == {"a@1"}


def test_of_all_else_equal_the_first_ids_are_chosen_also_across_chunks() -> None:
    ids = [f"q{n:02}" for n in range(2 * CHUNK + 5)]
    # The first and the last carry points of their own; between them everything is a tie.
    specs = [Spec(q, in_focus=q in {ids[0], ids[-1]}) for q in reversed(ids)]
    assert chosen(opening(*specs, builds=12), 12) == {f"{q}@1" for q in (*ids[:11], ids[-1])}


def test_a_tie_of_sets_is_decided_by_the_first_id_that_differs() -> None:
    # Two actions at most: a with d, b with c, or c with d, all two days and relied upon twice.
    specs = (Spec("a", needs={1: ("d@1",)}), Spec("b", needs={1: ("c@1",)}), Spec("c"), Spec("d"))
    relying = Spec("e", 4, needs={1: ("a@1",), 2: ("b@1",)})
    assert chosen(opening(*specs, relying, builds=2), 2) == {"a@1", "d@1"}


def test_the_bonus_is_earned_by_the_last_level_that_a_floor_asks_for() -> None:
    # Three levels of the first dimension reach stage 1 and earn 6 + 10; two of them and two of the others earn less.
    low = [Spec(q, days=(2, 1, 1, 1)) for q in "abcf"]
    high = [Spec(q, 1, dimension="e", in_focus=True) for q in "ghij"]
    questionnaire = pack([*low, *high])
    card = scorecard(s.score() for s in [*low, *high])
    targets = dict.fromkeys("abcf", 1) | dict.fromkeys("ghij", 2)
    ground = survey(sheet(target_levels=targets), card, questionnaire, frozenset())
    assert chosen(open_quarter(ground, ground.levels, {}), 6) == {"a@1", "b@1", "c@1"}


def test_points_other_than_those_of_the_rules_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Opening, "bonus_after", lambda start, levels: 10)
    with pytest.raises(PlanNotProven, match="not those of the rules"):
        chosen(opening(Spec("a"), Spec("b")), 1)


def test_steps_that_no_quarter_can_hold_are_not_offered() -> None:
    heavy = Spec("a", days=(3, 3, 1, 1))
    start = opening(heavy, Spec("b", needs={1: ("a@2",)}), Spec("c", 2), target=3, builds=2)
    # a@2 takes 6 days with a@1; b@1 is the third action behind them; a@3 and b@3 are not confirmed; c@3 is free.
    assert affordable(start, 7) == ("a@1", "a@2", "c@3")
    assert affordable(start, 5) == ("a@1", "c@3")


def test_nothing_to_choose_from_is_an_empty_choice() -> None:
    assert chosen(opening(Spec("a", 1)), 38) == set()


def test_no_choice_holds_pins_that_do_not_fit_together() -> None:
    start = opening(Spec("a", days=(2, 1, 1, 1)), Spec("b", days=(2, 1, 1, 1)))
    assert chosen(start, 3, "a@1", "b@1") is None
    assert chosen(start, 3, "a@2") is None
    assert chosen(start, 3, "b@1") == {"b@1"}
