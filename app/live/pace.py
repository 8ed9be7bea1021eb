"""When a room is sent: the first change at once, what follows within the gap together, the last one always.

Plain values without a clock or a lock, so that every interleaving can be tried.
"""

from dataclasses import dataclass
from math import inf


@dataclass(slots=True)
class Pace:
    """The pace of one room. ``gap`` is the least time in seconds from the begin of one sending to that of the next."""

    gap: float
    _began: float = -inf
    _planned: bool = False
    _running: bool = False
    _again: bool = False

    def changed(self, now: float) -> float | None:
        """A change is there to be read. In how many seconds to begin a sending; None if one is coming anyway."""
        if self._planned:
            return None
        if self._running:  # it may have read what was there before this change
            self._again = True
            return None
        self._planned = True
        return max(0.0, self._began + self.gap - now)

    def begin(self, now: float) -> None:
        """A planned sending begins, and reads the state from here on."""
        self._planned, self._running, self._began = False, True, now

    def done(self, now: float) -> float | None:
        """The sending has ended. In how many seconds to begin the next one, if there was a change meanwhile."""
        self._running = False
        if not self._again:
            return None
        self._again = False
        return self.changed(now)
