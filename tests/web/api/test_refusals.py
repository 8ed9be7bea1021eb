"""What bad input gets: a clear answer, the right status, in the right order, and nothing written."""

import json
from typing import Any

import pytest

from app.store.unit_of_work import reading
from tests.web.api.conftest import PREFIX, QUESTION, Village

ANSWER = f"answers/{QUESTION}"


def _send(village: Village, data: bytes, *, kind: str = "application/json", who: str = "bob") -> Any:  # noqa: ANN401
    return village.program(who).put(f"{village.opened}/{ANSWER}", data=data, content_type=kind)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"level: 3",
        b"\xff\xfe",
        b'{"level": 3, "level": 4}',
        b'{"level": NaN}',
        b'{"level": Infinity}',
        b'{"level": ' + b"9" * 5000 + b"}",
        b'{"level": 1e9999}',
        b'{"na": "\\ud800"}',
        b'{"na": "a\x00b"}',
        b"[" * 5000,
        b'{"a":' * 300 + b"1" + b"}" * 300,
    ],
)
def test_what_cannot_be_read_in_one_way_is_400(quiet: Village, data: bytes) -> None:
    answer = _send(quiet, data)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["errors"][0]["line"] == 1


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, ""),
        ([], ""),
        (None, ""),
        ({"level": 5}, "level"),
        ({"level": -1}, "level"),
        ({"level": 2.5}, "level"),
        ({"level": True}, "level"),
        ({"level": "3"}, "level"),
        ({"level": None}, "level"),
        ({"level": 10**20}, "level"),
        ({"level": 3, "dk": True}, ""),
        ({"dk": False}, "dk"),
        ({"dk": 1}, "dk"),
        ({"na": ""}, "na"),
        ({"na": "   "}, QUESTION),
        ({"na": 7}, "na"),
        ({"level": 3, "comment": "x" * 2001}, "comment"),
        ({"level": 3, "comment": "a\u0000b"}, "comment"),
        ({"level": 3, "coment": "x"}, "coment"),
        ({"level": 3, "seq": -1}, "seq"),
        ({"level": 3, "seq": 2**53}, "seq"),
        ({"level": 3, "role": "king"}, "role"),
    ],
)
def test_what_is_not_valid_is_422_and_names_the_place(quiet: Village, body: object, path: str) -> None:
    answer = _send(quiet, json.dumps(body).encode())
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json["errors"]] == [path]
    with reading(quiet.town.engine) as session:
        assert not quiet.town.row(session, quiet.ids["opened"]).first_answer


def test_a_question_that_applies_to_everybody_takes_no_na(quiet: Village) -> None:
    answer = quiet.program("bob").put(f"{quiet.opened}/answers/gov-inventory", {"na": "bought in"})
    assert answer.status_code == 422
    assert "applies to everybody" in answer.json["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_type_than_json_is_415(quiet: Village, kind: str) -> None:
    assert _send(quiet, b'{"level": 3}', kind=kind).status_code == 415


def test_a_body_that_is_too_large_is_413(quiet: Village) -> None:
    assert _send(quiet, b" " * (128 * 1024 + 1)).status_code == 413
    team = quiet.ids["team"]
    large = quiet.program("alice").post(f"/teams/{team}/assessments/import", data=b"#" * (1024 * 1024 + 1))
    assert large.status_code == 413
    report = quiet.program("alice").post(f"/teams/{team}/assessments/import", data=b"%PDF-" + b"#" * (1024 * 1024 + 1))
    assert report.status_code == 422


def test_refusals_keep_their_order(village: Village) -> None:
    """401, 404, 403, then what is wrong with the body, then the moment and the version."""
    path, bad, good = f"{village.closed}/agreed/{QUESTION}", {"level": 9}, {"level": 2}
    old = {"If-Match": '"77"'}
    assert village.program().put(f"{village.closed}/agreed/nothing", bad).status_code == 401
    assert village.program("charlie").put(path, bad).status_code == 404
    assert village.program("vera").put(f"{village.closed}/agreed/nothing", bad).status_code == 404
    assert village.program("vera").put(path, bad).status_code == 403
    assert village.program("alice").put(path, bad, headers=old).status_code == 422
    assert village.program("alice").put(path, data=b"{", content_type="application/json").status_code == 400
    assert village.program("alice").put(path, good, headers=old).status_code == 409
    opened = f"{village.opened}/agreed/{QUESTION}"
    assert village.program("alice").put(opened, good, headers=old).status_code == 412


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("", {"target": 0}),
        (f"/{ANSWER}", {"na": " "}),
        (f"/{ANSWER}", {"level": 3, "role": "king"}),
        ("/beliefs/b01", {"agree": 9}),
        ("/role", {"role": "king"}),
        (f"/evidence/{QUESTION}", {"grade": "E2", "items": []}),
        (f"/evidence/{QUESTION}", {"items": [{"title": "  "}]}),
        (f"/agreed/{QUESTION}", {"na": "  "}),
        ("", {"context": {"nothing": "x"}}),
        ("", {"scope": ["  "]}),
    ],
)
def test_what_is_not_valid_is_so_at_any_moment(quiet: Village, path: str, body: object) -> None:
    method = "PUT" if path else "PATCH"
    for where in (quiet.opened, quiet.closed):
        assert quiet.program("alice").ask(method, f"{where}{path}", body).status_code == 422


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("", {"purpose": "Another."}),
        ("", {"state": "closed"}),
        ("", {"state": "open"}),
        (f"/{ANSWER}", {"level": 3}),
        ("/beliefs/b01", {"agree": 3}),
        ("/role", {"role": "platform"}),
        (f"/agreed/{QUESTION}", {"level": 3}),
        (f"/evidence/{QUESTION}", {"items": []}),
    ],
)
def test_what_is_closed_never_changes(quiet: Village, path: str, body: object) -> None:
    method = "PUT" if path else "PATCH"
    answer = quiet.program("alice").ask(method, f"{quiet.closed}{path}", body)
    assert answer.status_code == 409
    assert "closed" in answer.json["detail"]


def test_a_draft_takes_no_answers_and_cannot_be_closed(village: Village) -> None:
    made = village.program("alice").post(
        f"/teams/{village.ids['team']}/assessments", {"quarter": "2027-Q1", "questionnaire": "mlops@1.0.0"}
    )
    here = f"/assessments/{made.json['id']}"
    assert village.program("bob").put(f"{here}/{ANSWER}", {"level": 3}).status_code == 409
    assert village.program("alice").patch(here, {"state": "closed"}).status_code == 409
    assert village.program("alice").patch(here, {"state": "open"}).status_code == 200
    assert village.program("bob").put(f"{here}/{ANSWER}", {"level": 3}).status_code == 204


def test_after_the_record_a_vote_comes_too_late(village: Village) -> None:
    assert village.program("alice").put(f"{village.opened}/agreed/{QUESTION}", {"level": 2}).status_code == 200
    late = village.program("bob").put(f"{village.opened}/{ANSWER}", {"level": 3})
    assert late.status_code == 409


def test_a_second_assessment_of_a_quarter_is_409_and_a_foreign_questionnaire_422(village: Village) -> None:
    alice, path = village.program("alice"), f"/teams/{village.ids['team']}/assessments"
    assert alice.post(path, {"quarter": "2026-Q3", "questionnaire": "mlops@1.0.0"}).status_code == 409
    pulse = {"quarter": "2026-Q3", "questionnaire": "mlops@1.0.0", "variant": "pulse", "state": "open"}
    assert alice.post(path, pulse).json["state"] == "open"
    for wrong in (
        {"questionnaire": "nothing@1.0.0"},
        {"questionnaire": "mlops"},
        {"quarter": "2026-Q5"},
        {"variant": "half"},
        {"target": {"nothing": 3}},
        {"capacity": {"people": 0, "working_days": 60, "share": 0.1}},
        {"capacity": {"people": 8}},
        {"date": "2026-02-30"},
    ):
        refused = alice.post(path, {"quarter": "2027-Q1", "questionnaire": "mlops@1.0.0"} | wrong)
        assert refused.status_code == 422, wrong


def test_a_team_needs_a_name_that_nobody_has(village: Village) -> None:
    olive, path = village.program("olive"), "/organizations/example/teams"
    assert olive.post(path, {"name": "Forecasting"}).status_code == 409
    for wrong in ({"name": ""}, {"name": "  "}, {"name": "x" * 201}, {"name": "a\u0000"}, {}, {"name": 3}):
        assert olive.post(path, wrong).status_code == 422


@pytest.mark.parametrize("name", ["x" * 10_000, "%00", "%FF", "a%0Ab", "..%2F..", "'%20OR%201=1", "\u5167"])
def test_strange_ids_are_not_found(quiet: Village, name: str) -> None:
    olive = quiet.program("olive")
    for path in (
        f"/organizations/{name}/teams",
        f"/teams/{name}",
        f"/assessments/{name}",
        f"/actions/{name}",
        f"{quiet.opened}/agreed/{name}",
    ):
        assert olive.get(path).status_code == 404
    assert olive.put(f"{quiet.opened}/beliefs/{name}", {"agree": 3}).status_code == 404


def test_a_wrong_method_is_405_and_says_what_is_allowed(quiet: Village) -> None:
    answer = quiet.program("olive").ask("DELETE", quiet.opened)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "PATCH"}
    assert answer.mimetype == "application/problem+json"
    assert quiet.program("olive").ask("POST", f"{quiet.opened}/{ANSWER}", {}).status_code == 405


def test_head_is_get_without_its_body(quiet: Village) -> None:
    answer = quiet.program("vera").ask("HEAD", quiet.opened)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["ETag"] == quiet.program("vera").get(quiet.opened).headers["ETag"]


def test_an_address_that_is_none_is_a_problem_document_too(quiet: Village) -> None:
    answer = quiet.program("olive").get("/nothing")
    assert answer.status_code == 404
    assert answer.json["status"] == 404


def test_a_browser_s_session_may_as_well_but_not_from_another_site(village: Village) -> None:
    visit = village.town.browser("bob")
    path = f"{PREFIX}{village.opened}/{ANSWER}"
    foreign = visit.client.put(path, json={"level": 3}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert visit.client.put(path, json={"level": 3}, headers={"Origin": "http://localhost"}).status_code == 204
