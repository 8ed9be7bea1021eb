"""Every benchmark of the promises in one run: ``make bench``. Ratios are what counts; absolute times are noise."""

import sys

from tests.load import (
    bench_live,
    bench_pages,
    bench_plan,
    bench_report,
    bench_room,
    bench_score,
    bench_slider,
    bench_teams,
    bench_vote,
)

BENCHES = (
    bench_score,
    bench_plan,
    bench_slider,
    bench_teams,
    bench_report,
    bench_live,
    bench_vote,
    bench_room,
    bench_pages,
)


def main() -> int:
    """Run all; how many promises were broken."""
    return sum(bench.main() for bench in BENCHES)


if __name__ == "__main__":
    sys.exit(main())
