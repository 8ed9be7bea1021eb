"""Random small assessments: a few questions with needs, gates, claims and targets, and at most twelve candidates."""

from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from app.domain.questionnaire import Rules
from tests.planner.small import RULES, Spec


@dataclass(frozen=True)
class Case:
    """One random assessment. ``slots`` lower the limit on actions so that it binds in a small pack."""

    specs: tuple[Spec, ...]
    targets: dict[str, int]
    capacity: int
    rules: Rules


@st.composite
def cases(draw: st.DrawFn, candidates_max: int = 12, level_min: int = 0) -> Case:
    """A random assessment with at most so many candidates, and every question at this level at least."""
    # Ids are drawn so that the order of ids differs from the order of needs.
    ids = draw(st.permutations("abcde").map(lambda names: names[: draw(st.integers(2, 5))]))
    left, specs, targets = candidates_max, [], {}
    # Where all steps take much the same time, ties are common and the last rules decide.
    effort = st.integers(1, draw(st.sampled_from([1, 2, 6])))
    for number, name in enumerate(ids):
        level = draw(st.integers(level_min, 4))
        targets[name] = min(4, level + draw(st.integers(0, min(4, left))))
        left -= targets[name] - level
        specs.append(
            Spec(
                id=name,
                level=level if level or draw(st.booleans()) else None,
                claimed=draw(st.integers(level, 4)) if draw(st.integers(0, 3)) == 0 and level else None,
                dimension=draw(st.sampled_from("xy")),
                days=draw(st.tuples(effort, effort, effort, effort)),
                needs={to: tuple(draw(_needs(ids[:number], to))) for to in (1, 2, 3, 4)},
                gates=draw(st.dictionaries(st.integers(1, 4), st.integers(1, 4), max_size=2).map(_rising)),
                in_focus=draw(st.booleans()),
                applies=draw(st.integers(0, 7)) > 0,
            )
        )
    floors = draw(st.sampled_from([RULES.floors, (Fraction(0), Fraction(1), Fraction(2), Fraction(3))]))
    rules = replace(RULES, floors=floors, actions_per_quarter_max=draw(st.sampled_from([2, 3, 12])))
    return Case(tuple(specs), targets, draw(st.integers(0, 25)), rules)


def _rising(gates: dict[int, int]) -> dict[int, int]:
    """Later stages ask for no less."""
    return dict(zip(sorted(gates), sorted(gates.values()), strict=True))


def _needs(earlier: list[str], to: int) -> st.SearchStrategy[list[str]]:
    """Needs on earlier questions only, so that there is no cycle."""
    steps = [f"{name}@{level}" for name in earlier for level in range(1, to + 1)]
    return st.lists(st.sampled_from(steps), max_size=2, unique=True) if steps else st.just([])
