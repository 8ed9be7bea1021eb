"""Time and turns: greenlets under the server's gevent worker, threads everywhere else."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

import gevent
from gevent import monkey


class Clockwork(Protocol):
    """A clock, and work that is done later beside what runs now."""

    def now(self) -> float:
        """Seconds that only rise."""

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Do the work in so many seconds; 0 is as soon as possible, never at once within this call."""

    def sleep(self, seconds: float) -> None:
        """Let the others go on for so long."""


class Greenlets:
    """Turns of the gevent loop."""

    now = staticmethod(time.monotonic)

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Spawn a greenlet."""
        if seconds > 0:
            gevent.spawn_later(seconds, work)
        else:
            gevent.spawn(work)

    def sleep(self, seconds: float) -> None:
        """Let the other greenlets go on."""
        gevent.sleep(seconds)


class Threads:
    """Threads that end with the process."""

    now = staticmethod(time.monotonic)

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Start a thread."""
        timer = threading.Timer(seconds, work)
        timer.daemon = True
        timer.start()

    def sleep(self, seconds: float) -> None:
        """Let the other threads go on."""
        time.sleep(seconds)


def clockwork() -> Clockwork:
    """What fits the process: the gevent worker has made the standard library cooperative before we are loaded."""
    return Greenlets() if monkey.is_module_patched("socket") else Threads()


def aside(work: Callable[[], None]) -> None:
    """Do work that stops a whole thread, and let the other greenlets go on meanwhile; raises what it raises."""
    if isinstance(clockwork(), Greenlets):
        gevent.get_hub().threadpool.apply(work)
    else:
        work()
