"""The same request under the same key is done once, also when two come at once."""

import threading
from typing import Any

import pytest
from sqlalchemy import select

from app.store.tables.records import IdempotencyRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import reading
from tests.web.api.conftest import QUESTION, Program, Village

TEAMS = "/organizations/example/teams"
KEY = {"Idempotency-Key": "4b7d5f0e-one"}


def _teams(village: Village) -> list[str]:
    with reading(village.town.engine) as session:
        return sorted(session.scalars(select(TeamRow.name).where(TeamRow.organization_id == village.town.ours)))


def test_a_repeated_request_gets_the_same_answer_and_does_nothing(village: Village) -> None:
    olive = village.program("olive")
    first = olive.post(TEAMS, {"name": "Search"}, headers=KEY)
    again = olive.post(TEAMS, {"name": "Search"}, headers=KEY)
    assert (again.status_code, again.data, again.location) == (201, first.data, first.location)
    assert again.content_type == first.content_type
    assert _teams(village).count("Search") == 1


def test_the_same_answer_comes_after_things_have_moved_on(village: Village) -> None:
    alice, path = village.program("alice"), f"{village.opened}/agreed/{QUESTION}"
    first = alice.put(path, {"level": 2}, headers=KEY)
    alice.put(path, {"level": 3})
    again = alice.put(path, {"level": 2}, headers=KEY)
    assert (again.data, again.headers["ETag"]) == (first.data, '"1"')
    assert alice.get(path).json["level"] == 3


def test_nothing_is_answered_again_with_nothing(village: Village) -> None:
    bob, path = village.program("bob"), f"{village.opened}/answers/{QUESTION}"
    for _ in range(2):
        answer = bob.put(path, {"level": 2}, headers=KEY)
        assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    ("path", "body"), [(TEAMS, {"name": "Other"}), ("/organizations/example/teams?x=1", {"name": "Search"})]
)
def test_another_request_under_the_same_key_is_422(village: Village, path: str, body: object) -> None:
    olive = village.program("olive")
    olive.post(TEAMS, {"name": "Search"}, headers=KEY)
    assert olive.post(path, body, headers=KEY).status_code == 422
    assert "Other" not in _teams(village)


def test_what_was_refused_can_be_tried_again_under_its_key(village: Village) -> None:
    olive = village.program("olive")
    assert olive.post(TEAMS, {"name": "Forecasting"}, headers=KEY).status_code == 409
    assert olive.post(TEAMS, {"name": "Search"}, headers=KEY).status_code == 201


def test_keys_are_one_s_own(village: Village) -> None:
    path = f"{village.opened}/role"
    mine = village.program("bob").put(path, {"role": "platform"}, headers=KEY)
    theirs = village.program("alice").put(path, {"role": "data_scientist"}, headers=KEY)
    assert (mine.json["role"], theirs.json["role"]) == ("platform", "data_scientist")


def test_a_key_opens_nothing_that_the_role_does_not(village: Village) -> None:
    village.program("olive").post(TEAMS, {"name": "Search"}, headers=KEY)
    assert village.program("vera").post(TEAMS, {"name": "Search"}, headers=KEY).status_code == 403
    assert village.program().post(TEAMS, {"name": "Search"}, headers=KEY).status_code == 401


def test_keys_are_kept_as_hashes(village: Village) -> None:
    village.program("olive").post(TEAMS, {"name": "Search"}, headers=KEY)
    with reading(village.town.engine) as session:
        (row,) = session.scalars(select(IdempotencyRow))
    assert KEY["Idempotency-Key"] not in (row.key_hash, row.actor)


@pytest.mark.parametrize("key", ["", "x" * 201, "k\u00e9y"])
def test_a_key_that_is_none_is_422(quiet: Village, key: str) -> None:
    answer = quiet.program("olive").post(TEAMS, {"name": "Search"}, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["path"] == "Idempotency-Key"


def test_twins_that_come_at_once_are_one(village: Village) -> None:
    olive = village.program("olive")
    answers: list[Any] = []

    def ask() -> None:
        own = Program(type(olive.client)(village.town.app), olive.described, olive.token)
        answers.append(own.post(TEAMS, {"name": "Search"}, headers=KEY))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert _teams(village).count("Search") == 1
