"""Every benchmark of the promises in one run: ``make bench``. Ratios are what counts; absolute times are noise."""

import sys

from tests.load import bench_live, bench_plan, bench_report, bench_score, bench_slider, bench_teams


def main() -> int:
    """Run all; how many promises were broken."""
    benches = (bench_score, bench_plan, bench_slider, bench_teams, bench_report, bench_live)
    return sum(bench.main() for bench in benches)


if __name__ == "__main__":
    sys.exit(main())
