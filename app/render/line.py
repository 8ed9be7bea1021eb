"""Whole values over a socket, each with its length before it.

A socket and not a pipe of multiprocessing: where the standard library was made cooperative, waiting on a socket lets
everybody else go on, while a read from a bare descriptor would stop the whole process.
"""

import pickle
import socket
import struct
import time
from typing import Any, Final

_LENGTH: Final = struct.Struct("!Q")
_AT_ONCE: Final = 1 << 18


class Line:
    """One end of a socket pair; both ends are ours, so that what comes over it can be unpickled."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, value: object, ends: float | None = None) -> None:
        """Send a value; raises TimeoutError when ``ends`` (monotonic) has passed, OSError when nobody listens."""
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._end.settimeout(_left(ends))
        self._end.sendall(_LENGTH.pack(len(content)) + content)

    def receive(self, ends: float | None = None) -> Any:  # noqa: ANN401 - whatever the other end has sent
        """The next value; raises TimeoutError as above, EOFError when the other end is gone, and OSError."""
        (size,) = _LENGTH.unpack(self._exactly(_LENGTH.size, ends))
        return pickle.loads(self._exactly(size, ends))  # noqa: S301 - from our own child or parent

    def close(self) -> None:
        """Let go; the other end sees the end of the line."""
        self._end.close()

    def _exactly(self, size: int, ends: float | None) -> bytes:
        content = bytearray()
        while len(content) < size:
            self._end.settimeout(_left(ends))
            part = self._end.recv(min(_AT_ONCE, size - len(content)))
            if not part:
                raise EOFError
            content += part
        return bytes(content)


def _left(ends: float | None) -> float | None:
    # A timeout of exactly 0 would mean: do not wait at all, and complain differently.
    return None if ends is None else max(ends - time.monotonic(), 1e-6)
