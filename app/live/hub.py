"""All rooms of this process: who may listen, how many, for how long, and how it ends.

One process, one hub. Those who change a room call ``publish`` after their commit; those who watch get what ``open``
returns as the answer to their request.
"""

import logging
import random
import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from app.live.clockwork import Clockwork, clockwork
from app.live.errors import RoomFull, Stopping, TooManyStreams
from app.live.frames import Frame, Key, TakeSnapshot, opening
from app.live.presence import Listener
from app.live.room import AGAIN, Room
from app.live.streams import DirectStream, Stream, WaitingStream, is_chunked, lent_socket

#: How often it is looked whether the process ends or a room needs a beat.
LOOK = 0.25
BEAT_AFTER = 15.0
#: Whoever lost the right to listen is cut off within five seconds: this, a look, and the time to ask.
ASK_AFTER = 4.0
#: A room nobody watches is forgotten after so long.
FORGET_AFTER = 10.0
#: Clients come back between these milliseconds, so that a thousand do not come in one.
COME_BACK = (500, 2_500)

#: Of those who listen to a room (by ``Listener.who``), the ones who still may; asked for all of a room at once.
StillAllowed: TypeAlias = Callable[[Key, frozenset[Hashable]], Collection[Hashable]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most streams of a process, counted participants of a room, and streams of one listener."""

    streams: int = 6_000
    participants: int = 5_000
    each: int = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers the request: give it to the server as it is."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Figures:
    """What this hub carries, and what it wrote and gave up in the rooms that are there now and those that went."""

    rooms: int
    streams: int
    events: int
    evicted: int


HEADERS = (
    ("Content-Type", "text/event-stream; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Accel-Buffering", "no"),
)


class Hub:
    """The rooms of this process. ``take`` reads a room's state; ``allowed`` says who may go on listening."""

    def __init__(
        self,
        take: TakeSnapshot,
        allowed: StillAllowed = lambda _, who: who,
        *,
        limits: Limits | None = None,
        clock: Clockwork | None = None,
    ) -> None:
        self.clock = clock or clockwork()
        self._take, self._allowed, self.limits = take, allowed, limits or Limits()
        self._rooms: dict[Key, Room] = {}
        self._guard = threading.Lock()
        self._looking = self._stopped = False
        self._alive: Callable[[], bool] = lambda: True
        self._past = (0, 0)

    # ── what others ask for ──

    def open(self, key: Key, listener: Listener, environ: Mapping[str, Any]) -> Answer:
        """A stream for this listener: the present state first, then each change.

        The caller has decided that the listener may. Raises NoStream, and what taking the snapshot raises.
        """
        self._admit(key, listener)
        frame = self._room(key).current()
        if frame.last and environ.get("HTTP_LAST_EVENT_ID") == str(frame.revision):
            return Answer(204, (("Cache-Control", "no-store"),), iter(()))  # seen to the end: do not come back
        if environ.get("REQUEST_METHOD") == "HEAD":
            return Answer(200, HEADERS, iter(()))
        sock = lent_socket(environ)
        if sock is None:
            return Answer(200, HEADERS, self._waiting(key, listener, frame))
        return Answer(200, HEADERS, self._direct(key, listener, frame, sock, chunked=is_chunked(environ)))

    def publish(self, key: Key, revision: int | None = None) -> None:
        """A change of the room is committed. Returns at once; with a revision that was sent nothing happens."""
        room = self._rooms.get(key)
        if room is not None:
            room.changed(revision)

    def connected(self, key: Key) -> int:
        """How many distinct participants are connected to the room through this process."""
        room = self._rooms.get(key)
        return room.presence.connected if room is not None else 0

    def watched(self) -> tuple[Key, ...]:
        """The rooms that somebody watches."""
        return tuple(key for key, room in tuple(self._rooms.items()) if len(room))

    def figures(self) -> Figures:
        """Numbers for watching the process."""
        rooms = tuple(self._rooms.values())
        events, evicted = self._past
        return Figures(
            sum(1 for room in rooms if len(room)),
            sum(map(len, rooms)),
            events + sum(room.events for room in rooms),
            evicted + sum(room.evicted for room in rooms),
        )

    def serve_while(self, alive: Callable[[], bool]) -> None:
        """End all streams, and open no more, as soon as this says no."""
        self._alive = alive

    def stop(self) -> None:
        """End all streams in good order, and open no more."""
        self._stopped = True
        for room in tuple(self._rooms.values()):
            room.end()

    # ── streams ──

    def join(self, key: Key, stream: Stream) -> Room:
        """Let a stream hear the room from now on; the oldest ends when one listener has too many."""
        room = self._room(key)
        room.add(stream)
        mine = room.streams(stream.listener) if room.presence.streams_of(stream.listener) > self.limits.each else ()
        room.end(mine[: -self.limits.each])
        if self._stopped:
            stream.end()
        return room

    def _direct(self, key: Key, listener: Listener, frame: Frame, sock: Any, *, chunked: bool) -> Iterator[bytes]:  # noqa: ANN401
        yield _opening() + frame.raw  # the server writes the head before it
        if frame.last:
            return
        stream = DirectStream(sock, listener, frame, chunked=chunked)
        room = self.join(key, stream)
        try:
            stream.stay()
        finally:
            room.remove(stream)
            stream.end()  # the server must not wait for another request on this connection

    def _waiting(self, key: Key, listener: Listener, frame: Frame) -> Iterator[bytes]:
        yield _opening() + frame.raw
        if frame.last:
            return
        stream = WaitingStream(listener, frame)
        room = self.join(key, stream)
        try:
            yield from stream.frames()
        finally:
            room.remove(stream)

    def _admit(self, key: Key, listener: Listener) -> None:
        if self._stopped or not self._alive():
            raise Stopping
        if sum(map(len, tuple(self._rooms.values()))) >= self.limits.streams:
            raise TooManyStreams
        if listener.counted and self.connected(key) >= self.limits.participants:
            raise RoomFull

    def _room(self, key: Key) -> Room:
        with self._guard:
            room = self._rooms.get(key)
            if room is None:
                room = self._rooms[key] = Room(key, self._take, self.clock)
            room.touched = self.clock.now()
            if not self._looking:
                self._looking = True
                self.clock.later(LOOK, self._look)
        return room

    # ── looking after them ──

    def _look(self) -> None:
        """Look after the rooms as long as there are any."""
        now = self.clock.now()
        if not self._stopped and not self._alive():
            self.stop()
        for room in tuple(self._rooms.values()):
            if now - room.written >= BEAT_AFTER:
                room.beat()
            if now - room.asked >= ASK_AFTER and not room.asking and len(room):
                room.asking = True
                self.clock.later(0, partial(self._ask, room))
        with self._guard:
            self._forget(now)
            self._looking = bool(self._rooms)
        if self._looking:
            self.clock.later(LOOK, self._look)

    def _forget(self, now: float) -> None:
        for key, room in tuple(self._rooms.items()):
            if not len(room) and (self._stopped or now - room.touched >= FORGET_AFTER):
                self._past = (self._past[0] + room.events, self._past[1] + room.evicted)
                del self._rooms[key]

    def _ask(self, room: Room) -> None:
        """End the streams of those who may no longer listen. When nobody can say, nothing is sent either."""
        asked = frozenset(listener.who for listener in room.listeners())
        try:
            refused = asked.difference(self._allowed(room.key, asked))
        except Exception as error:  # noqa: BLE001 - whatever the asking raises, it is asked again
            _log.warning("room %s: nobody could say who may listen (%s)", room.key, type(error).__name__)
            room.asked = self.clock.now() - ASK_AFTER + AGAIN
        else:
            room.end(stream for stream in room.streams() if stream.listener.who in refused)
            room.asked = self.clock.now()
        room.asking = False


def _opening() -> bytes:
    return opening(random.randint(*COME_BACK))  # noqa: S311 - spreads the crowd, hides nothing
