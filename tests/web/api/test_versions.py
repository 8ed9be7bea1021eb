"""Two people who save the same thing: nobody's text vanishes, and the second sees what is there."""

import pytest

from tests.web.api.conftest import QUESTION, Village


def _put(village: Village, level: int, **headers: str) -> tuple[int, dict[str, object]]:
    path = f"{village.opened}/agreed/{QUESTION}"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = village.program("alice").put(path, {"level": level}, headers=named)
    assert isinstance(answer.json, dict)
    return answer.status_code, answer.json


@pytest.mark.parametrize("tag", ['"1"', "1", 'W/"1"', '"9", "1"', "*"])
def test_a_save_from_the_version_that_is_there_is_taken(village: Village, tag: str) -> None:
    assert _put(village, 1)[1]["version"] == 1
    status, body = _put(village, 2, If_Match=tag)
    assert (status, body["version"]) == (200, 2)


@pytest.mark.parametrize("tag", ['"0"', '"2"', "two", '"99999999999999999999999"', '""'])
def test_a_save_from_another_version_is_412_and_shows_what_is_there(village: Village, tag: str) -> None:
    _put(village, 1)
    status, body = _put(village, 4, If_Match=tag)
    assert status == 412
    assert body["present"] == {"question": QUESTION, "level": 1, "na": None, "note": None, "version": 1}
    assert village.program("alice").get(f"{village.opened}/agreed/{QUESTION}").json["level"] == 1


def test_what_is_not_there_yet_has_version_0(village: Village) -> None:
    assert _put(village, 1, If_Match="*")[0] == 412
    status, body = _put(village, 1, If_Match='"3"')
    assert (status, body["present"]) == (
        412, {"question": QUESTION, "level": None, "na": None, "note": None, "version": 0},
    )  # fmt: skip
    assert _put(village, 1, If_None_Match="*")[0] == 200
    assert _put(village, 2, If_None_Match="*")[0] == 412
    assert _put(village, 2)[1]["version"] == 2


def test_evidence_has_versions_of_its_own(village: Village) -> None:
    alice, path = village.program("alice"), f"{village.opened}/evidence/{QUESTION}"
    first = {"grade": "E2", "items": [{"title": "Run book", "seen_by": "Ann"}]}
    assert alice.put(path, first).json["grade"] == "E2"
    stale = alice.put(path, {"items": []}, headers={"If-Match": '"0"'})
    assert stale.status_code == 412
    assert stale.json["present"]["items"][0]["title"] == "Run book"
    assert alice.put(path, {"items": []}, headers={"If-Match": alice.get(path).headers["ETag"]}).json["grade"] == "E0"


def test_settings_and_actions_have_versions_too(village: Village) -> None:
    alice, action = village.program("alice"), f"/actions/{village.ids['action']}"
    for path, body, name in ((village.opened, {"purpose": "New."}, "purpose"), (action, {"note": "New."}, "note")):
        tag = alice.get(path).headers["ETag"]
        changed = alice.patch(path, body, headers={"If-Match": tag})
        assert changed.json[name] == "New."
        stale = alice.patch(path, {name: "Late."}, headers={"If-Match": tag})
        assert (stale.status_code, stale.json["present"][name]) == (412, "New.")
    assert alice.patch(village.opened, {"state": "closed"}, headers={"If-Match": '"1"'}).status_code == 412


def test_a_board_is_changed_whole_or_not_at_all(village: Village) -> None:
    bob, path = village.program("bob"), f"/teams/{village.ids['team']}/actions"
    one, two = bob.get(path).json["items"][:2]
    begun = {"status": "in_progress", "owner": "Bob", "started": "2026-09-01", "effort_days": 2.5}
    changed = bob.patch(path, {"items": [{"id": one["id"], "version": one["version"], **begun}]})
    assert changed.json["items"][0] == one | begun | {"version": one["version"] + 1}
    stale = bob.patch(path, {"items": [{"id": two["id"], "note": "x"}, {"id": one["id"], "version": 1, "note": "y"}]})
    assert (stale.status_code, stale.json["present"]["id"]) == (412, one["id"])
    assert bob.get(f"/actions/{two['id']}").json == two
    foreign = bob.patch(path, {"items": [{"id": village.ids["their action"], "note": "x"}]})
    assert foreign.status_code == 422
    assert bob.patch(f"/actions/{one['id']}", {"status": "verified"}).status_code == 422
    assert bob.patch(f"/actions/{one['id']}", {"owner": None}).json["owner"] is None
