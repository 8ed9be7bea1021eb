"""One warm child process that draws charts and sets PDFs, so that rendering never slows a live room.

The child is spawned, not forked, starts at the first need, runs at low priority and is started again when it dies.
Calls block the calling thread, or the calling greenlet alone where gevent has patched the standard library: locks,
sockets and sleeps are all that is waited for. Nothing here loads matplotlib or Typst into the parent.
"""

import contextlib
import importlib
import multiprocessing
import os
import pickle
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, TypeVar, cast

from app.domain.errors import MythmarkError
from app.loading import at_one_go
from app.render.line import Line

if TYPE_CHECKING:
    # Names alone: the child of a command begins to load before its parent has loaded what a report is made of.
    from app.domain.report.figures import Chart
    from app.domain.report.pages import Report
    from app.render.files import Attachment, Pdf, Renderer

T = TypeVar("T")
#: A method of the renderer by its name, or a function of a module.
Job: TypeAlias = str | Callable[..., Any]
#: Added to the niceness of the child.
NICENESS: Final = 10
#: Seconds for one rendering beside a busy server; the child comes last on purpose.
PATIENT: Final = 180.0
#: Seconds after which a child that nobody asks ends, and gives back its 80 MB; the next call starts another.
IDLE: Final = 600.0
#: By name: only the child loads it.
ATELIER: Final = "app.render.in_process"
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
    """Draws in a child process. ``waiting`` calls may stand in line, each at most ``timeout`` seconds in all.

    ``niceness`` is added to the child's: it comes last where others are served beside it. A child that is not asked
    for ``idle`` seconds ends.
    """

    def __init__(
        self, *, waiting: int = 8, timeout: float = 60.0, niceness: int = NICENESS, idle: float = IDLE
    ) -> None:
        self._timeout = timeout
        self._idle = idle
        self._niceness = niceness
        self._places = threading.BoundedSemaphore(waiting)
        self._turn = threading.Lock()
        self._child: BaseProcess | None = None
        self._line: Line | None = None

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

    def start(self) -> None:
        """Let the child begin to load, and do not wait for it."""
        with self._turn:
            self._open_line()

    def warm(self) -> None:
        """Start the child before it is needed, and wait until it is there."""
        self.run(_nothing)

    def pdf(self, report: "Report", attachments: "Sequence[Attachment]" = ()) -> "Pdf":
        """As ``render_pdf``; raises RenderBusy, RenderTimedOut and RenderProcessDied besides."""
        return cast("Pdf", self._ask("pdf", report, tuple(attachments)))

    def html(self, report: "Report") -> bytes:
        """As ``render_html``; raises as ``pdf``."""
        return cast("bytes", self._ask("html", report))

    def body(self, report: "Report") -> str:
        """As ``report_body``; raises as ``pdf``."""
        return cast("str", self._ask("body", report))

    def svg(self, chart: "Chart", *, figure_id: str, alt: str) -> str:
        """One chart for a page; raises as ``pdf``."""
        return cast("str", self._ask("svg", chart, figure_id=figure_id, alt=alt))

    def run(self, work: Callable[..., T], *given: object) -> T:
        """A function of a module, called in the child; raises as ``pdf``, and what the function raises."""
        return cast("T", self._ask(work, *given))

    def close(self) -> None:
        """End the child; the next call starts another."""
        with self._turn:
            self._end_child()

    def _ask(self, job: Job, *given: object, **named: object) -> object:
        ends = time.monotonic() + self._timeout
        with self._place(), self._my_turn(ends):
            try:
                done, answer = self._answered((job, given, named), ends)
            except (EOFError, OSError):
                # A rendering is a pure function, so one that died with its process can simply be done again.
                self._end_child()
                try:
                    done, answer = self._answered((job, given, named), ends)
                except (EOFError, OSError) as error:
                    self._end_child()
                    raise RenderProcessDied from error
        if not done:
            raise cast("Exception", answer)
        return answer

    def _answered(self, asked: object, ends: float) -> tuple[bool, object]:
        line = self._open_line()
        try:
            line.send(asked, ends)
            return cast("tuple[bool, object]", line.receive(ends))
        except TimeoutError:
            self._end_child()
            raise RenderTimedOut(self._timeout) from None
        except BaseException as error:
            # Somebody else ended this wait: what the child still answers would be taken for the next answer.
            if not isinstance(error, EOFError | OSError):
                self._end_child()
            raise

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

    def _open_line(self) -> Line:
        if self._line is None or self.pid is None:
            self._end_child()
            ours, theirs = socket.socketpair()
            self._line = Line(ours)
            # A connection travels to the child; a socket does not where gevent has put its own in the place of it.
            with Connection(theirs.detach()) as their_end:
                given = (their_end, self._niceness, self._idle)
                child = _SPAWN.Process(target=_serve, args=given, name="mythmark-render", daemon=True)
                child.start()
            self._child = child
        return self._line

    def _end_child(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
        self._line = self._child = None


@cache
def render_process() -> RenderProcess:
    """The one child of this process, started when something is first drawn."""
    return RenderProcess(timeout=PATIENT)


def _serve(end: "Connection[Any, Any]", niceness: int, idle: float) -> None:
    """Answer one job after the other until the parent is gone, or asks for nothing any more."""
    os.nice(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The parent's library may have made the pair non-blocking, and the two ends share that with their copies.
    own = socket.socket(fileno=os.dup(end.fileno()))
    own.settimeout(None)
    end.close()
    line = Line(own)
    with at_one_go(for_good=True):
        atelier: Renderer = importlib.import_module(ATELIER).InProcess()
    with contextlib.suppress(EOFError, OSError):
        while True:
            job, given, named = line.receive(time.monotonic() + idle)
            line.send(_do(atelier, job, given, named))


def _nothing() -> None:
    """The work of a child that is only to be there."""


def _do(atelier: "Renderer", job: Job, given: tuple[Any, ...], named: dict[str, Any]) -> tuple[bool, object]:
    """Whether it went well, and the answer or what went wrong."""
    try:
        work = getattr(atelier, job) if isinstance(job, str) else job
        return True, work(*given, **named)
    except Exception as error:  # noqa: BLE001 - whatever went wrong is raised where it was asked for
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, to see whether it arrives
        except Exception:  # noqa: BLE001 - an error that cannot travel is told in words
            return False, RuntimeError(f"{type(error).__name__}: {error}")
        return False, error
