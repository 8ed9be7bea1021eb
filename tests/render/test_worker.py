"""The child process that renders: it survives being killed, keeps a bounded line and gives up in time."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from app.render.html import figure_markup
from app.render.pdf import render_pdf
from app.render.worker import NICENESS, RenderBusy, RenderProcess, RenderProcessDied, RenderTimedOut
from tests.render import sample_reports

pytestmark = pytest.mark.slow  # starts processes


@pytest.fixture(scope="module")
def child() -> Iterator[RenderProcess]:
    with RenderProcess(timeout=120) as process:
        process.warm()
        yield process


def _kill(process: RenderProcess) -> None:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)


def test_the_child_sets_the_same_bytes_as_this_process(child: RenderProcess) -> None:
    report = sample_reports.empty()
    assert child.pdf(report) == render_pdf(report)


def test_the_child_draws_charts(child: RenderProcess) -> None:
    chart = sample_reports.heat()
    assert child.svg(chart, figure_id="heat", alt="A map") == figure_markup(chart, figure_id="heat", alt="A map")


def test_the_child_is_nicer_than_its_parent(child: RenderProcess) -> None:
    assert child.pid is not None
    assert os.getpriority(os.PRIO_PROCESS, child.pid) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)


def test_a_child_may_start_without_being_waited_for_and_as_important_as_its_parent() -> None:
    with RenderProcess(niceness=0, timeout=120) as process:
        start = time.monotonic()
        process.start()
        assert time.monotonic() - start < 1
        assert process.pid is not None
        process.warm()
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == os.getpriority(os.PRIO_PROCESS, 0)


def test_a_child_that_nobody_asks_ends_and_the_next_request_starts_another() -> None:
    with RenderProcess(timeout=120, niceness=0, idle=0.2) as process:
        before = process.run(os.getpid)
        deadline = time.monotonic() + 10
        while process.pid is not None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert process.pid is None
        assert process.run(os.getpid) != before


def test_after_the_child_is_killed_the_next_request_works(child: RenderProcess) -> None:
    before = child.pid
    _kill(child)
    assert child.svg(sample_reports.heat(), figure_id="heat", alt="").startswith("<svg")
    assert child.pid != before


def test_a_child_killed_at_work_is_replaced_and_the_work_done_again(child: RenderProcess) -> None:
    results = []
    worker = threading.Thread(target=lambda: results.append(child.pdf(sample_reports.many_questions())))
    worker.start()
    time.sleep(0.05)
    _kill(child)
    worker.join()
    assert results[0].pages > 30


def test_an_error_in_the_child_is_raised_here_and_the_child_lives_on(child: RenderProcess) -> None:
    before = child.pid
    with pytest.raises(KeyError):
        child.svg("not a chart", figure_id="x", alt="")  # type: ignore[arg-type]
    assert child.pid == before


def test_a_full_line_is_refused_at_once() -> None:
    with RenderProcess(waiting=1, timeout=120) as process:
        first = threading.Thread(target=process.warm)
        first.start()
        time.sleep(0.05)
        with pytest.raises(RenderBusy, match="try again"):
            process.warm()
        first.join()
        process.warm()


def test_what_takes_too_long_is_given_up_and_the_next_child_is_fresh() -> None:
    with RenderProcess(timeout=0.01) as process:
        with pytest.raises(RenderTimedOut, match=r"0\.01 seconds"):
            process.warm()
        assert process.pid is None


def test_a_rendering_that_kills_the_child_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with RenderProcess(timeout=120) as process:
        open_line = process._open_line

        def dying() -> object:
            line = open_line()
            _kill(process)
            return line

        monkeypatch.setattr(process, "_open_line", dying)
        with pytest.raises(RenderProcessDied, match="twice"):
            process.warm()
