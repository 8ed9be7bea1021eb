"""One open stream. Writing to it never waits: where a frame does not go out whole at once, the stream is given up."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Protocol

import gevent.socket

from app.live.frames import BEAT, Frame
from app.live.presence import Listener

#: A phone that does not read fills this much (the kernel doubles it) and is given up; it comes back to a whole state.
SEND_BUFFER = 64 * 1024
#: A phone that vanished without a word is noticed by what it does not confirm.
UNCONFIRMED_MS = 20_000


class Stream(Protocol):
    """One open stream. ``seen`` is the newest frame that was written to it."""

    listener: Listener
    seen: Frame | None

    def write(self, frame: Frame) -> bool:
        """Write a frame without waiting; False when it did not go out whole."""

    def end(self) -> None:
        """Let it end in good order."""

    def cut(self) -> None:
        """Let it end as it stands."""


class DirectStream:
    """A stream on the server's own socket, with one send a frame.

    ``sock`` is a gevent socket whose response head was sent; ``chunked`` says how the body is written.
    """

    __slots__ = ("_chunked", "_send", "_sock", "listener", "seen")

    def __init__(self, sock: Any, listener: Listener, seen: Frame | None, *, chunked: bool) -> None:  # noqa: ANN401 - gevent has no types
        self.listener, self.seen = listener, seen
        self._sock, self._send, self._chunked = sock, sock.send, chunked
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        with suppress(OSError, AttributeError):  # neither on a Unix socket nor on every system
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNCONFIRMED_MS)

    def write(self, frame: Frame) -> bool:
        """Send it in one call; gevent waits not at all with a timeout of 0."""
        wire = frame.chunk if self._chunked else frame.raw
        try:
            return bool(self._send(wire, 0, 0.0) == len(wire))
        except OSError:
            return False

    def stay(self) -> None:
        """Wait until the client goes, or says anything at all, or the stream is ended."""
        with suppress(OSError):
            self._sock.recv(1)

    def end(self) -> None:
        """Wake who stays; the server then writes the end of the body."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RD)

    def cut(self) -> None:
        """Wake who stays; nothing more can be written, so the client sees a break and comes back."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)


class WaitingStream:
    """A stream for servers that lend no socket: a thread (or greenlet) waits here for the newest frame."""

    def __init__(self, listener: Listener, seen: Frame | None) -> None:
        self.listener, self.seen = listener, seen
        self._bell = threading.Condition()
        self._next: Frame | None = None
        self._over = False

    def write(self, frame: Frame) -> bool:
        """Put it in the place of what was not fetched yet; a beat never takes the place of a state."""
        with self._bell:
            if self._next is None or frame is not BEAT:
                self._next = frame
            self._bell.notify()
        return True

    def frames(self) -> Iterator[bytes]:
        """What is written, until the end."""
        while True:
            with self._bell:
                self._bell.wait_for(lambda: self._over or self._next is not None)
                frame, self._next = self._next, None
            if frame is None:
                return
            yield frame.raw

    def end(self) -> None:
        """The end, after what was written."""
        with self._bell:
            self._over = True
            self._bell.notify()

    cut = end


def lent_socket(environ: Mapping[str, Any]) -> Any | None:  # noqa: ANN401 - gevent has no types
    """The socket of this request if the server lends one that can be written to: plain TCP or Unix, HTTP/1 only."""
    sock = environ.get("gunicorn.socket")
    plain = type(sock) is gevent.socket.socket  # the one for TLS is a subclass, and encrypts in its own send
    return sock if plain and "HTTP_VERSION" not in environ and _version(environ).startswith("HTTP/1.") else None


def is_chunked(environ: Mapping[str, Any]) -> bool:
    """Whether the server writes a body without a length in chunks."""
    return _version(environ) != "HTTP/1.0"


def _version(environ: Mapping[str, Any]) -> str:
    return str(environ.get("SERVER_PROTOCOL", ""))
