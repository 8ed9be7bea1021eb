"""How many are connected to a room: numbers only, nobody's name leaves this file."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listener:
    """Who listens. ``who`` is the same for all streams of one person or session; the stage is not ``counted``."""

    who: Hashable
    counted: bool = True


@dataclass(slots=True)
class Presence:
    """The listeners of one room, each with the number of their streams."""

    _streams: Counter[Listener] = field(default_factory=Counter)

    def enter(self, listener: Listener) -> None:
        """One more stream."""
        self._streams[listener] += 1

    def leave(self, listener: Listener) -> None:
        """One stream fewer."""
        self._streams[listener] -= 1
        if self._streams[listener] <= 0:
            del self._streams[listener]

    @property
    def connected(self) -> int:
        """How many distinct participants have at least one stream."""
        return sum(1 for listener in tuple(self._streams) if listener.counted)

    def streams_of(self, listener: Listener) -> int:
        """How many streams one listener has."""
        return self._streams[listener]
