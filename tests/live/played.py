"""Clocks, sockets and streams that are played, so that time and the network do what a test says."""

import heapq
from collections.abc import Callable

from app.live.frames import BEAT, Frame, Key, Snapshot
from app.live.hub import Hub, Limits
from app.live.presence import Listener


class PlayedClock:
    """A clock that stands until it is moved; work that is due is done on the way, in order."""

    def __init__(self) -> None:
        self.time = 100.0
        self._work: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def now(self) -> float:
        return self.time

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        assert seconds >= 0
        self._count += 1
        heapq.heappush(self._work, (self.time + seconds, self._count, work))

    def sleep(self, seconds: float) -> None:
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        until = self.time + seconds
        while self._work and self._work[0][0] <= until + 1e-9:
            due, _, work = heapq.heappop(self._work)
            self.time = max(self.time, due)
            work()
        self.time = until


class PlayedStream:
    """A stream that remembers what was written to it, and when."""

    def __init__(self, clock: PlayedClock, who: str = "r1", *, counted: bool = True) -> None:
        self.listener = Listener(who, counted)
        self.seen: Frame | None = None
        self.got: list[tuple[float, int]] = []
        self.beats: list[float] = []
        self.blocked = self.ended = self.was_cut = False
        self.clock = clock

    def write(self, frame: Frame) -> bool:
        if self.blocked:
            return False
        if frame is BEAT:
            self.beats.append(self.clock.now())
        else:
            self.got.append((self.clock.now(), frame.revision))
        return True

    def end(self) -> None:
        self.ended = True

    def cut(self) -> None:
        self.was_cut = True

    @property
    def revisions(self) -> list[int]:
        return [revision for _, revision in self.got]


class PlayedRoom:
    """The state behind the hub: a revision, and what goes wrong when it is read."""

    def __init__(self) -> None:
        self.revision, self.text, self.last = 1, "", False
        self.reads = 0
        self.fails: Exception | None = None
        self.during: Callable[[], None] = lambda: None

    def snapshot(self, _: Key) -> Snapshot:
        self.reads += 1
        taken = Snapshot(self.revision, self.text or f'{{"revision": {self.revision}}}', last=self.last)
        self.during()
        if self.fails is not None:
            raise self.fails
        return taken


class Played:
    """A hub with one room, 1, whose time and state are played."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.clock, self.room = PlayedClock(), PlayedRoom()
        self.refused: set[str] = set()
        self.asked: list[tuple[float, frozenset[object]]] = []
        self.hub = Hub(self.room.snapshot, self._allowed, limits=limits, clock=self.clock)

    def _allowed(self, _: Key, who: frozenset[object]) -> frozenset[object]:
        self.asked.append((self.clock.now(), who))
        return who - self.refused

    def join(self, who: str = "r1", *, counted: bool = True) -> PlayedStream:
        """One more stream, with the present state seen and the sending that follows a joining past."""
        stream = PlayedStream(self.clock, who, counted=counted)
        self.hub.join(1, stream)
        self.clock.pass_by(0.2)
        return stream

    def change(self) -> int:
        """A committed change, published by who made it."""
        self.room.revision += 1
        self.hub.publish(1, self.room.revision)
        return self.room.revision
