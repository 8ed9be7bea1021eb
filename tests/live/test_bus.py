"""Changes that other processes made."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.live.bus import CHANNEL, Bus, on_postgres, on_sqlite
from app.live.frames import Key, Snapshot
from app.live.hub import Hub
from app.live.presence import Listener
from app.live.streams import WaitingStream
from tests.live.played import Played


@dataclass(frozen=True)
class Note:
    payload: str


class PlayedListening:
    """A connection to PostgreSQL, of which the test says what it hears; None is a break."""

    def __init__(self, script: list[list[str] | None], said: list[str], over: Callable[[], None]) -> None:
        self.script, self.said, self.over = script, said, over

    def execute(self, query: str, /) -> None:
        self.said.append(query)

    def notifies(self, *, timeout: float | None = None, stop_after: int | None = None) -> Iterator[Note]:
        assert timeout is not None
        assert stop_after == 1
        if not self.script:
            self.over()
            return
        heard = self.script.pop(0)
        if heard is None:
            raise OSError("the server closed the connection")
        yield from map(Note, heard)

    def close(self) -> None:
        self.said.append("close")


def _listening(played: Played, *script: list[str] | None) -> tuple[Bus, list[str], list[frozenset[Key]]]:
    """A bus over played connections, what was said on them, and which rooms' revisions were asked for."""
    said: list[str] = []
    asked: list[frozenset[Key]] = []
    left = list(script)

    def revisions(keys: Collection[Key]) -> dict[Key, int]:
        asked.append(frozenset(keys))
        return dict.fromkeys(keys, played.room.revision)

    bus = Bus(played.hub, revisions, on_postgres(lambda: PlayedListening(left, said, bus.stop)))
    return bus, said, asked


def test_a_notification_publishes_the_room_that_is_watched_and_no_other() -> None:
    played = Played()
    stream = played.join()
    played.room.revision = 5
    bus, said, asked = _listening(played, ["1", "2", "1"])
    bus.run()
    played.clock.pass_by(1.0)
    assert said[0] == f"LISTEN {CHANNEL}"
    assert stream.revisions[-1] == 5
    assert set(asked) == {frozenset({1})}


def test_what_was_missed_while_the_connection_was_lost_is_published_on_the_next() -> None:
    played = Played()
    stream = played.join()
    bus, said, _ = _listening(played, None)
    played.clock.later(0.05, lambda: setattr(played.room, "revision", 8))
    bus.run()
    played.clock.pass_by(1.0)
    assert said.count(f"LISTEN {CHANNEL}") == 2
    assert said.count("close") == 2
    assert stream.revisions[-1] == 8


def test_tries_to_connect_are_spread_and_become_rarer(caplog: pytest.LogCaptureFixture) -> None:
    played = Played()
    tries: list[float] = []

    def connect() -> PlayedListening:
        tries.append(played.clock.now())
        if len(tries) == 9:
            bus.stop()
        raise OSError("no route to db.internal, password=secret")

    bus = Bus(played.hub, lambda _: {}, on_postgres(connect))
    with caplog.at_level(logging.WARNING):
        bus.run()
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert 0.1 <= gaps[0] <= 0.2
    assert all(2.5 <= gap <= 5.0 for gap in gaps[5:])
    assert "secret" not in caplog.text


def test_a_silent_connection_is_asked_whether_it_lives() -> None:
    played = Played()
    bus, said, _ = _listening(played, [], [])
    bus.run()
    assert said.count("SELECT 1") == 3


def test_a_room_that_is_gone_is_read_once_more_and_so_ends() -> None:
    played = Played()
    played.join()
    reads = played.room.reads
    bus, _, _ = _listening(played, ["1"])
    bus._revisions = lambda _: {}
    bus.run()
    played.clock.pass_by(1.0)
    assert played.room.reads > reads


def test_the_echo_of_an_own_change_is_not_read_again() -> None:
    played = Played()
    played.join()
    played.change()
    played.clock.pass_by(1.0)
    reads = played.room.reads
    bus, _, asked = _listening(played, ["1"])
    bus.run()
    played.clock.pass_by(1.0)
    assert asked
    assert played.room.reads == reads


class Rooms:
    """Rooms in a real database, and a hub that shows one of them."""

    def __init__(self, read: Callable[[], int]) -> None:
        self.read = read
        self.hub = Hub(lambda _: Snapshot(self.read(), ""))
        self.stream = WaitingStream(Listener("r1"), None)
        self.hub.join(1, self.stream)
        self.frames = self.stream.frames()
        self.watchdog = threading.Timer(20, self.stream.end)  # a frame that never comes fails a test, not the run
        self.watchdog.start()
        assert b"id: 1\n" in next(self.frames)

    def revisions(self, _: Collection[Key]) -> dict[Key, int]:
        return {1: self.read()}


@pytest.fixture
def running() -> Iterator[Callable[[Rooms, Bus], None]]:
    """Starts a bus in a thread, and ends it and its hub after the test."""
    begun: list[tuple[Rooms, Bus, threading.Thread]] = []

    def run(rooms: Rooms, bus: Bus) -> None:
        thread = threading.Thread(target=bus.run, daemon=True)
        thread.start()
        begun.append((rooms, bus, thread))

    yield run
    for rooms, bus, thread in begun:
        bus.stop()
        rooms.hub.stop()
        rooms.watchdog.cancel()
        thread.join(15)
        assert not thread.is_alive()


def test_a_commit_of_another_connection_to_sqlite_reaches_the_streams(
    tmp_path: Path, running: Callable[[Rooms, Bus], None]
) -> None:
    file = tmp_path / "rooms.db"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(file, isolation_level=None, check_same_thread=False)

    other = connect()
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE room (revision INTEGER)")
    other.execute("INSERT INTO room VALUES (1)")
    reader = connect()
    rooms = Rooms(lambda: int(reader.execute("SELECT revision FROM room").fetchone()[0]))
    running(rooms, Bus(rooms.hub, rooms.revisions, on_sqlite(connect)))
    for revision in (2, 3, 4):
        other.execute("UPDATE room SET revision = ?", (revision,))
        assert f"id: {revision}\n".encode() in next(rooms.frames)


@pytest.mark.slow
def test_a_notification_of_postgresql_reaches_the_streams_and_the_bus_survives_the_loss_of_its_connection(
    postgres_server: str, running: Callable[[Rooms, Bus], None]
) -> None:

    def connect(name: str = "bus") -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(f"{postgres_server}/postgres", autocommit=True, application_name=name)

    with connect("writer") as other, connect("reader") as reader:
        other.execute("CREATE TABLE IF NOT EXISTS room (revision int)")
        other.execute("DELETE FROM room")
        other.execute("INSERT INTO room VALUES (1)")

        def read() -> int:
            return next(int(row[0]) for row in reader.execute("SELECT revision FROM room"))

        def change(revision: int) -> None:
            with other.transaction():
                other.execute("UPDATE room SET revision = %s", (revision,))
                other.execute("SELECT pg_notify(%s, '1')", (CHANNEL,))

        rooms = Rooms(read)
        running(rooms, Bus(rooms.hub, rooms.revisions, on_postgres(connect)))
        for revision in (2, 3):
            change(revision)
            assert f"id: {revision}\n".encode() in next(rooms.frames)
        lost = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bus'"
        assert other.execute(lost).fetchall() == [(True,)]
        change(4)  # heard by nobody
        assert b"id: 4\n" in next(rooms.frames)
        change(5)
        assert b"id: 5\n" in next(rooms.frames)
