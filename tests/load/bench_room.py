"""A live room of a thousand phones on the real server and its real addresses (S3, S4).

Run as ``python -m tests.load.bench_room [--phones N] [--seconds S] [--rate R]``, over loopback, bounded in number and
time. Every phone joins and keeps its stream open. Measured are: a vote until every screen has it, at so many votes a
second; a reveal until every phone has it; and a vote of everybody at once, until each is acknowledged.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.journeys.served import API, Phone, Workshop, open_workshop, serving
from tests.load.bench_live import Meter
from tests.load.live_crowd import Asked, Outcome, Target, connect, hang_up, load

MOST_PHONES = 2_000
MOST_RATE = 200.0
CONNECTIONS = 50
REVEAL_MS = 200
BURST_SECONDS = 5.0
QUESTION = "mon-drift"


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


async def burst(workshop: Workshop, voting: int) -> float:
    """Everybody votes at once while everybody watches; seconds until the last is acknowledged."""
    phones = await connect(_target(workshop), len(workshop.seats))

    async def some(seats: list[str]) -> None:
        for token in seats:
            async with Phone(workshop.server.port, token) as phone:
                status, _ = await phone.ask("PUT", workshop.vote_path(QUESTION, voting), {"level": 2})
                assert status == 204, status

    began = time.monotonic()
    await asyncio.gather(*(some(workshop.seats[start::CONNECTIONS]) for start in range(CONNECTIONS)))
    seconds = time.monotonic() - began
    hang_up(phones)
    return seconds


def measure(phones: int, seconds: float, rate: float) -> tuple[Outcome, Outcome, float, int, Meter]:
    """Votes at a rate, a reveal, a burst (seconds, and how many were counted), and what the server took meanwhile."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        workshop = open_workshop(server, phones)
        workshop.move("ask", {"question": QUESTION})
        meter = Meter(server.worker())
        votes = load(_target(workshop), phones, min(seconds, phones / rate), rate, meter.read)
        move = f"{API}/assessments/{workshop.assessment}/room/reveal"
        reveal = Asked("POST", move, (("Authorization", f"Bearer {workshop.runs}"),))
        shown = load(_target(workshop, reveal), phones, 1.0, 1.0)
        voting = workshop.move("vote-again")["voting"]
        took = asyncio.run(burst(workshop, voting))
        return votes, shown, took, workshop.state()["voted"], meter


def main(words: list[str] | None = None) -> int:
    """Print the figures; 1 when an event or a vote was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=50.0, help="votes a second")
    asked = parser.parse_args([] if words is None else words)
    phones, rate = min(asked.phones, MOST_PHONES), min(asked.rate, MOST_RATE)
    votes, shown, took, counted, meter = measure(phones, asked.seconds, rate)
    sys.stdout.write(
        f"S3  {phones} phones in a room, {rate:g} votes/s, load of the machine {os.getloadavg()[0]:.1f}\n"
        f"S3    vote to every screen     p95 {votes.p95:5.0f} ms   median {votes.median:5.0f} ms   worst"
        f" {votes.worst:5.0f} ms   {meter.core:4.2f} core   lost {votes.lost}, broken {votes.broken}\n"
        f"S4    reveal to every phone    p95 {shown.p95:5.0f} ms (promise {REVEAL_MS})   worst {shown.worst:5.0f} ms\n"
        f"S4    {phones} votes at once    {took:5.1f} s   (promise {BURST_SECONDS:g})   counted {counted}\n"
    )
    return int(votes.lost + shown.lost > 0 or counted != phones)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
