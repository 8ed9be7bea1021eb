"""Everything that is kept about oneself, and leaving for good."""

import json
from pathlib import Path

from app.services.joining import join_as_member
from app.store.lookups import people
from app.store.unit_of_work import reading, writing
from tests.web.town import NOW, Town


def test_one_file_holds_what_is_kept_about_oneself_and_nobody_else(town: Town) -> None:
    answer = town.browser("bob").get("/profile/data.json")
    assert answer.status_code == 200
    assert json.loads(answer.data)["person"]["email"] == "bob@example.org"
    assert b"alice@example.org" not in answer.data
    assert "attachment" in answer.headers["Content-Disposition"]
    assert town.browser().get("/profile/data.json").status_code == 401


def test_an_account_is_deleted_after_a_question_and_leaves_no_byte(town: Town, tmp_path: Path) -> None:
    public_id = town.begin()
    with writing(town.engine) as session:
        join_as_member(session, town.actor("bob"), town.row(session, public_id), "platform", on=NOW.date())
    bob = town.browser("bob")
    assert "This cannot be undone" in bob.get("/profile/delete").text
    answer = bob.post("/profile/delete")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert bob.get("/profile").status_code == 401
    with reading(town.engine) as session:
        assert "bob@example.org" not in {user.email for user, _ in people.members(session, town.ours)}
    left = b"".join(file.read_bytes() for file in tmp_path.glob("mythmark.db*"))
    assert b"bob@example.org" not in left
    assert b"alice@example.org" in left


def test_the_only_owner_is_told_what_to_do_first(town: Town) -> None:
    olive = town.browser("olive")
    page = olive.get("/profile/delete").text
    assert "Make somebody else an owner first" in page
    assert "/organizations/example/people" in page
    assert olive.post("/profile/delete").status_code == 409
    assert olive.get("/profile").status_code == 200


def test_nobody_else_deletes_an_account(town: Town) -> None:
    assert town.browser().get("/profile/delete").status_code == 401
    assert town.browser().post("/profile/delete").status_code == 401
    assert town.browser("bob").client.delete("/profile/delete").status_code == 405
