"""Every benchmark of the promises in one run: ``make bench``. Ratios are what counts; absolute times are noise."""

import sys

from tests.load import bench_live, bench_pages, bench_plan, bench_report, bench_score


def main() -> int:
    """Run all; how many promises were broken."""
    return sum(bench.main() for bench in (bench_score, bench_plan, bench_report, bench_live, bench_pages))


if __name__ == "__main__":
    sys.exit(main())
