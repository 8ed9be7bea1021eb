"""A live room of a thousand phones on the real server and its real addresses (S3, S4, S5).

Run as ``python -m tests.load.bench_room [--phones N] [--seconds S] [--rate R]``, over loopback, bounded in number and
time. Every phone joins and keeps its stream open. Measured are: a vote until every screen has it, at so many votes a
second; the same while the report of the room is drawn again and again; a reveal until every phone has it; and a vote of
everybody at once, until each is acknowledged.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.served import API, Phone, Workshop, open_workshop, serving
from tests.load.bench_live import P95_MS, Meter
from tests.load.live_crowd import Asked, Outcome, Target, connect, hang_up, load

MOST_PHONES = 2_000
MOST_RATE = 200.0
CONNECTIONS = 50
REVEAL_MS = 200
BURST_SECONDS = 5.0
BESIDE_REPORTS = 0.1
QUESTION = "mon-drift"
#: Where evidence is recorded meanwhile.
ELSEWHERE = "gov-inventory"


def _target(workshop: Workshop, publish: Asked | None = None, voting: int = 1) -> Target:
    """Streams of all seats; publishing is a vote of seat ``n``, or what is given."""

    def headers(number: int) -> tuple[tuple[str, str], ...]:
        return (("Authorization", f"Bearer {workshop.seats[number]}"),)

    return Target(
        f"http://127.0.0.1:{workshop.server.port}",
        lambda n: Asked("GET", f"{API}/rooms/{workshop.code}/events", headers(n)),
        lambda n: publish or _vote(workshop, n, voting),
    )


def _vote(workshop: Workshop, number: int, voting: int) -> Asked:
    headers = (("Authorization", f"Bearer {workshop.seats[number]}"), ("Content-Type", "application/json"))
    return Asked("PUT", workshop.vote_path(QUESTION, voting), headers, b'{"level": %d}' % (number % 5))


async def burst(workshop: Workshop, voting: int, meter: Meter) -> float:
    """Everybody votes at once while everybody watches; seconds until the last is acknowledged."""
    phones = await connect(_target(workshop), len(workshop.seats))

    async def some(seats: list[str]) -> None:
        for token in seats:
            async with Phone(workshop.server.port, token) as phone:
                status, _ = await phone.ask("PUT", workshop.vote_path(QUESTION, voting), {"level": 2})
                assert status == 204, status

    meter.read()
    began = time.monotonic()
    await asyncio.gather(*(some(workshop.seats[start::CONNECTIONS]) for start in range(CONNECTIONS)))
    seconds = time.monotonic() - began
    meter.read()
    hang_up(phones)
    return seconds


@dataclass
class Drawn:
    """How many reports were drawn."""

    reports: int = 0


@contextmanager
def drawing(workshop: Workshop) -> Iterator[Drawn]:
    """Have the report of the room drawn anew as soon as it has come: each time something is recorded before."""
    drawn, over = Drawn(), threading.Event()

    def draw() -> None:
        while not over.is_set():
            with suppress(OSError):
                named = {"items": [{"title": f"Round {drawn.reports}"}]}
                record = f"/assessments/{workshop.assessment}/evidence/{ELSEWHERE}"
                assert workshop.server.ask("PUT", record, named, workshop.runs)[0] == 200
                status, _ = workshop.server.ask(
                    "GET", f"/assessments/{workshop.assessment}/report.pdf", token=workshop.runs
                )
                drawn.reports += status == 200

    thread = threading.Thread(target=draw, daemon=True)
    thread.start()
    yield drawn
    over.set()
    thread.join()


@dataclass(frozen=True)
class Seen:
    """What was measured: votes without and with reports drawn beside them, a reveal, and a burst of votes."""

    idle: Outcome
    idle_meter: Meter
    beside: Outcome
    reports: int
    shown: Outcome
    burst_seconds: float
    burst_core: float
    counted: int

    @property
    def lost(self) -> int:
        """Events that never came to some phone."""
        return self.idle.lost + self.beside.lost + self.shown.lost


def measure(phones: int, seconds: float, rate: float) -> Seen:
    """One room after the other, on a server of its own."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        workshop = open_workshop(server, phones)
        workshop.move("ask", {"question": QUESTION})
        idle_meter, burst_meter = Meter(server.worker()), Meter(server.worker())
        seconds = min(seconds, phones / rate)
        idle = load(_target(workshop), phones, seconds, rate, idle_meter.read)
        move = f"{API}/assessments/{workshop.assessment}/room/reveal"
        reveal = Asked("POST", move, (("Authorization", f"Bearer {workshop.runs}"),))
        shown = load(_target(workshop, reveal), phones, 1.0, 1.0)
        voting = workshop.move("vote-again")["voting"]
        with drawing(workshop) as drawn:
            beside = load(_target(workshop, voting=voting), phones, seconds, rate)
        workshop.move("reveal")
        voting = workshop.move("vote-again")["voting"]
        took = asyncio.run(burst(workshop, voting, burst_meter))
        counted = workshop.state()["voted"]
        return Seen(idle, idle_meter, beside, drawn.reports, shown, took, burst_meter.core_seconds, counted)


def main(words: list[str] | None = None) -> int:
    """Print the figures; 1 when an event or a vote was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=50.0, help="votes a second")
    asked = parser.parse_args([] if words is None else words)
    phones, rate = min(asked.phones, MOST_PHONES), min(asked.rate, MOST_RATE)
    seen = measure(phones, asked.seconds, rate)
    idle, beside, shown = seen.idle, seen.beside, seen.shown
    sys.stdout.write(
        f"S3  {phones} phones in a room, {rate:g} votes/s, load of the machine {os.getloadavg()[0]:.1f}\n"
        f"S3    vote to every screen     p95 {idle.p95:5.0f} ms (promise {P95_MS})   median {idle.median:5.0f} ms"
        f"   worst {idle.worst:5.0f} ms   {seen.idle_meter.core:4.2f} core   lost {idle.lost}, broken {idle.broken}\n"
        f"S5    beside {seen.reports:3} reports       p95 {beside.p95:5.0f} ms: {beside.p95 / idle.p95 - 1:+.0%}"
        f" (promise {BESIDE_REPORTS:+.0%})   lost {beside.lost}, broken {beside.broken}\n"
        f"S4    reveal to every phone    p95 {shown.p95:5.0f} ms (promise {REVEAL_MS})   worst {shown.worst:5.0f} ms\n"
        f"S4    {phones} votes at once    {seen.burst_seconds:5.1f} s   (promise {BURST_SECONDS:g})   counted"
        f" {seen.counted}, the server took {seen.burst_core:.1f} s of a core\n"
    )
    return int(seen.lost > 0 or seen.counted != phones)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
