"""How long scoring takes for thirty people, without and with the plausible ranges (S6: 50 ms and 250 ms).

Run as ``python -m tests.load.bench_score``. Medians of five; the ratio to reading the file is printed beside, since
absolute times differ by machine.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from app.domain.reading import read_answers
from app.domain.score import score
from app.domain.settle import settle
from app.formats.assessments import read_assessment, write_raw
from app.formats.shelf import Shelf
from tests.load.crowds import crowd

RUNS = 5
PEOPLE = 30
SCORE_MS = 50
RANGES_MS = 250


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of the work."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def main() -> int:
    """Print the figures; 1 when the promise is broken."""
    shelf = Shelf()
    questionnaire = shelf.get("mlops@1.0.0")
    assessment = crowd(questionnaire, PEOPLE)
    text = write_raw(assessment, questionnaire)
    read = milliseconds(lambda: read_assessment(text, "crowd.yaml", shelf))
    judged = milliseconds(lambda: score(read_answers(assessment, questionnaire).sheet, questionnaire))
    ranged = milliseconds(lambda: settle(assessment, questionnaire))
    sys.stdout.write(
        f"S6  scoring and verdicts, {PEOPLE} people        {judged:7.1f} ms  (promise {SCORE_MS}; {judged / read:.2f} x"
        f" reading the file)\n"
        f"S6  with {questionnaire.rules.replicates} replicates               {ranged:7.1f} ms  (promise {RANGES_MS};"
        f" {ranged / read:.2f} x reading the file)\n"
    )
    return int(judged > SCORE_MS or ranged > RANGES_MS)


if __name__ == "__main__":
    sys.exit(main())
