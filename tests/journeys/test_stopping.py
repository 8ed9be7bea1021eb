"""A planned stop in a running room, and somebody who may no longer watch."""

import datetime as dt
import json
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.accounts import members
from app.accounts.actor import actor_of
from app.store.lookups import people
from app.store.unit_of_work import make_engine, writing
from tests.journeys.served import API, Served, Workshop, open_workshop, serving, wire

pytestmark = pytest.mark.slow
QUESTION = "mon-drift"
STOPS_WITHIN = 10.0
CUT_OFF_WITHIN = 5.0


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


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with serving(tmp_path) as server:
        yield open_workshop(server, 4)


def _screen(workshop: Workshop, token: str) -> Screen:
    screen = Screen(socket.create_connection(("127.0.0.1", workshop.server.port)))
    screen.sock.sendall(wire("GET", f"{API}/rooms/{workshop.code}/events", token=token))
    assert screen.read_until(b"\ndata: ")
    assert screen.read_until(b"\n\n\r\n")
    return screen


def _vote(workshop: Workshop, seat: str, level: int) -> None:
    path = workshop.vote_path(QUESTION).removeprefix(API)
    assert workshop.server.ask("PUT", path, {"level": level}, seat)[0] == 204


def test_a_stop_ends_streams_in_good_order_and_they_come_back_to_the_whole_state(workshop: Workshop) -> None:
    server: Served = workshop.server
    workshop.move("ask", {"question": QUESTION})
    screens = [_screen(workshop, token) for token in (*workshop.seats, workshop.runs)]
    _vote(workshop, workshop.seats[0], 3)
    assert all(screen.read_until(b'"voted":1') for screen in screens)
    before = workshop.state(workshop.seats[0])
    began = time.monotonic()
    assert server.stop(STOPS_WITHIN) == 0
    assert time.monotonic() - began < STOPS_WITHIN
    assert all(screen.read_until(b"0\r\n\r\n") for screen in screens)
    server.start()
    screen = _screen(workshop, workshop.seats[0])
    kept = {name: value for name, value in before.items() if name not in {"my_vote", "connected"}}
    assert {name: value for name, value in screen.state.items() if name != "connected"} == kept
    assert workshop.state(workshop.seats[0])["my_vote"]["level"] == 3
    _vote(workshop, workshop.seats[1], 1)
    assert screen.read_until(b'"voted":2')
    for one in (*screens, screen):
        one.sock.close()


def test_who_is_removed_sees_nothing_more_within_five_seconds(workshop: Workshop) -> None:
    server = workshop.server
    token = server.add_person("leaves@example.org", "facilitator")
    leaving, staying = _screen(workshop, token), _screen(workshop, workshop.runs)
    engine = make_engine(f"sqlite:///{server.database}")
    with writing(engine) as session:
        organization = people.organization(session, "workshop")
        owner = actor_of(session, people.user_by_email(session, "runs@example.org").id)
        gone = people.user_by_email(session, "leaves@example.org").public_id
        members.remove_member(session, owner, organization.id, gone, dt.datetime.now(dt.UTC))
    engine.dispose()
    began = time.monotonic()
    leaving.read_until(b"0\r\n\r\n", CUT_OFF_WITHIN + 5)
    assert leaving.got.endswith(b"0\r\n\r\n")
    assert time.monotonic() - began < CUT_OFF_WITHIN
    workshop.move("ask", {"question": QUESTION})
    assert staying.read_until(b'"phase":"voting"')
    assert b'"phase":"voting"' not in leaving.got
    assert server.ask("GET", f"/rooms/{workshop.code}/state", token=token)[0] in {401, 404}
    leaving.sock.close()
    staying.sock.close()
