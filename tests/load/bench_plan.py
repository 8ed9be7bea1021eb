"""How long a plan takes on random assessments of the published questionnaire, and what a greedy planner loses.

Run as ``python -m tests.load.bench_plan [assessments]``. The promise (S7): a four-quarter plan, proven optimal with
all tie-breaks, in a median of 250 ms, the worst of 100 in 1 s; the plans at 80 and 120 % may follow.
"""

import sys
from collections.abc import Callable
from fractions import Fraction
from statistics import median
from time import perf_counter
from typing import TypeVar

from app.domain.planning.capacity import whole_days
from app.domain.planning.ground import survey
from app.formats.shelf import Shelf
from app.planner.plan import plan, walk
from tests.planner.assessments import random_assessment
from tests.planner.greedy import greedy_walk

T = TypeVar("T")
MEDIAN_MS = 250
WORST_MS = 1000


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and the milliseconds it took."""
    start = perf_counter()
    done = work()
    return done, (perf_counter() - start) * 1000


def main(assessments: int = 100) -> int:
    """Print the figures; 1 when the promise is broken."""
    questionnaire = Shelf().get("mlops@1.0.0")
    four, whole, greedy, lost = [], [], [], []
    for seed in range(assessments):
        sheet, card, days = random_assessment(questionnaire, seed)
        ground, capacity = survey(sheet, card, questionnaire, frozenset()), whole_days(Fraction(days))
        legs, took = _timed(lambda g=ground, c=capacity: walk(g, c))  # type: ignore[misc]
        four.append(took)
        greedy_legs, took = _timed(lambda g=ground, c=capacity: greedy_walk(g, c))  # type: ignore[misc]
        greedy.append(took)
        _, took = _timed(lambda s=sheet, k=card, d=days: plan(s, k, questionnaire, capacity_days=d))  # type: ignore[misc]
        whole.append(took)
        # The first quarter starts both from the same state, so its points compare like with like.
        lost.append((legs[0].points - greedy_legs[0].points, legs[0].points))
    for name, times in (("four quarters", four), ("with 80 and 120 %", whole), ("greedy", greedy)):
        print(f"{name:<18} median {median(times):6.0f} ms   worst {max(times):6.0f} ms   of {assessments}")
    print(f"{'proven / greedy':<18} median {median(four) / median(greedy):6.1f} x")
    worse = [points for points, _ in lost if points]
    share = sum(worse) / max(1, sum(best for _, best in lost))
    print(f"greedy loses points in {len(worse)} of {assessments} first quarters")
    print(f"greedy loses {share:.1%} of all points, at most {max(worse, default=0)} in one quarter")
    kept = median(four) <= MEDIAN_MS and max(four) <= WORST_MS
    print(f"promise S7 (median {MEDIAN_MS} ms, worst {WORST_MS} ms): {'kept' if kept else 'BROKEN'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
