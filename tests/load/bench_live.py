"""What a thousand open streams cost, and how long a change takes to every screen (S3).

Run as ``python -m tests.load.bench_live [--streams N] [--seconds S] [--rate R]``, over loopback. Beside the hub runs
what most programs do, a queue for every stream, in the same server with the same application, tick and bytes; the same
with Socket.IO; nginx with nchan, where it is installed; and bare sends in a loop, which is what the kernel takes.
Another server on this machine is measured instead with ``--url http://127.0.0.1:8000 --events PATH --publish "METHOD
PATH" --header "Name: value" --body TEXT --mark REGEX --pid N``; ``{n}`` in a path, header or body is the number of the
phone or of the publishing, and each publishing must raise the number that the mark finds in a frame by one.
"""

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.load import live_nchan, live_socketio
from tests.load.live_crowd import Asked, Outcome, Target, load
from tests.load.live_floor import bare_sends

ROOT = Path(__file__).resolve().parents[2]
P95_MS = 150
CORE = 0.15
EVENT_US = 8.5
SERVERS = {
    "the hub": "tests.live.played_app",
    "a queue a stream": "tests.load.live_queues",
    "Socket.IO": "tests.load.live_socketio",
}


@dataclass(slots=True)
class Meter:
    """Seconds of a core and megabytes of memory of a process, each time it is asked."""

    pid: int
    readings: list[tuple[float, float, float]] = field(default_factory=list)

    def read(self) -> None:
        """Read them now."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        core = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        self.readings.append((time.monotonic(), core, pages * os.sysconf("SC_PAGE_SIZE") / 1e6))

    @property
    def core_seconds(self) -> float:
        """Seconds of a core between the first reading and the last."""
        return self.readings[-1][1] - self.readings[0][1]

    @property
    def core(self) -> float:
        """The share of a core between the first reading and the last."""
        return self.core_seconds / (self.readings[-1][0] - self.readings[0][0])

    @property
    def memory(self) -> tuple[float, float]:
        """Megabytes at the first reading and at the last."""
        return self.readings[0][2], self.readings[-1][2]


@contextmanager
def serving(module: str) -> Iterator[tuple[str, int]]:
    """One of our servers in a process of its own; its address, and the process that serves."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    with subprocess.Popen([sys.executable, "-m", module, str(port)], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            yield f"http://127.0.0.1:{port}", _pid(port)
        finally:
            process.terminate()
            process.wait(15)


def _pid(port: int) -> int:
    deadline = time.monotonic() + 20
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/figures", headers={"Connection": "close"})
            return int(json.loads(connection.getresponse().read())["pid"])
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def measure(name: str, target: Target, pid: int, asked: argparse.Namespace) -> tuple[Outcome, float]:
    """Load one server and print what was seen; the outcome and its microseconds of a core an event."""
    meter = Meter(pid)
    seen = load(target, asked.streams, asked.seconds, asked.rate, meter.read)
    an_event = meter.core_seconds * 1e6 / max(1, seen.events)
    share = meter.core * 1000 / seen.streams
    before, after = meter.memory
    sys.stdout.write(
        f"S3  {name}, {seen.streams} streams, {asked.rate:g} changes/s, {asked.seconds:g} s\n"
        f"S3    change to every screen   p95 {seen.p95:5.0f} ms   (promise {P95_MS})   median {seen.median:5.0f} ms"
        f"   worst {seen.worst:5.0f} ms\n"
        f"S3    a 1,000 streams cost     {share:5.3f} core   (promise {CORE})   {an_event:5.1f} us an event of"
        f" {seen.events}   (promise {EVENT_US})\n"
        f"S3    lost {seen.lost}, broken {seen.broken}, memory {before:.0f} MB before, {after:.0f} MB after\n"
    )
    return seen, an_event


def main(words: list[str] | None = None) -> int:
    """Print the figures; 1 when something was lost or the hub costs more than a queue a stream."""
    asked = _asked([] if words is None else words)
    if asked.url is not None:
        seen, _ = measure(asked.url, _elsewhere(asked), asked.pid, asked)
        return int(seen.lost > 0)
    cost, lost = {}, 0
    for name, module in SERVERS.items():
        with serving(module) as (url, pid):
            seen, cost[name] = measure(name, _target(name, url), pid, asked)
            lost += seen.lost if name == "the hub" else 0
    loaded = live_nchan.module()
    if loaded is None:
        sys.stdout.write("S3  nginx with nchan: not installed, left out\n")
    else:
        with live_nchan.serving(loaded) as (url, pid):
            _, cost["nginx with nchan"] = measure("nginx with nchan", live_nchan.target(url), pid, asked)
    cost["a bare send without a server"] = bare_sends(asked.streams)
    hub = cost.pop("the hub")
    for name, microseconds in cost.items():
        sys.stdout.write(
            f"S3  {name:28} {microseconds:5.1f} us an event; the hub takes {hub / microseconds:.2f} of it\n"
        )
    return int(lost > 0 or hub > cost["a queue a stream"])


def _target(name: str, url: str) -> Target:
    if name == "Socket.IO":
        return live_socketio.target(url)
    return Target(url, lambda n: Asked("GET", f"/events?who={n}"), lambda _: Asked("POST", "/change?padding=400"))


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=50.0, help="changes a second")
    parser.add_argument("--url", help="another server on this machine")
    parser.add_argument("--events", default="/events", help="the path of the stream of phone {n}")
    parser.add_argument("--publish", default="POST /change", help="method and path of publishing {n}")
    parser.add_argument("--header", action="append", default=[], help="sent with every request")
    parser.add_argument("--body", default="", help="the body of publishing {n}")
    parser.add_argument("--mark", default=r"\nid: (\d+)\n", help="finds the number that a publishing raises by one")
    parser.add_argument("--pid", type=int, default=os.getpid(), help="the process that serves")
    return parser.parse_args(words)


def _elsewhere(asked: argparse.Namespace) -> Target:
    """Another server, as the words say."""
    method, _, path = asked.publish.partition(" ")

    def headers(number: int) -> tuple[tuple[str, str], ...]:
        pairs = (text.replace("{n}", str(number)).partition(":") for text in asked.header)
        return tuple((name.strip(), value.strip()) for name, _, value in pairs)

    return Target(
        asked.url,
        lambda n: Asked("GET", asked.events.replace("{n}", str(n)), headers(n)),
        lambda n: Asked(method, path.replace("{n}", str(n)), headers(n), asked.body.replace("{n}", str(n)).encode()),
        re.compile(asked.mark.encode()),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
