"""One room: its streams, its newest frame, and the sending of the one to the others."""

import logging
import threading
from collections.abc import Iterable, Sequence

from app.live.clockwork import Clockwork
from app.live.errors import RoomGone
from app.live.frames import BEAT, Frame, Key, TakeSnapshot, state_frame
from app.live.pace import Pace
from app.live.presence import Listener, Presence
from app.live.streams import Stream

#: At most ten events a second.
GAP = 0.1
#: A frame so young serves those who connect as well, unless a change was told since; what another process changed in
#: between reaches them with the next sending.
FRESH = 0.1
#: When the state could not be read.
AGAIN = 1.0

_log = logging.getLogger(__name__)


class Room:
    """One room of this process. What is told to it from greenlets or threads never waits for a sending."""

    def __init__(self, key: Key, take: TakeSnapshot, clock: Clockwork) -> None:
        self.key = key
        self.presence = Presence()
        self.written = self.asked = self.touched = clock.now()
        self.asking = False
        self.events = self.evicted = 0
        self._take, self._clock = take, clock
        self._pace = Pace(GAP)
        self._streams: dict[Stream, None] = {}
        self._newest: Frame | None = None
        self._made = clock.now()
        self._stale = False
        self._sent_revision = -1
        self._guard = threading.Lock()  # held for a few lines
        self._turn = threading.Lock()  # held while the state is read and sent, so that frames keep their order

    def __len__(self) -> int:
        return len(self._streams)

    def listeners(self) -> frozenset[Listener]:
        """Who listens now."""
        return frozenset(stream.listener for stream in tuple(self._streams))

    def streams(self, of: Listener | None = None) -> tuple[Stream, ...]:
        """The streams, the oldest first; those of one listener, or all."""
        streams = tuple(self._streams)
        return streams if of is None else tuple(stream for stream in streams if stream.listener == of)

    # ── changes ──

    def changed(self, revision: int | None = None) -> None:
        """The state may have changed; nothing happens for a revision that everybody was sent."""
        if revision is not None and revision <= self._sent_revision:
            return
        self._stale = True
        self._plan()

    def _plan(self) -> None:
        with self._guard:
            seconds = self._pace.changed(self._clock.now())
        if seconds is not None:
            self._clock.later(seconds, self._send)

    def current(self) -> Frame:
        """A frame for somebody who connects; raises what the reading of the state raises."""
        with self._turn:
            young = self._clock.now() - self._made < FRESH and not self._stale
            return self._newest if self._newest is not None and young else self._make()

    def add(self, stream: Stream) -> None:
        """One more stream. What it missed since its first frame was made is sent to it."""
        with self._guard:
            self._streams[stream] = None
            self.presence.enter(stream.listener)
        self._plan()

    def remove(self, stream: Stream) -> None:
        """One stream fewer, if it is still one."""
        with self._guard:
            if stream not in self._streams:
                return
            del self._streams[stream]
            self.presence.leave(stream.listener)
            self.touched = self._clock.now()
        self._plan()

    # ── sending ──

    def beat(self) -> None:
        """Write a comment to all streams, so that proxies keep them and broken ones are found."""
        self._write(BEAT, self.streams())

    def end(self, streams: Iterable[Stream] | None = None) -> None:
        """Let streams end in good order: those, or all."""
        for stream in self.streams() if streams is None else streams:
            stream.end()

    def _send(self) -> None:
        """Read the state and write it to all who have not seen it. The next sending follows the pace."""
        failed = False
        with self._turn:
            with self._guard:
                self._pace.begin(self._clock.now())
            try:
                self._spread()
            except RoomGone:
                self.end()
            except Exception as error:  # noqa: BLE001 - whatever the reading raises, the streams must go on
                _log.warning("room %s could not be read (%s); trying again", self.key, type(error).__name__)
                failed = True
            with self._guard:
                seconds = self._pace.done(self._clock.now())
        if seconds is not None:
            self._clock.later(max(seconds, AGAIN) if failed else seconds, self._send)
        elif failed:
            self._clock.later(AGAIN, self._plan)

    def _spread(self) -> None:
        if not self._streams:
            return
        frame = self._make()
        behind = [stream for stream in self.streams() if stream.seen is not frame]
        if behind:
            self._write(frame, behind)
        self._sent_revision = frame.revision
        if frame.last:
            self.end()

    def _make(self) -> Frame:
        """The newest frame; the same object as before when nothing has changed. Called in turn only."""
        self._made, self._stale = self._clock.now(), False  # before the reading: a change during it is told again
        frame, known = state_frame(self._take(self.key)), self._newest
        if (
            known is None
            or frame.revision > known.revision
            or (frame.revision == known.revision and frame.raw != known.raw)
        ):
            self._newest = known = frame
        return known

    def _write(self, frame: Frame, streams: Sequence[Stream]) -> None:
        """One write a stream; who does not take it whole is given up, and comes back to a whole state."""
        self.written, broken, state = self._clock.now(), [], frame is not BEAT
        for stream in streams:
            if not stream.write(frame):
                broken.append(stream)
            elif state:
                stream.seen = frame
        self.events += (len(streams) - len(broken)) * state
        self.evicted += len(broken)
        for stream in broken:
            self.remove(stream)
            stream.cut()
