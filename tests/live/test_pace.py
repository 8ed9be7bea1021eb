"""When a room is sent."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.pace import Pace


def test_the_first_change_is_sent_at_once() -> None:
    assert Pace(0.1).changed(100.0) == 0.0


def test_a_change_after_a_long_silence_is_sent_at_once() -> None:
    pace = Pace(0.1)
    pace.changed(100.0)
    pace.begin(100.0)
    pace.done(100.01)
    assert pace.changed(107.0) == 0.0


def test_changes_within_the_gap_are_sent_together_when_it_is_over() -> None:
    pace = Pace(0.1)
    pace.changed(100.0)
    pace.begin(100.0)
    pace.done(100.01)
    assert pace.changed(100.04) == pytest.approx(0.06)
    assert pace.changed(100.05) is None


def test_a_change_during_a_sending_is_sent_with_the_next() -> None:
    pace = Pace(0.1)
    pace.changed(100.0)
    pace.begin(100.0)
    assert pace.changed(100.005) is None
    assert pace.done(100.01) == pytest.approx(0.09)
    pace.begin(100.1)
    assert pace.done(100.11) is None


@given(st.lists(st.tuples(st.sampled_from(["change", "pass", "slow"]), st.floats(0.001, 0.3)), max_size=60))
def test_the_last_change_is_always_read_and_no_two_sendings_begin_within_the_gap(
    steps: list[tuple[str, float]],
) -> None:
    """Whatever comes when: changes, silence, and sendings that take a while with changes in the middle of them."""
    pace, now, state, read = Pace(0.1), 100.0, 0, 0
    due: float | None = None
    begins: list[float] = []

    def plan(seconds: float | None) -> None:
        nonlocal due
        if seconds is not None:
            assert due is None, "a second sending was planned beside the first"
            due = now + seconds

    def run_until(moment: float, lasts: float) -> None:
        nonlocal now, due, read, state
        while due is not None and due <= moment:
            now, due = max(now, due), None
            pace.begin(now)
            begins.append(now)
            read = state
            if lasts:
                state += 1
                plan(pace.changed(now + lasts / 2))
                now += lasts
            plan(pace.done(now))
            lasts = 0.0
        now = max(now, moment)

    for kind, amount in steps:
        if kind == "change":
            state += 1
            plan(pace.changed(now))
        else:
            run_until(now + amount, amount if kind == "slow" else 0.0)
    run_until(now + 1.0, 0.0)
    assert read == state
    assert all(later - earlier >= 0.1 - 1e-9 for earlier, later in pairwise(begins))
