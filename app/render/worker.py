"""One warm child process that draws charts and sets PDFs, so that rendering never slows a live room.

The child is spawned, not forked, runs at low priority and is started again when it dies. Calls block the calling
thread; inside an event loop they belong in its thread pool.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Final, Literal, Self, TypeAlias, cast

from app.domain.errors import MythmarkError
from app.domain.report.figures import Chart
from app.domain.report.pages import Report
from app.render.charts import Drawing, draw
from app.render.pdf import Attachment, Pdf, render_pdf

Job: TypeAlias = Literal["pdf", "chart", "hello"]

#: Added to the niceness of the child.
NICENESS: Final = 10
_SPAWN: Final = multiprocessing.get_context("spawn")


class RenderBusy(MythmarkError):
    """As many renderings wait as may wait; nothing was started."""

    def __init__(self) -> None:
        super().__init__("many reports are being made right now; try again in a minute")


class RenderTimedOut(MythmarkError):
    """One rendering took longer than allowed; it was given up."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the report was not ready after {seconds:g} seconds and was given up; try again")


class RenderProcessDied(MythmarkError):
    """The child died twice over the same rendering."""

    def __init__(self) -> None:
        super().__init__("the process that makes reports stopped twice over this one; nothing else is affected")


class RenderProcess:
    """Draws in a child process. ``waiting`` calls may stand in line, each at most ``timeout`` seconds in all."""

    def __init__(self, *, waiting: int = 8, timeout: float = 60.0) -> None:
        self._timeout = timeout
        self._places = threading.BoundedSemaphore(waiting)
        self._turn = threading.Lock()
        self._child: BaseProcess | None = None
        self._line: Connection[Any, Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The id of the living child, None when there is none."""
        return self._child.pid if self._child is not None and self._child.is_alive() else None

    def warm(self) -> None:
        """Start the child before it is needed."""
        self._ask("hello")

    def pdf(self, report: Report, attachments: Sequence[Attachment] = ()) -> Pdf:
        """As ``render_pdf``; raises RenderBusy, RenderTimedOut and RenderProcessDied besides."""
        return cast("Pdf", self._ask("pdf", report, tuple(attachments)))

    def chart(self, chart: Chart, *, figure_id: str) -> Drawing:
        """As ``draw``; raises RenderBusy, RenderTimedOut and RenderProcessDied besides."""
        return cast("Drawing", self._ask("chart", chart, figure_id))

    def close(self) -> None:
        """End the child; the next call starts another."""
        with self._turn:
            self._end_child()

    def _ask(self, job: Job, *given: object) -> object:
        ends = time.monotonic() + self._timeout
        with self._place(), self._my_turn(ends):
            try:
                done, answer = self._sent(job, given, ends)
            except (EOFError, OSError):
                # A rendering is a pure function, so one that died with its process can simply be done again.
                self._end_child()
                try:
                    done, answer = self._sent(job, given, ends)
                except (EOFError, OSError) as error:
                    self._end_child()
                    raise RenderProcessDied from error
        if not done:
            raise cast("Exception", answer)
        return answer

    def _sent(self, job: Job, given: tuple[object, ...], ends: float) -> tuple[bool, object]:
        line = self._open_line()
        line.send((job, given))
        if not line.poll(max(ends - time.monotonic(), 0.0)):
            self._end_child()
            raise RenderTimedOut(self._timeout)
        return cast("tuple[bool, object]", line.recv())

    @contextlib.contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise RenderBusy
        try:
            yield
        finally:
            self._places.release()

    @contextlib.contextmanager
    def _my_turn(self, ends: float) -> Iterator[None]:
        if not self._turn.acquire(timeout=max(ends - time.monotonic(), 0.0)):
            raise RenderTimedOut(self._timeout)
        try:
            yield
        finally:
            self._turn.release()

    def _open_line(self) -> "Connection[Any, Any]":
        if self._line is None or self.pid is None:
            self._end_child()
            self._line, theirs = _SPAWN.Pipe()
            self._child = _SPAWN.Process(target=_serve, args=(theirs,), name="mythmark-render", daemon=True)
            self._child.start()
            theirs.close()
        return self._line

    def _end_child(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
        self._line = self._child = None


def _serve(line: "Connection[Any, Any]") -> None:
    """Answer one job after the other until the parent is gone."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            job, given = line.recv()
        except EOFError:
            return
        try:
            answer = (True, _do(job, given))
        except Exception as error:  # noqa: BLE001 - whatever went wrong is raised where it was asked for
            answer = (False, error)
        line.send(answer)


def _do(job: Job, given: tuple[Any, ...]) -> object:
    if job == "pdf":
        return render_pdf(*given)
    return draw(given[0], figure_id=given[1]) if job == "chart" else None
