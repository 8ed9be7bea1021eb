"""What was committed to an embedded database is on the disk before anybody is told, many commits at a time.

SQLite could wait for the disk within each commit (``synchronous=FULL``), and nothing else would go on meanwhile: a
thousand votes would wait a thousand times. Here a commit only writes to the log beside the file, and whoever made it
waits for the next sync of that log, which serves all who committed before it began.
"""

import itertools
import os
import threading
from collections.abc import Callable
from typing import TypeAlias

#: Does work that stops a whole thread, such as waiting for the disk, without stopping others; returns when it is done.
Aside: TypeAlias = Callable[[Callable[[], None]], None]

_sync = getattr(os, "fdatasync", os.fsync)


def at_once(work: Callable[[], None]) -> None:
    """Do the work here: where every request has a thread of its own."""
    work()


class SharedSync:
    """The sync of one log for all writers of this process."""

    def __init__(self, log: str, aside: Aside) -> None:
        self._log, self._aside = log, aside
        self._turn = threading.Lock()
        self._tickets = itertools.count(1)
        self._synced = 0

    def reach(self) -> None:
        """Return when everything that was committed before this call is on the disk; raises OSError."""
        ticket = next(self._tickets)
        with self._turn:
            if ticket > self._synced:
                # Whoever drew a ticket before this one has committed before it.
                newest = next(self._tickets)
                self._aside(self._write_out)
                self._synced = newest

    def _write_out(self) -> None:
        try:
            file = os.open(self._log, os.O_RDONLY)
        except FileNotFoundError:
            return  # folded into the database, which SQLite syncs when it does so
        try:
            _sync(file)
        finally:
            os.close(file)
