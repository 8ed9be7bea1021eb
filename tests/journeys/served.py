"""``mythmark serve`` on an embedded database, a room in it, and phones that speak plain HTTP."""

import asyncio
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
API = "/api/v1"
START_SECONDS = 120


@dataclass
class Served:
    """The server; what it writes to its log is kept beside the database. ``shared``: what several nodes are told."""

    folder: Path
    port: int
    module: str = "app"
    shared: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    tokens: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def database(self) -> Path:
        """The file of the embedded database."""
        (found,) = self.folder.glob("*.db")
        return found

    @property
    def log(self) -> str:
        """What the server has written so far."""
        return (self.folder / "log").read_text()

    def command(self, *words: str) -> str:
        """Run a command of the program beside the server; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "app", *words], cwd=ROOT, env=self._environment, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    @property
    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MYTHMARK_")}
        kept.pop("DATABASE_URL", None)
        return {**kept, "MYTHMARK_DATA": str(self.folder), **self.shared}

    def start(self) -> None:
        """Start it, and wait until it answers; raises TimeoutError."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, "serve", "--port", str(self.port)],
                cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        """Wait until it answers; raises TimeoutError."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError):
                if self.ask("GET", "/readyz", prefix="")[0] == 200:
                    return
            time.sleep(0.05)
        raise TimeoutError(self.log[-2000:])

    def kill(self) -> None:
        """Kill it and its workers at once, with no time to put anything in order."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def kill_worker(self) -> None:
        """Kill the process that answers; its master starts another."""
        os.kill(self.worker(), signal.SIGKILL)

    def stop(self, seconds: float = 15) -> int:
        """Ask it to stop; how it ended."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(seconds)

    def worker(self) -> int:
        """The process that answers."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def ask(
        self, method: str, path: str, body: object = None, token: str | None = None, prefix: str = API
    ) -> tuple[int, Any]:
        """One request; status and what the JSON says."""
        headers = {"Connection": "close", "Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, f"{prefix}{path}", None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if "json" in answer.headers.get("Content-Type", "") else None

    def add_person(self, email: str, role: str) -> str:
        """Somebody of the organization ``workshop``; their token."""
        self.command("user", "add", email, "--organization", "workshop", "--role", role)
        self.tokens[email] = self.command("token", "add", email)
        return self.tokens[email]


@dataclass
class Workshop:
    """A room that is open, with the token of who runs it and those of its participants."""

    server: Served
    assessment: str
    code: str
    runs: str = field(repr=False)
    seats: list[str] = field(default_factory=list, repr=False)

    def move(self, move: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """A move of the facilitator; the state after it."""
        status, state = self.server.ask("POST", f"/assessments/{self.assessment}/room/{move}", body, self.runs)
        assert status == 200, state
        return state

    def state(self, seat: str | None = None) -> Any:  # noqa: ANN401 - JSON
        """The state of the room."""
        status, state = self.server.ask("GET", f"/rooms/{self.code}/state", token=seat or self.runs)
        assert status == 200, state
        return state

    def mine(self, seat: str) -> dict[tuple[str, int], tuple[int, int]]:
        """What a participant has voted: level and number, by question and voting."""
        status, mine = self.server.ask("GET", f"/rooms/{self.code}/mine", token=seat)
        assert status == 200, mine
        return {(v["question"], v["voting"]): (v["level"], v["seq"]) for v in mine["votes"]}

    def questions(self) -> list[str]:
        """What is asked."""
        status, whole = self.server.ask("GET", f"/rooms/{self.code}/questionnaire", token=self.seats[0])
        assert status == 200, whole
        return [one["id"] for one in whole["questions"]]

    def vote_path(self, question: str, voting: int = 1) -> str:
        """Where a vote is put."""
        return f"{API}/rooms/{self.code}/votes/{question}/{voting}"


@contextmanager
def serving(folder: Path, module: str = "app", **shared: str) -> Iterator[Served]:
    """A server that is gone when the block ends; ``module`` is run as the program is, ``shared`` is its environment."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    server = Served(folder, port, module, shared)
    try:
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()


def open_workshop(server: Served, participants: int) -> Workshop:
    """A running server with a room and so many participants in it, of two roles."""
    email = "runs@example.org"
    token = server.add_person(email, "owner")
    server.start()

    def made(path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        status, thing = server.ask("POST", path, body, token)
        assert status == 201, thing
        return thing

    team = made("/organizations/workshop/teams", {"name": "Forecasting"})
    new = {"quarter": "2026-Q3", "questionnaire": "mlops@1.0.0", "state": "open"}
    assessment = made(f"/teams/{team['id']}/assessments", new)["id"]
    workshop = Workshop(server, assessment, made(f"/assessments/{assessment}/room", {})["code"], token)
    workshop.seats = asyncio.run(_join(server.port, workshop.code, participants))
    return workshop


async def _join(port: int, code: str, count: int, at_once: int = 8) -> list[str]:
    async def join(numbers: range) -> list[str]:
        async with Phone(port) as phone:
            found = []
            for number in numbers:
                role = ("data_scientist", "platform")[number % 2]
                status, body = await phone.ask("POST", f"{API}/rooms/{code}/participants", {"role": role})
                assert status == 201, body
                found.append(json.loads(body)["token"])
            return found

    parts = await asyncio.gather(*(join(range(start, count, at_once)) for start in range(at_once)))
    return [token for part in parts for token in part]


class Phone:
    """A kept connection that asks one thing after another; raises OSError or EOFError when it breaks."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.port, self.token = port, token
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """Let the connection go; the next request opens another."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, bytes]:
        """Status and body of one request."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        try:
            writer.write(wire(method, path, body, self.token))
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            return int(head[9:12]), await reader.readexactly(int(length[1]) if length else 0)
        except BaseException:
            self.hang_up()
            raise


def wire(method: str, path: str, body: object = None, token: str | None = None) -> bytes:
    """A request as it goes over the wire."""
    data = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(data)}"]
    lines += ["Content-Type: application/json"] if body is not None else []
    lines += [f"Authorization: Bearer {token}"] if token is not None else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data
