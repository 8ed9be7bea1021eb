"""A net over loopback that eats requests, holds them back until newer ones have passed, and resets answers."""

import asyncio
import random
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from tests.journeys.served import wire

PATIENCE = 0.8
HELD_BACK = (1.0, 2.5)


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
        assert self._server is not None
        self._server.close()
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

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
                await _let_go(writer)
        return None

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request: its fate is drawn."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._decide(reader, writer)
        except (OSError, EOFError):
            pass  # the phone was not patient
        finally:
            await _let_go(writer)
            self._tasks.discard(task)

    async def _decide(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        request = head + await reader.readexactly(length)
        fate = self.dice.choices(["well", "eat", "hold back", "eat the answer", "reset"], [4, 2, 2, 2, 2])[0]
        if fate == "eat":
            self.eaten += 1
            _reset(writer)
        elif fate == "hold back":
            self.delayed += 1
            await asyncio.sleep(self.dice.uniform(*HELD_BACK))
            await self._ask(request)  # the phone has given it up, and perhaps sent something newer
            self.late += 1
        else:
            answer = await self._ask(request)
            if fate == "well":
                writer.write(answer)
            elif fate == "reset":
                self.reset += 1
                writer.write(answer[:20])
                _reset(writer)
            else:
                self.eaten += 1
                _reset(writer)

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            return await reader.readuntil(b"\r\n\r\n")
        finally:
            await _let_go(writer)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection at once."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _let_go(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
