"""What a durable vote costs over HTTP beside a bare view that writes one row in the same server (S2).

Run as ``python -m tests.load.bench_vote [--votes N]``, over loopback. Both views are in one application, under the
same gunicorn with gevent, on the same SQLite file, and both are durable before they answer; the bare one checks
nothing, knows nobody and stores its level with one upsert of SQLAlchemy Core. They are asked by turns.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.journeys.served import Phone, open_workshop, serving

RATIO = 2.5
BARE = "/bare"
ROUNDS = 6
QUESTION = "mon-drift"


def core_seconds(pid: int) -> float:
    """Seconds of a core that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(votes: int) -> tuple[float, float]:
    """Milliseconds of a core a vote takes, and a bare POST."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "tests.load.bare_vote") as server:
        workshop = open_workshop(server, 40)
        workshop.move("ask", {"question": QUESTION})
        pid, path = server.worker(), workshop.vote_path(QUESTION)

        async def ask(method: str, where: str) -> None:
            async def some(number: int, token: str) -> None:
                async with Phone(server.port, token) as phone:
                    for turn in range(votes // ROUNDS // len(workshop.seats)):
                        status, _ = await phone.ask(method, where, {"level": (turn + number) % 5})
                        assert status == 204, status

            await asyncio.gather(*(some(number, token) for number, token in enumerate(workshop.seats)))

        found: dict[str, list[float]] = {path: [], BARE: []}
        asyncio.run(ask("PUT", path))  # warm
        for _ in range(ROUNDS):
            for method, where in (("PUT", path), ("POST", BARE)):
                before = core_seconds(pid)
                asyncio.run(ask(method, where))
                found[where].append((core_seconds(pid) - before) * 1000 / (votes // ROUNDS // 40 * 40))
        return median(found[path]), median(found[BARE])


def main(words: list[str] | None = None) -> int:
    """Print the figures; 1 when the promise is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--votes", type=int, default=3000)
    asked = parser.parse_args([] if words is None else words)
    vote, bare = measure(asked.votes)
    sys.stdout.write(
        f"S2  a durable vote {vote:5.2f} ms of a core, a bare POST with one upsert {bare:5.2f} ms:"
        f" {vote / bare:4.2f} (promise {RATIO})\n"
    )
    return int(vote / bare > RATIO)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
