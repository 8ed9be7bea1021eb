"""A crowd of phones over loopback: so many event streams, and somebody who publishes at a steady rate.

Bounded in number and time. What is watched is a number in the frames that each publishing raises by one, so that the
time from each publishing to every screen can be told without a word in the answers.
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlsplit

from app.live.serving import BESIDE, raise_file_limit

MOST_STREAMS = 5_000
MOST_SECONDS = 900.0
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
#: So many connect at a time, as fast as the server takes them.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: method, path, headers, body."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def wire(self, host: str) -> bytes:
        """The request as HTTP/1.1."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass(frozen=True, slots=True)
class Target:
    """What is loaded: the stream of phone ``n``, publishing number ``n``, and the number in a frame that it raises.

    ``greeting``: bytes that a phone says once it was answered.
    """

    url: str
    stream: Callable[[int], Asked]
    publish: Callable[[int], Asked]
    mark: re.Pattern[bytes] = re.compile(rb"\nid: (\d+)\n")
    greeting: bytes = b""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the crowd saw: latencies in milliseconds from each publishing to every screen."""

    streams: int
    events: int
    lost: int
    broken: int
    median: float
    p95: float
    worst: float


@dataclass(slots=True)
class Phone(asyncio.Protocol):
    """One stream: when it saw which number."""

    request: bytes
    mark: re.Pattern[bytes]
    greeting: bytes = b""
    seen: list[tuple[float, int]] = field(default_factory=list)
    events: int = 0
    open: bool = False
    transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.open = transport, True
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Note the last number in what came; a frame is small enough to come in one piece."""
        if self.greeting and self.transport is not None:
            self.transport.write(self.greeting)
            self.greeting = b""
        found = self.mark.findall(data)
        if found:
            self.events += len(found)
            self.seen.append((time.monotonic(), int(found[-1])))

    def connection_lost(self, exc: Exception | None) -> None:
        """It broke."""
        self.open = False

    @property
    def last(self) -> int:
        """The last number seen; -1 before the first."""
        return self.seen[-1][1] if self.seen else -1


def load(
    target: Target, streams: int, seconds: float, rate: float, between: Callable[[], None] = lambda: None
) -> Outcome:
    """Connect the phones, publish at the rate for so long, and wait until everybody has the last state.

    ``between`` is called when the phones are connected, and after the last event: to measure the server. Raises
    ValueError for a target that is not on this machine.
    """
    parts = urlsplit(target.url)
    if parts.hostname not in LOOPBACK:
        raise ValueError(f"{target.url} is not on this machine")
    streams = min(streams, MOST_STREAMS, raise_file_limit() - BESIDE)
    return asyncio.run(_load(target, streams, min(seconds, MOST_SECONDS), rate, between))


async def _load(target: Target, streams: int, seconds: float, rate: float, between: Callable[[], None]) -> Outcome:
    phones = await connect(target, streams)
    base = max(phone.last for phone in phones)
    await _until(lambda: all(phone.last == base for phone in phones), 10)
    await asyncio.sleep(0.5)
    already = sum(phone.events for phone in phones)
    between()
    sent = await _publish(target, round(seconds * rate), rate)
    await _until(lambda: all(phone.last >= base + len(sent) for phone in phones if phone.open), 10)
    between()
    events = sum(phone.events for phone in phones) - already
    late, lost = _latencies(phones, base, sent)
    cuts = quantiles(late, n=100) if len(late) > 1 else [0.0] * 99
    broken = sum(not phone.open for phone in phones)
    hang_up(phones)
    return Outcome(len(phones), events, lost, broken, cuts[49], cuts[94], max(late, default=0.0))


def hang_up(phones: list[Phone]) -> None:
    """Let their streams go."""
    for phone in phones:
        assert phone.transport is not None
        phone.transport.abort()


async def connect(target: Target, streams: int) -> list[Phone]:
    """So many phones that have a first state; raises RuntimeError."""
    parts, loop = urlsplit(target.url), asyncio.get_running_loop()
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    phones: list[Phone] = []
    for begin in range(0, streams, AT_ONCE):
        some = [
            Phone(target.stream(number).wire(parts.netloc), target.mark, target.greeting)
            for number in range(begin, min(begin + AT_ONCE, streams))
        ]
        await asyncio.gather(
            *(loop.create_connection(lambda p=phone: p, host, port) for phone in some)  # type: ignore[misc]
        )
        phones += some
        await _until(lambda: all(phone.seen for phone in some), 20)  # noqa: B023 - awaited here
        if not all(phone.seen for phone in some):
            there = sum(bool(phone.seen) for phone in phones)
            raise RuntimeError(f"only {there} of {len(phones)} phones got a first state")
    return phones


async def _publish(target: Target, count: int, rate: float) -> list[float]:
    """Publish one after the other on one connection; when each was sent."""
    parts = urlsplit(target.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    begin, sent = time.monotonic(), []
    for number in range(count):
        if time.monotonic() - begin > 2 * count / rate + 5:
            break  # a machine that is too busy for the rate
        await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
        sent.append(time.monotonic())
        writer.write(target.publish(number).wire(parts.netloc))
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 2"):
            raise RuntimeError(f"publishing was answered with {head[:40]!r}")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        await reader.readexactly(int(length[1]) if length else 0)
    writer.close()
    return sent


def _latencies(phones: list[Phone], base: int, sent: list[float]) -> tuple[list[float], int]:
    """Milliseconds from each publishing to each phone, and how many publishings never arrived somewhere."""
    late, lost = [], 0
    for phone in phones:
        number = 0
        for moment, mark in phone.seen:
            while number < min(mark - base, len(sent)):
                late.append((moment - sent[number]) * 1000)
                number += 1
        lost += len(sent) - number
    return late, lost


async def _until(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:  # noqa: ASYNC110 - what is waited for is counted, not told
        await asyncio.sleep(0.02)
