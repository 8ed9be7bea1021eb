"""Single streams: on a lent socket, and on servers that lend none."""

import socket
import threading
from typing import Any

import gevent.socket

from app.live.clockwork import Greenlets, Threads, clockwork
from app.live.frames import BEAT, Snapshot, state_frame
from app.live.presence import Listener
from app.live.streams import DirectStream, WaitingStream, is_chunked, lent_socket
from tests.live.played_app import make_app

ONE = state_frame(Snapshot(1, '{"a": 1}'))
TWO = state_frame(Snapshot(2, '{"a": 2}'))
ME = Listener("r1")


class PlayedSocket:
    """A socket that takes so many bytes a send, or none at all."""

    def __init__(self, room: int | None) -> None:
        self.room = room
        self.sent: list[bytes] = []
        self.shut: list[int] = []

    def setsockopt(self, *_: object) -> None:
        raise OSError

    def send(self, wire: bytes, flags: int, timeout: float) -> int:
        assert (flags, timeout) == (0, 0.0)
        if self.room is None:
            raise BlockingIOError
        self.sent.append(wire[: self.room])
        return len(self.sent[-1])

    def shutdown(self, how: int) -> None:
        self.shut.append(how)


def test_a_frame_holds_the_event_its_revision_and_every_line_of_the_text() -> None:
    frame = state_frame(Snapshot(7, "one\ntwo"))
    assert frame.raw == b"event: state\nid: 7\ndata: one\ndata: two\n\n"
    assert frame.chunk == b"%X\r\n" % len(frame.raw) + frame.raw + b"\r\n"


def test_a_text_cannot_add_an_event_of_its_own() -> None:
    wire = state_frame(Snapshot(7, "x\r\rdata: y\n\nevent: other\u2028id: 9")).raw.decode()
    assert [line for line in wire.splitlines() if line and not line.startswith("data: ")] == ["event: state", "id: 7"]


def test_a_frame_that_goes_out_whole_was_written_in_one_send() -> None:
    sock = PlayedSocket(10_000)
    assert DirectStream(sock, ME, None, chunked=True).write(ONE)
    assert DirectStream(sock, ME, None, chunked=False).write(ONE)
    assert sock.sent == [ONE.chunk, ONE.raw]


def test_a_short_send_and_a_blocked_one_are_no_write() -> None:
    for room in (len(ONE.chunk) - 1, None):
        assert not DirectStream(PlayedSocket(room), ME, None, chunked=True).write(ONE)


def test_an_end_leaves_room_for_the_last_words_and_a_cut_does_not() -> None:
    sock = PlayedSocket(10_000)
    stream = DirectStream(sock, ME, None, chunked=True)
    stream.end()
    stream.cut()
    assert sock.shut == [socket.SHUT_RD, socket.SHUT_RDWR]


def test_a_waiting_stream_gives_the_newest_frame_and_a_beat_never_takes_its_place() -> None:
    stream = WaitingStream(ME, None)
    for frame in (BEAT, ONE, TWO, BEAT):
        stream.write(frame)
    stream.end()
    assert list(stream.frames()) == [TWO.raw]


def test_only_a_plain_socket_of_the_server_is_written_to() -> None:
    near, far = gevent.socket.socketpair()
    with near, far, socket.socket() as ordinary:
        lent: dict[str, Any] = {"gunicorn.socket": near, "SERVER_PROTOCOL": "HTTP/1.1"}
        assert lent_socket(lent) is near
        assert lent_socket({**lent, "gunicorn.socket": ordinary}) is None
        assert lent_socket({**lent, "SERVER_PROTOCOL": "HTTP/2.0", "HTTP_VERSION": "2"}) is None
        assert lent_socket({}) is None
    assert is_chunked({"SERVER_PROTOCOL": "HTTP/1.1"})
    assert not is_chunked({"SERVER_PROTOCOL": "HTTP/1.0"})


def test_greenlets_are_for_the_gevent_worker_only() -> None:
    assert isinstance(clockwork(), Threads)


def test_work_is_done_later_in_greenlets_and_in_threads() -> None:
    for clock in (Greenlets(), Threads()):
        done = threading.Event()
        clock.later(0, done.set)
        clock.sleep(0.01)
        assert done.wait(5)
        done.clear()
        clock.later(0.005, done.set)
        clock.sleep(0.05)
        assert done.wait(5)


def test_a_view_streams_on_a_server_that_lends_no_socket() -> None:
    app = make_app()
    hub = app.extensions["live"].hub
    client = app.test_client()
    answer = client.get("/events?who=ana", buffered=False)
    body = answer.iter_encoded()
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    first = next(iter(body))
    assert first.startswith(b"retry: ")
    assert b"\nevent: state\nid: 1\n" in first
    threading.Timer(0.1, client.post, ("/change",)).start()
    assert b"id: 2\n" in next(iter(body))
    answer.close()
    hub.stop()
    assert hub.figures().streams == 0


def test_a_head_request_does_not_wait_for_events() -> None:
    app = make_app()
    answer = app.test_client().head("/events")
    assert answer.status_code == 200
    assert app.extensions["live"].hub.figures().streams == 0
    app.extensions["live"].hub.stop()
