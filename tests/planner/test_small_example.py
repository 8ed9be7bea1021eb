"""The worked small example of measurement.md 5.4, its optimum proven by complete enumeration."""

from collections import Counter
from decimal import Decimal

import pytest

from app.domain.planning.ground import survey
from app.domain.planning.opening import Opening, open_quarter
from app.planner.plan import plan
from tests.planner.greedy import greedy_choice
from tests.planner.small import Spec, pack, scorecard, sheet

TEN = (
    Spec("gov-inventory", 1, dimension="governance", days=(1, 3, 4, 4), gates={1: 1, 2: 2}, in_focus=True),
    Spec("gov-release-approval", 1, dimension="governance", days=(1, 2, 4, 4), gates={1: 1, 2: 2}, in_focus=True),
    Spec("mon-model-quality", 1, dimension="monitoring", days=(2, 6, 8, 5), gates={2: 2}, in_focus=True),
    Spec("col-success-criteria", 1, dimension="collaboration", days=(1, 3, 3, 3), gates={2: 2}, in_focus=True),
    Spec("gov-risk-tiering", 0, dimension="governance", days=(2, 4, 5, 3)),
    Spec("mon-drift", 1, dimension="monitoring", days=(2, 5, 8, 6), in_focus=True),
    Spec("col-capacity", 0, dimension="collaboration", days=(1, 2, 3, 2), in_focus=True),
    Spec("mon-cost", 1, dimension="monitoring", days=(1, 4, 4, 4), needs={2: ("gov-inventory@2",)}, in_focus=True),
)
#: The other questions of the example hold each dimension where it is (sums 13, 8 and 12) and offer nothing.
OTHERS = (
    *(Spec(f"mon-{n}", 1, dimension="monitoring") for n in range(4)),
    *(Spec(f"mon-{n}", 2, dimension="monitoring") for n in range(4, 7)),
    *(Spec(f"gov-{n}", 1, dimension="governance") for n in range(6)),
    *(Spec(f"col-{n}", 1, dimension="collaboration") for n in range(5)),
    *(Spec(f"col-{n}", 2, dimension="collaboration") for n in range(5, 8)),
)
TARGETS = {s.id: 2 for s in TEN} | {s.id: s.level or 0 for s in OTHERS}
SPECS = (*TEN, *OTHERS)


@pytest.fixture
def opening() -> Opening:
    card = scorecard((s.score() for s in SPECS), stage=1)
    ground = survey(sheet(target_levels=TARGETS), card, pack(SPECS), frozenset())
    return open_quarter(ground, ground.levels, {})


def feasible_sets(opening: Opening, capacity: int) -> dict[frozenset[str], tuple[int, int]]:
    """Points and days of every subset that keeps capacity and needs."""
    ids = list(opening.candidates)
    found = {}
    for mask in range(1 << len(ids)):
        chosen = frozenset(cid for number, cid in enumerate(ids) if mask >> number & 1)
        days = sum(opening.candidates[cid].days for cid in chosen)
        if days <= capacity and all(chosen.issuperset(opening.open_needs[cid]) for cid in chosen):
            found[chosen] = sum(opening.points[cid] for cid in chosen), days
    return found


def first_quarter(capacity: int) -> tuple[int, int, set[str]]:
    """Points, days and ids of the planned first quarter."""
    card = scorecard((s.score() for s in SPECS), stage=1)
    roadmap = plan(sheet(target_levels=TARGETS), card, pack(SPECS), capacity_days=Decimal(capacity))
    quarter = roadmap.quarters[0]
    return quarter.points, quarter.days, {a.id for a in quarter.actions}


def test_ten_candidates_have_the_points_and_days_of_the_table(opening: Opening) -> None:
    assert {cid: (c.days, opening.points[cid]) for cid, c in opening.candidates.items()} == {
        "gov-inventory@2": (3, 7),
        "gov-release-approval@2": (2, 7),
        "mon-model-quality@2": (6, 7),
        "col-success-criteria@2": (3, 7),
        "gov-risk-tiering@1": (2, 2),
        "gov-risk-tiering@2": (4, 2),
        "mon-drift@2": (5, 3),
        "col-capacity@1": (1, 3),
        "col-capacity@2": (2, 3),
        "mon-cost@2": (4, 3),
    }


def test_enumeration_finds_one_best_set_of_31_points_in_15_days(opening: Opening) -> None:
    sets = feasible_sets(opening, 15)
    ranks = Counter(points for points, _ in sets.values())
    assert len(sets) == 222
    assert (max(ranks), ranks[31], sorted(ranks)[-2]) == (31, 1, 30)
    best = next(chosen for chosen, worth in sets.items() if worth == (31, 15))
    assert first_quarter(15) == (31, 15, set(best))
    assert best == {
        "gov-inventory@2",
        "gov-release-approval@2",
        "mon-model-quality@2",
        "col-success-criteria@2",
        "col-capacity@1",
    }


@pytest.mark.parametrize(("capacity", "points"), [(15, 31), (14, 29), (8, 21)])
def test_the_optimum_at_each_capacity_is_that_of_the_enumeration(opening: Opening, capacity: int, points: int) -> None:
    assert first_quarter(capacity)[0] == points == max(p for p, _ in feasible_sets(opening, capacity).values())


@pytest.mark.parametrize(("capacity", "points", "days"), [(15, 29, 13), (8, 20, 8)])
def test_greedy_loses_points(opening: Opening, capacity: int, points: int, days: int) -> None:
    chosen = greedy_choice(opening, capacity)
    assert sum(opening.points[cid] for cid in chosen) == points
    assert sum(opening.candidates[cid].days for cid in chosen) == days
