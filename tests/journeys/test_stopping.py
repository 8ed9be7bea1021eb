"""A planned stop in a running room, and somebody who may no longer watch."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.accounts import members
from app.accounts.actor import actor_of
from app.store.lookups import people
from app.store.unit_of_work import make_engine, writing
from tests.journeys.screens import watch
from tests.journeys.served import API, Served, Workshop, open_workshop, serving

pytestmark = pytest.mark.slow
QUESTION = "mon-drift"
STOPS_WITHIN = 10.0
CUT_OFF_WITHIN = 5.0


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with serving(tmp_path) as server:
        yield open_workshop(server, 4)


def _vote(workshop: Workshop, seat: str, level: int) -> None:
    path = workshop.vote_path(QUESTION).removeprefix(API)
    assert workshop.server.ask("PUT", path, {"level": level}, seat)[0] == 204


def test_a_stop_ends_streams_in_good_order_and_they_come_back_to_the_whole_state(workshop: Workshop) -> None:
    server: Served = workshop.server
    workshop.move("ask", {"question": QUESTION})
    screens = [watch(workshop, token) for token in (*workshop.seats, workshop.runs)]
    _vote(workshop, workshop.seats[0], 3)
    assert all(screen.read_until(b'"voted":1') for screen in screens)
    before = workshop.state(workshop.seats[0])
    began = time.monotonic()
    assert server.stop(STOPS_WITHIN) == 0
    assert time.monotonic() - began < STOPS_WITHIN
    assert all(screen.read_until(b"0\r\n\r\n") for screen in screens)
    server.start()
    screen = watch(workshop, workshop.seats[0])
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
    leaving, staying = watch(workshop, token), watch(workshop, workshop.runs)
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
