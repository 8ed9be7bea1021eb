"""The real server in a process of its own on a town's database, phones in a real browser, and Alice's moves."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from app.domain.answers import Answer, Level
from app.services.actors import OPERATOR
from app.services.demo_story import SLUG
from app.services.organizations import make_organization
from app.services.rooms.entering import join_room
from app.services.rooms.opening import room_of_assessment
from app.services.rooms.voting import vote
from app.store.lookups.answering import voted_count
from app.store.unit_of_work import reading, writing
from tests.web.room.conftest import Q, Workshop, workshop_of
from tests.web.town import KEY, NOW, built

ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass
class Served:
    """The server, and the workshop on its database."""

    workshop: Workshop
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    wrong: list[str] = field(default_factory=list)
    windows: list[BrowserContext] = field(default_factory=list)
    past: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "app", "serve", "--port", str(self.port)]
        env = {**os.environ, "MYTHMARK_DATA": str(self.folder)}
        with (self.folder / "log").open("ab") as said:
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=said)
        deadline = time.monotonic() + 90
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):  # noqa: S310 - our own
                    return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(15)
            self.process = None

    def phone(self, chromium: Browser, role: str = "ml_engineer", **options: Any) -> Page:  # noqa: ANN401
        """A phone that has joined by the link, as somebody does."""
        page = self.window(chromium, **options).new_page()
        page.goto(f"{self.address}/r/{self.workshop.code}")
        page.check(f"input[value={role}]")
        page.click("#phone-foot button")
        page.wait_for_url(f"{self.address}/room")
        return page

    def renew(self) -> None:
        """Another workshop of the same team, in a quarter of its own."""
        year, quarter = 2030 + len(self.past) // 4, 1 + len(self.past) % 4
        self.past.append(self.workshop.code)
        self.workshop = workshop_of(self.workshop.town, quarter=f"{year}-Q{quarter}", purpose="What to build next.")
        self.wrong.clear()

    def close(self) -> None:
        """Close every window."""
        for window in self.windows:
            window.close()
        self.windows.clear()

    def window(self, chromium: Browser, **options: Any) -> BrowserContext:  # noqa: ANN401
        """A window that notes everything that goes wrong in it."""
        context = chromium.new_context(**{"viewport": {"width": 360, "height": 740}, **options})
        self.windows.append(context)
        context.on("console", lambda said: self._note(said.text) if said.type in {"error", "warning"} else None)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        context.on("request", lambda asked: None if asked.url.startswith(self.address) else self._note(asked.url))
        return context

    def _note(self, text: str) -> None:
        # The network is cut on purpose, and late votes are refused on purpose.
        if not any(known in text for known in ("net::ERR_", "status of 409", "status of 503")):
            self.wrong.append(text)

    def fill(self, answers: dict[str, list[int | Answer]], question: str = Q) -> None:
        """More people, by role, who vote without a browser."""
        with writing(self.workshop.town.engine) as session:
            room = room_of_assessment(session, self.workshop.town.row(session, self.workshop.assessment_id))
            for role, given in answers.items():
                for number, answer in enumerate(given):
                    came = join_room(
                        session, room, role, key=KEY, idempotency_key=f"{question}-{role}-{number:08}", on=NOW.date()
                    )
                    said = Level(answer) if isinstance(answer, int) else answer
                    vote(session, came.seat, question, room.voting or 1, said)

    def voted(self, question: str = Q, voting: int = 1) -> int:
        with reading(self.workshop.town.engine) as session:
            row = self.workshop.town.row(session, self.workshop.assessment_id)
            return voted_count(session, row.id, question, voting)


@contextmanager
def served(stocked: Path, folder: Path, **terms: Any) -> Iterator[Served]:  # noqa: ANN401
    """A served workshop in this folder."""
    with built(stocked, folder) as town:
        with writing(town.engine) as session:
            make_organization(session, OPERATOR, SLUG, "Sample", at=NOW)  # so that none is made, which takes seconds
        workshop = workshop_of(town, **terms)
        made = Served(workshop, folder, free_port())
        made.start()
        try:
            yield made
        finally:
            made.stop(signal.SIGKILL)
