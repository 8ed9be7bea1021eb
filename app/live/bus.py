"""Changes that other processes made. Only the numbers of rooms travel; what changed is read where it is sent.

A bus runs beside the requests of one process (``run``), on a connection of its own that it is handed by the caller. It
asks for the present revisions of the rooms that are watched here, and publishes them; the echo of what this process
did itself has a revision that was sent already, and ends there.
"""

import logging
import random
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from typing import Any, Protocol, TypeAlias

from app.live.frames import Key
from app.live.hub import Hub

#: What ``NOTIFY`` is sent on by those who write: ``SELECT pg_notify('mythmark_rooms', '17')`` before their commit.
CHANNEL = "mythmark_rooms"
#: SQLite is looked at twenty times a second.
LOOK = 0.05
#: So long a connection may be silent before it is asked whether it lives.
SILENCE = 3.0
#: After a notification others are gathered; a room is sent ten times a second at most anyway.
GATHER = 0.02
#: Seconds to a new try, doubled each time up to the last; half of it at least, so that nodes do not come back at once.
FIRST_PAUSE, LAST_PAUSE = 0.2, 5.0

#: The present revisions of these rooms; a room that is gone is left out.
Revisions: TypeAlias = Callable[[Collection[Key]], Mapping[Key, int]]
#: Listens on one connection and announces to the bus until that is stopped; raises when the connection is lost.
Listen: TypeAlias = Callable[["Bus"], None]

_log = logging.getLogger(__name__)


class Bus:
    """Listens (``on_sqlite``, ``on_postgres``), announces what changed, comes back when the connection is lost."""

    def __init__(self, hub: Hub, revisions: Revisions, listen: Listen) -> None:
        self.hub, self.stopped = hub, False
        self._revisions, self._listen = revisions, listen

    def run(self) -> None:
        """Serve until stopped. Never raises."""
        pause = FIRST_PAUSE
        while not self.stopped:
            began = self.hub.clock.now()
            try:
                self._listen(self)
            except Exception as error:  # noqa: BLE001 - the driver's errors are not known here
                _log.warning("the bus lost its connection (%s); trying again", type(error).__name__)
            if self.hub.clock.now() - began > LAST_PAUSE:
                pause = FIRST_PAUSE
            if not self.stopped:
                self.hub.clock.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads the nodes, hides nothing
                pause = min(2 * pause, LAST_PAUSE)

    def stop(self) -> None:
        """Come to an end at the next look."""
        self.stopped = True

    def announce(self, keys: Collection[Key]) -> None:
        """Publish the present revisions of rooms; a room that is gone is published as well, and ends its streams."""
        if keys:
            present = self._revisions(keys)
            for key in keys:
                self.hub.publish(key, present.get(key))


class SqliteConnection(Protocol):
    """As much of ``sqlite3.Connection`` as is needed; in autocommit, or it would look at one state for ever."""

    def execute(self, statement: str, /) -> Any:  # noqa: ANN401 - a cursor
        """Run a statement."""

    def close(self) -> None:
        """Close it."""


def on_sqlite(connect: Callable[[], SqliteConnection]) -> Listen:
    """See every commit of another connection, whatever it changed."""

    def listen(bus: Bus) -> None:
        with closing(connect()) as connection:
            seen = None  # a change may have been missed, so the first look announces
            while not bus.stopped:
                version = connection.execute("PRAGMA data_version").fetchone()[0]
                if version != seen:
                    bus.announce(bus.hub.watched())
                    seen = version
                bus.hub.clock.sleep(LOOK)

    return listen


class Notification(Protocol):
    """As much of ``psycopg.Notify`` as is needed."""

    @property
    def payload(self) -> str:
        """The room's key as text."""


class PostgresConnection(Protocol):
    """As much of ``psycopg.Connection`` as is needed; in autocommit, and best with ``tcp_user_timeout`` set."""

    def execute(self, query: Any, /) -> Any:  # noqa: ANN401 - a query as psycopg takes it, and a cursor
        """Run a statement."""

    def notifies(self, *, timeout: float | None = None, stop_after: int | None = None) -> Iterable[Notification]:
        """What was notified."""

    def close(self) -> None:
        """Close it."""


def on_postgres(connect: Callable[[], PostgresConnection]) -> Listen:
    """Hear what is notified on the channel by any node, this one included."""

    def listen(bus: Bus) -> None:
        with closing(connect()) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            bus.announce(bus.hub.watched())  # whatever was missed
            while not bus.stopped:
                heard = {note.payload for note in connection.notifies(timeout=SILENCE, stop_after=1)}
                if not heard:
                    connection.execute("SELECT 1")
                    continue
                bus.announce([key for key in bus.hub.watched() if str(key) in heard])
                bus.hub.clock.sleep(GATHER)

    return listen
