"""A screen that watches a room: its open stream, as the bytes that came."""

import json
import re
import socket
import time
from dataclasses import dataclass, field

from tests.journeys.served import API, Served, Workshop, wire


@dataclass
class Screen:
    """An open stream, read as bytes."""

    sock: socket.socket
    got: bytearray = field(default_factory=bytearray)

    def read_until(self, done: bytes, seconds: float = 30) -> bool:
        """Read until these bytes came, or the end; whether they came."""
        deadline = time.monotonic() + seconds
        while done not in self.got and time.monotonic() < deadline:
            self.sock.settimeout(max(0.01, deadline - time.monotonic()))
            came = self.sock.recv(65536)
            if not came:
                break
            self.got += came
        return done in self.got

    @property
    def state(self) -> dict[str, object]:
        """The newest state."""
        found: dict[str, object] = json.loads(re.findall(rb"\ndata: (.*)\n", self.got)[-1])
        return found


def watch(workshop: Workshop, token: str, node: Served | None = None) -> Screen:
    """A screen that has the present state; ``node``: of which server, without it the workshop's own."""
    screen = Screen(socket.create_connection(("127.0.0.1", (node or workshop.server).port)))
    screen.sock.sendall(wire("GET", f"{API}/rooms/{workshop.code}/events", token=token))
    assert screen.read_until(b"\ndata: ")
    assert screen.read_until(b"\n\n\r\n")
    return screen
