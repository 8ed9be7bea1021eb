"""Live rooms: who gets in, who sees what when, and what a vote is answered with."""

import datetime as dt
import re
import threading
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from app.store.tables.answering import ParticipantRow, VoteRow
from app.store.tables.records import IdempotencyRow
from app.store.unit_of_work import reading
from tests.web.api.conftest import PREFIX, QUESTION, Program, Village, described

VOTE = f"votes/{QUESTION}"
KEY = {"Idempotency-Key": "3f2b8a4c9d1e4f60"}


def _move(village: Village, move: str, body: object = None) -> Any:  # noqa: ANN401
    return village.program("alice").post(f"{village.opened}/room/{move}", body)


def _at(village: Village, path: str) -> str:
    return f"/rooms/{village.room}/{path}"


def _votes(village: Village) -> list[tuple[int, int | None]]:
    with reading(village.town.engine) as session:
        return [(v.voting, v.level) for v in session.scalars(_ours(select(VoteRow), village, VoteRow))]


def _ours(statement: Any, village: Village, table: Any) -> Any:  # noqa: ANN401
    return statement.where(table.organization_id == village.town.ours)


def _stranger(village: Village) -> Program:
    return Program(Client(village.town.app), described(village.town.app))


def _first_event(village: Village, program: Program) -> str:
    """The state that a stream begins with."""
    headers = {"Authorization": f"Bearer {program.token}"}
    answer = program.client.open(f"{PREFIX}{_at(village, 'events')}", headers=headers, buffered=False)
    assert answer.mimetype == "text/event-stream"
    body: Any = answer.response
    text = bytes(next(iter(body))).decode()  # nobody would wait for its end
    answer.close()
    return text.partition("event: ")[2]


def test_a_room_is_made_once_and_given_again(village: Village) -> None:
    alice, path = village.program("alice"), f"{village.opened}/room"
    again = alice.post(path, {"time_box_minutes": 60})
    assert (again.status_code, again.json["code"], again.json["time_box_minutes"]) == (200, village.room, 60)
    assert again.json["join_url"].endswith(f"/r/{village.room}")
    assert _move(village, "close").json["phase"] == "closed"
    assert alice.get(path).status_code == 404
    made = alice.post(path)
    assert (made.status_code, made.location.endswith(path)) == (201, True)
    assert made.json["code"] != village.room
    assert alice.get(path).json == made.json
    assert alice.post(path, {"time_box_minutes": 1}).status_code == 422


@pytest.mark.slow
def test_a_question_goes_its_whole_way(village: Village) -> None:
    phones = [village.seat("data_scientist") for _ in range(3)] + [village.seat("platform") for _ in range(3)]
    asked = _move(village, "ask", {"question": QUESTION})
    assert (asked.status_code, asked.json["phase"], asked.json["joined"]) == (200, "voting", 6)
    for number, phone in enumerate(phones):
        assert phone.put(_at(village, f"{VOTE}/1"), {"level": number % 3}).status_code == 204
    state = phones[2].get(_at(village, "state")).json
    assert (state["voted"], state["my_vote"]["level"], state["distribution"]) == (6, 2, None)
    shown = _move(village, "reveal").json
    assert shown["phase"] == "revealed"
    assert sum(shown["distribution"]["levels"].values()) == 6
    assert phones[0].put(_at(village, f"{VOTE}/1"), {"level": 4}).status_code == 409
    assert _move(village, "reveal").status_code == 409
    again = _move(village, "vote-again").json
    assert (again["voting"], again["voted"], again["distribution"]) == (2, 0, None)
    for phone in phones:
        assert phone.put(_at(village, f"{VOTE}/2"), {"level": 2}).status_code == 204
    assert _move(village, "reveal").json["distribution"]["median"] == 2
    settled = _move(village, "agree", {"level": 2, "note": "calendar only"}).json
    assert (settled["phase"], settled["agreed"]) == ("agreed", {"level": 2, "note": "calendar only"})
    assert _move(village, "undo").json["phase"] == "revealed"
    assert _move(village, "not-agreed").json["agreed"] is None
    assert village.program("alice").get(f"{village.opened}/agreed/{QUESTION}").json["level"] is None
    assert [len(phone.get(_at(village, "mine")).json["votes"]) for phone in phones] == [2] * 6


def test_the_same_key_gives_the_same_seat_and_token(village: Village) -> None:
    phone, path = _stranger(village), _at(village, "participants")
    first, again = (phone.post(path, {"role": "platform"}, headers=KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert phone.post(path, {"role": "data_scientist"}, headers=KEY).status_code == 422
    assert phone.post(path, {"role": "platform"}).json["token"] != first.json["token"]
    with reading(village.town.engine) as session:
        kept = [row.token_hash or "" for row in session.scalars(_ours(select(ParticipantRow), village, ParticipantRow))]
        assert len(kept) == 2
        assert not {first.json["token"], KEY["Idempotency-Key"]} & set(kept)
        assert not session.scalars(select(IdempotencyRow)).all()


@pytest.mark.parametrize("key", ["x" * 15, "x" * 201, ""])
def test_a_key_that_could_be_guessed_is_422(quiet: Village, key: str) -> None:
    answer = _stranger(quiet).post(_at(quiet, "participants"), {"role": "platform"}, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["errors"][0]["path"]) == (422, "Idempotency-Key")


def test_twins_that_join_at_once_are_one(village: Village) -> None:
    tokens: list[str] = []

    def join() -> None:
        answer = _stranger(village).post(_at(village, "participants"), {"role": "platform"}, headers=KEY)
        tokens.append(answer.json["token"])

    threads = [threading.Thread(target=join) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(tokens), len(set(tokens))) == (4, 1)


@pytest.mark.slow
def test_wrong_codes_are_counted_and_right_ones_never(village: Village) -> None:
    phone, wrong = _stranger(village), "/rooms/BBBB-BBBB/participants"
    statuses = [phone.post(wrong, {"role": "platform"}).status_code for _ in range(302)]
    assert statuses[:300] == [404] * 300
    refused = phone.post(wrong, {"role": "platform"})
    assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
    assert village.seat().get(_at(village, "state")).status_code == 200
    village.town.clock.moment += dt.timedelta(minutes=5)
    assert phone.post(wrong, {"role": "platform"}).status_code == 404


PARTICIPANTS = [
    ("GET", "state", None, 200),
    ("GET", "questionnaire", None, 200),
    ("GET", "mine", None, 200),
    ("PUT", f"{VOTE}/1", {"level": 2}, 204),
    ("PUT", "beliefs/b01", {"agree": 4}, 204),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), PARTICIPANTS)
def test_a_seat_is_good_for_its_room_only(village: Village, method: str, path: str, body: object, status: int) -> None:
    mine, theirs = village.seat(), village.seat(room=village.ids["their room"])
    full = _at(village, path)
    assert mine.ask(method, full, body).status_code == status
    assert mine.ask(method, full.replace("-", "").lower(), body).status_code == status if "/" not in path else True
    assert theirs.ask(method, full, body).status_code == 404
    assert mine.ask(method, full.replace(village.room, "BBBB-BBBB"), body).status_code == 404
    nobody = _stranger(village)
    assert nobody.ask(method, full, body).status_code == 401
    for token in ("seat_none", "mm_none", "", "\u00e9"):
        headers = {"Authorization": f"Bearer {token}".encode().decode("latin-1")}
        assert nobody.ask(method, full, body, headers=headers).status_code == 401
    assert village.program("bob").ask(method, full, body).status_code in {401, 403}
    assert village.program("charlie").ask(method, full, body).status_code in {401, 404}
    facilitator = village.program("alice").ask(method, full, body).status_code
    assert facilitator == (200 if path == "state" else 401)


@pytest.mark.parametrize(
    "path",
    ["/organizations/example/teams", "<opened>", "<opened>/result", "<opened>/room", "<opened>/agreed/mon-drift"],
)
def test_a_seat_opens_nothing_else(village: Village, path: str) -> None:
    seat = village.seat()
    assert seat.get(path.replace("<opened>", village.opened)).status_code == 401
    assert seat.post(f"{village.opened}/room/reveal").status_code == 401


def test_events_are_for_seats_and_for_who_runs_the_room(village: Village) -> None:
    path = _at(village, "events")
    for who, status in ((None, 401), ("vera", 403), ("bob", 403), ("charlie", 404), ("alice", 200), ("olive", 200)):
        assert village.program(who).ask("HEAD", path).status_code == status, who
    assert village.seat().ask("HEAD", path).status_code == 200
    assert village.seat(room=village.ids["their room"]).ask("HEAD", path).status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"{VOTE}/1", {"level": 5}, 422),
        (f"{VOTE}/1", {"level": 1, "dk": True}, 422),
        (f"{VOTE}/1", {"level": 1, "role": "platform"}, 422),
        (f"{VOTE}/1", {"level": 1, "seq": -1}, 422),
        (f"{VOTE}/1", {"level": 1, "comment": "x" * 2001}, 422),
        ("votes/gov-inventory/1", {"na": "bought in"}, 422),
        ("votes/nothing/1", {"level": 9}, 404),
        (f"{VOTE}/0", {"level": 1}, 404),
        (f"{VOTE}/x", {"level": 1}, 404),
        (f"{VOTE}/{10**30}", {"level": 1}, 404),
        (f"{VOTE}/2", {"level": 1}, 409),
        ("beliefs/nothing", {"agree": 9}, 404),
        ("beliefs/b01", {"agree": 6}, 422),
        ("beliefs/b01", {}, 422),
    ],
)
def test_what_is_not_valid_is_not_stored(village: Village, path: str, body: object, status: int) -> None:
    seat = village.seat()
    assert seat.put(_at(village, path), body).status_code == status
    assert seat.put(_at(village, path), data=b"{", content_type="application/json").status_code in {400, 404}
    assert seat.post(_at(village, path), body).status_code == 405
    assert seat.get(_at(village, "mine")).json == {"role": "not_said", "votes": [], "beliefs": {}}
    assert _votes(village) == []


@pytest.mark.parametrize("code", ["%00%00%00%00%00%00%00%00", "x" * 5000, "..", "\u5167", "BCDFGHJ", "BCDF-GHJK-"])
def test_strange_codes_are_not_found(quiet: Village, code: str) -> None:
    assert _stranger(quiet).post(f"/rooms/{code}/participants", {"role": "platform"}).status_code == 404
    assert quiet.program("alice").get(f"/rooms/{code}/state").status_code == 404


@pytest.mark.parametrize("body", [{}, {"role": "king"}, {"role": ""}, {"role": 3}, {"role": "platform", "name": "x"}])
def test_a_role_that_is_not_there_is_422(quiet: Village, body: object) -> None:
    assert _stranger(quiet).post(_at(quiet, "participants"), body).status_code == 422


def test_late_older_votes_change_nothing(village: Village) -> None:
    seat, path = village.seat(), _at(village, f"{VOTE}/1")
    for seq, level in ((3, 2), (1, 0), (3, 2), (2, 4)):
        assert seat.put(path, {"level": level, "seq": seq}).status_code == 204
    assert _votes(village) == [(1, 2)]


def test_nothing_new_is_304_until_something_is(village: Village) -> None:
    seat, other, path = village.seat(), village.seat(), _at(village, "state")
    _move(village, "ask", {"question": QUESTION})
    first = seat.get(path)
    mark = {"If-None-Match": first.headers["ETag"]}
    unchanged = seat.get(path, headers=mark)
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    other.put(_at(village, f"{VOTE}/1"), {"level": 1})
    seen = seat.get(path, headers=mark)
    assert (seen.status_code, seen.json["voted"]) == (200, 1)
    seat.put(_at(village, f"{VOTE}/1"), {"level": 1})
    before = seat.get(path)
    seat.put(_at(village, f"{VOTE}/1"), {"level": 3})
    after = seat.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.json["revision"]) == (200, before.json["revision"])
    assert after.json["my_vote"]["level"] == 3


def test_the_mark_of_a_state_does_not_say_that_two_voted_alike(village: Village) -> None:
    one, other = village.seat(), village.seat()
    _move(village, "ask", {"question": QUESTION})
    for seat in (one, other):
        seat.put(_at(village, f"{VOTE}/1"), {"level": 3})
    marks = {seat.get(_at(village, "state")).headers["ETag"] for seat in (one, other)}
    assert len(marks) == 2


@pytest.mark.slow
def test_nobody_reads_a_level_of_another_before_the_reveal(village: Village) -> None:
    """Every answer that anybody gets, its headers too, is the same whichever level was chosen."""

    def all_answers(level: int) -> dict[str, str]:
        assert voter.put(_at(village, f"{VOTE}/1"), {"level": level, "comment": f"secret-{level}"}).status_code == 204
        got = {}
        for name, program in (("watcher", watcher), *((who, village.program(who)) for who in ("alice", "olive"))):
            for path in paths:
                answer = program.get(path)
                headers = "".join(f"{k}: {v}\n" for k, v in answer.headers if k not in {"X-Request-ID", "Date"})
                got[f"{name} {path}"] = headers + re.sub(r"urn:mythmark:request:\w+", "", answer.text)
            got[f"{name} stream"] = _first_event(village, program)
        return got

    ours = ("", "/result", "/room", f"/agreed/{QUESTION}", f"/evidence/{QUESTION}", "/file")
    paths = [_at(village, "state"), _at(village, "mine"), *(f"{village.opened}{path}" for path in ours)]
    voter, watcher = village.seat("data_scientist"), village.seat("platform")
    _move(village, "ask", {"question": QUESTION})
    watcher.put(_at(village, f"{VOTE}/1"), {"level": 2})
    seen = [all_answers(level) for level in range(5)]
    assert all(one == seen[0] for one in seen)
    assert "secret-" not in "".join(seen[0].values())
    assert '"voted":2' in seen[0]["watcher stream"]
    assert "my_vote" not in seen[0]["watcher stream"]
    assert voter.get(_at(village, "state")).json["my_vote"]["level"] == 4


def test_an_answer_given_elsewhere_counts_in_the_room(village: Village) -> None:
    _move(village, "ask", {"question": QUESTION})
    seat, bob, path = village.seat(), village.program("bob"), f"{village.opened}/answers/{QUESTION}"
    before = seat.get(_at(village, "state")).json
    assert bob.put(path, {"level": 3}).status_code == 204
    after = seat.get(_at(village, "state")).json
    assert (after["joined"], after["voted"]) == (before["joined"] + 1, before["voted"] + 1)
    assert after["revision"] > before["revision"]
    assert bob.put(path, {"level": 1}).status_code == 204
    assert seat.get(_at(village, "state")).json == after


def test_a_closed_room_takes_nothing_and_still_shows_itself(village: Village) -> None:
    seat = village.seat()
    assert seat.put(_at(village, f"{VOTE}/1"), {"level": 2}).status_code == 204
    _move(village, "close")
    assert seat.put(_at(village, f"{VOTE}/1"), {"level": 3}).status_code == 409
    assert seat.put(_at(village, "beliefs/b01"), {"agree": 3}).status_code == 409
    assert seat.get(_at(village, "state")).json["phase"] == "closed"
    assert len(seat.get(_at(village, "mine")).json["votes"]) == 1
    assert seat.get(f"/rooms/{village.ids['their room']}/state").status_code == 404
    for move in ("reveal", "undo", "close"):
        assert _move(village, move).status_code == 409
    assert _stranger(village).post(_at(village, "participants"), {"role": "platform"}).status_code == 404


def test_a_move_that_is_sent_again_is_made_once(village: Village) -> None:
    alice, path = village.program("alice"), f"{village.opened}/room"
    alice.post(f"{path}/ask", {"question": QUESTION})
    first, again = (alice.post(f"{path}/reveal", headers=KEY) for _ in range(2))
    assert (first.status_code, again.status_code, first.data) == (200, 200, again.data)
    assert alice.post(f"{path}/ask", {"question": "nothing"}).status_code == 404
    assert alice.post(f"{path}/agree", {"level": 7}).status_code == 422
    assert alice.post(f"{path}/agree", {"na": "bought in"}).status_code in {200, 422}


def test_a_questionnaire_holds_what_can_be_answered(quiet: Village) -> None:
    seat = quiet.seat()
    whole = seat.get(_at(quiet, "questionnaire")).json
    assert QUESTION in [one["id"] for one in whole["questions"]]
    assert all(len(one["anchors"]) == 5 for one in whole["questions"])
    assert {"platform", "not_said"} <= {one["id"] for one in whole["roles"]}
    assert len(whole["beliefs"]) > 5
