"""A net over loopback that eats requests, holds them back until newer ones have passed, and resets answers."""

import asyncio
import random
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from tests.journeys.served import wire

PATIENCE = 0.4
HELD_BACK = (0.5, 1.5)


@dataclass
class FlakyNet:
    """Stands between phones and the server; counts what it does to them."""

    port: int
    dice: random.Random = field(repr=False)
    eaten: int = 0
    reset: int = 0
    delayed: int = 0
    late: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, repr=False)
    _server: asyncio.Server | None = field(default=None, repr=False)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Whatever was held back arrives before the end."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        assert self._server is not None
        self._server.close()

    async def send(self, path: str, body: object, token: str) -> int | None:
        """One try of a phone that is not patient; None when no answer came."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        with suppress(OSError, EOFError, TimeoutError, ValueError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(wire("PUT", path, body, token))
                return int((await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE))[9:12])
            finally:
                writer.close()
        return None

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request: its fate is drawn."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        request = head + await reader.readexactly(length)
        fate = self.dice.choices(["well", "eat", "hold back", "eat the answer", "reset"], [4, 2, 2, 2, 2])[0]
        if fate == "eat":
            self.eaten += 1
            _reset(writer)
        elif fate == "hold back":
            self.delayed += 1
            task = asyncio.create_task(self._later(request))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            answer = await self._ask(request)
            if fate == "well":
                writer.write(answer)
                writer.close()
            elif fate == "reset":
                self.reset += 1
                writer.write(answer[:20])
                _reset(writer)
            else:
                self.eaten += 1

    async def _later(self, request: bytes) -> None:
        """It arrives when the phone has long given it up, and perhaps sent something newer."""
        await asyncio.sleep(self.dice.uniform(*HELD_BACK))
        await self._ask(request)
        self.late += 1

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        answer = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        return answer


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection at once."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
