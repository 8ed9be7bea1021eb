"""The hub under the real server: gunicorn with gevent, over loopback."""

import http.client
import json
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STREAMS = 300

pytestmark = pytest.mark.slow


@dataclass
class Watcher:
    """One phone: a socket with a stream, and what came over it."""

    sock: socket.socket
    got: bytearray = field(default_factory=bytearray)
    closed: bool = False

    @property
    def revisions(self) -> list[int]:
        return [int(found) for found in re.findall(rb"\nid: (\d+)\n", self.got)]


@dataclass
class Served:
    """The played application in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]
    watchers: list[Watcher] = field(default_factory=list)

    def ask(self, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers={"Connection": "close"})
        answer = connection.getresponse()
        body = b"" if answer.status == 200 and path.startswith("/events") else answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), body

    def change(self, words: str = "") -> int:
        return int(json.loads(self.ask("POST", f"/change?{words}")[2])["revision"])

    def figures(self) -> dict[str, int]:
        return dict(json.loads(self.ask("GET", "/figures")[2]))

    def watch(self, who: str, *, version: str = "1.1", receive: int | None = None) -> Watcher:
        sock = socket.socket()
        if receive is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        sock.connect(("127.0.0.1", self.port))
        sock.sendall(f"GET /events?who={who} HTTP/{version}\r\nHost: localhost\r\n\r\n".encode())
        sock.settimeout(0)
        watcher = Watcher(sock)
        self.watchers.append(watcher)
        return watcher

    def read(self, watchers: list[Watcher], done: object, seconds: float = 10.0) -> None:
        """Read from all until ``done()`` or the time is over."""
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            for watcher in watchers:
                if not watcher.closed:
                    selector.register(watcher.sock, selectors.EVENT_READ, watcher)
            while not done() and time.monotonic() < deadline:  # type: ignore[operator]
                for key, _ in selector.select(0.1):
                    try:
                        came = key.data.sock.recv(65536)
                    except ConnectionResetError:
                        came = b""
                    key.data.got += came
                    if not came:
                        key.data.closed = True
                        selector.unregister(key.fileobj)


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    words = getattr(request, "param", [])
    command = [sys.executable, "-m", "tests.live.played_app", str(port), *words]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        running = Served(port, process)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                running.figures()
                break
            except OSError:
                time.sleep(0.05)
        yield running
        for watcher in running.watchers:
            watcher.sock.close()
        process.terminate()
        assert process.wait(12) == 0


def _crowd(served: Served, size: int = STREAMS) -> list[Watcher]:
    """Phones that have their snapshot, and a server that has all of them."""
    watchers = [served.watch(f"r{number}") for number in range(size)]
    served.read(watchers, lambda: all(watcher.revisions for watcher in watchers))
    assert all(watcher.revisions == [1] for watcher in watchers)
    assert served.figures()["streams"] == size
    return watchers


def test_every_screen_sees_every_last_state_in_order_and_stops_with_the_server(served: Served) -> None:
    watchers = _crowd(served)
    for _ in range(10):
        last = served.change("times=4")  # so quickly that no screen could see each of them, however slow the machine
        served.read(watchers, lambda: False, 0.005)
    _see(served, watchers, last)
    for watcher in watchers:
        assert watcher.revisions == sorted(set(watcher.revisions))
        assert len(watcher.revisions) <= 21
    begun = time.monotonic()
    os.kill(served.figures()["pid"], signal.SIGTERM)
    served.process.terminate()
    served.read(watchers, lambda: all(watcher.closed for watcher in watchers))
    assert all(watcher.got.endswith(b"\n\n\r\n0\r\n\r\n") for watcher in watchers)
    assert served.process.wait(10) == 0
    assert time.monotonic() - begun < 10


def test_a_reader_that_stands_still_is_given_up_while_the_others_go_on(served: Served) -> None:
    slow = served.watch("slow", receive=4096)
    watchers = _crowd_beside(served, 20)
    served.change("padding=20000")
    deadline = time.monotonic() + 20
    while served.figures()["evicted"] == 0 and time.monotonic() < deadline:
        _see(served, watchers, served.change())
        time.sleep(0.05)
    assert served.figures()["evicted"] == 1
    assert served.figures()["connected"] == 20
    served.read([slow], lambda: slow.closed)
    assert slow.closed
    assert not slow.got.endswith(b"0\r\n\r\n")


def _see(served: Served, watchers: list[Watcher], revision: int) -> None:
    """All of them come to see a revision."""
    served.read(watchers, lambda: all(watcher.revisions[-1] == revision for watcher in watchers))
    assert all(watcher.revisions[-1] == revision for watcher in watchers)


def _crowd_beside(served: Served, size: int) -> list[Watcher]:
    watchers = [served.watch(f"r{number}") for number in range(size)]
    served.read(watchers, lambda: all(watcher.revisions for watcher in watchers))
    return watchers


def test_a_phone_that_leaves_is_no_longer_counted(served: Served) -> None:
    watchers = _crowd(served, 3)
    watchers[0].sock.close()
    deadline = time.monotonic() + 5
    while served.figures()["connected"] != 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert served.figures() | {"pid": 0, "events": 0} == {
        "streams": 2,
        "connected": 2,
        "evicted": 0,
        "events": 0,
        "pid": 0,
    }


def test_a_phone_that_talks_on_its_stream_is_let_go(served: Served) -> None:
    (watcher,) = _crowd(served, 1)
    watcher.sock.sendall(b"x" * 100)
    served.read([watcher], lambda: watcher.closed, 5)
    assert watcher.closed


def test_who_is_thrown_out_is_ended_within_five_seconds(served: Served) -> None:
    watchers = _crowd(served, 3)
    served.change("out=r1")
    served.read(watchers, lambda: watchers[1].closed, 5.0)
    assert [watcher.closed for watcher in watchers] == [False, True, False]


def test_a_closed_room_ends_its_streams_after_the_last_state(served: Served) -> None:
    watchers = [*_crowd(served, 3), served.watch("old", version="1.0")]
    served.read(watchers, lambda: all(watcher.revisions for watcher in watchers))
    last = served.change("over=1")
    served.read(watchers, lambda: all(watcher.closed for watcher in watchers))
    assert [watcher.revisions[-1] for watcher in watchers] == [last] * 4
    assert all(watcher.got.endswith(b"\n\n\r\n0\r\n\r\n") for watcher in watchers[:3])
    assert watchers[3].got.endswith(b"\n\n")
    assert b"Transfer-Encoding" not in watchers[3].got


@pytest.mark.parametrize("served", [["--streams", "5"]], indirect=True)
def test_one_stream_too_many_is_refused_and_the_place_is_free_again_later(served: Served) -> None:
    watchers = _crowd(served, 5)
    status, headers, _ = served.ask("GET", "/events")
    assert (status, headers["Retry-After"]) == (503, "5")
    watchers[0].sock.close()
    deadline = time.monotonic() + 10
    while status == 503 and time.monotonic() < deadline:
        status, _, _ = served.ask("GET", "/events")
    assert status == 200
