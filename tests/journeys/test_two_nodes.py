"""A whole workshop on PostgreSQL, served by two nodes that know of each other by the database only."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.journeys.screens import Screen, watch
from tests.journeys.served import API, Phone, Served, Workshop, open_workshop, serving

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
QUESTION = "mon-drift"
PEOPLE = 12


@pytest.fixture
def nodes(postgres_server: str, tmp_path: Path) -> Iterator[tuple[Served, Served]]:
    """Two servers on one fresh database; none of them runs yet."""
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE workshop")
    shared = {"DATABASE_URL": f"{postgres_server}/workshop", "MYTHMARK_SECRET_KEY": "k" * 64}
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    with serving(folders[0], **shared) as one, serving(folders[1], **shared) as two:
        yield one, two


async def _at_once(nodes: tuple[Served, Served], workshop: Workshop, voting: int) -> dict[str, int]:
    """Everybody votes three times without a pause, now at one node, now at the other; the last level of each."""
    last = {}

    async def votes(number: int, token: str) -> None:
        for turn in range(3):
            level = (number + turn) % 5
            async with Phone(nodes[(number + turn) % 2].port, token) as phone:
                body = {"level": level, "seq": 10 * voting + turn}
                status, said = await phone.ask("PUT", workshop.vote_path(QUESTION, voting), body)
            assert status == 204, said
            last[token] = level

    await asyncio.gather(*(votes(number, token) for number, token in enumerate(workshop.seats)))
    return last


def _counts(last: dict[str, int]) -> dict[str, int]:
    return {str(level): list(last.values()).count(level) for level in range(5)}


def _move_at(node: Served, workshop: Workshop, move: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
    return Workshop(node, workshop.assessment, workshop.code, workshop.runs).move(move, body)


def _all_read(screens: list[Screen], text: bytes) -> bool:
    return all(screen.read_until(text) for screen in screens)


def test_a_workshop_on_postgresql_goes_from_joining_to_the_report_on_two_nodes(nodes: tuple[Served, Served]) -> None:
    one, two = nodes
    workshop = open_workshop(one, PEOPLE)
    two.start()
    first, second = workshop.seats[:2]
    screens = [watch(workshop, first, one), watch(workshop, second, two), watch(workshop, workshop.runs, two)]
    _move_at(two, workshop, "ask", {"question": QUESTION})
    assert _all_read(screens, b'"phase":"voting"')

    last = asyncio.run(_at_once(nodes, workshop, 1))
    assert _all_read(screens, b'"voted":%d' % PEOPLE)
    assert all(b'"distribution":{' not in screen.got for screen in screens)
    for token, level in last.items():
        assert workshop.mine(token) == {(QUESTION, 1): (level, 12)}

    assert _move_at(one, workshop, "reveal")["distribution"]["levels"] == _counts(last)
    assert _all_read(screens, b'"phase":"revealed"')
    assert all(screen.state["distribution"] for screen in screens)
    late = two.ask("PUT", workshop.vote_path(QUESTION).removeprefix(API), {"level": 0, "seq": 99}, first)
    assert late[0] == 409

    assert _move_at(two, workshop, "vote-again")["voting"] == 2
    again = asyncio.run(_at_once(nodes, workshop, 2))
    assert workshop.state()["voted"] == PEOPLE
    assert _move_at(two, workshop, "reveal")["distribution"]["levels"] == _counts(again)
    assert _move_at(one, workshop, "agree", {"level": 2, "note": "Seen in the run book."})["agreed"]["level"] == 2
    assert _all_read(screens, b'"phase":"agreed"')

    assert _move_at(two, workshop, "close")["phase"] == "closed"
    assert _all_read(screens, b"0\r\n\r\n")  # the streams of both nodes end in good order
    place = f"/assessments/{workshop.assessment}"
    assert one.ask("PATCH", place, {"state": "closed"}, workshop.runs)[0] == 200
    assert two.ask("PUT", workshop.vote_path("mon-cost").removeprefix(API), {"level": 1}, first)[0] == 409
    told = [node.ask("GET", f"{place}/result", token=workshop.runs) for node in nodes]
    assert told[0] == told[1]
    assert told[0][0] == 200
    assert one.ask("GET", f"{place}/report.html", token=workshop.runs)[0] == 200
    for screen in screens:
        screen.sock.close()
    assert [node.stop() for node in nodes] == [0, 0]
