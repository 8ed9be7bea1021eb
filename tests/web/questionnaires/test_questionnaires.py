"""The shelf: read by everybody of the organization, changed by its owners."""

import io
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.web.town import Town, Visit

BASE = "/organizations/example/questionnaires"
TINY = (Path(__file__).resolve().parents[3] / "questionnaires" / "examples" / "tiny.v1.yaml").read_text("utf-8")


def put(visit: Visit, text: str | bytes, name: str = "tiny.yaml") -> TestResponse:
    visit.get(BASE)
    data = text.encode() if isinstance(text, str) else text
    return visit.post(BASE, {"pack": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def named(text: str) -> str:
    """The name of the pack, such as tiny@1.0.0."""
    lines = dict(line.split(": ", 1) for line in text.splitlines() if line.startswith(("id: ", "version: ")))
    return f"{lines['id']}@{lines['version']}"


@pytest.mark.parametrize("path", ["", "/mlops@1.0.0"])
def test_everybody_of_the_organization_reads_the_shelf(town: Town, path: str) -> None:
    for name in ("olive", "alice", "bob", "vera"):
        assert town.browser(name).get(BASE + path).status_code == 200
    assert town.browser("charlie").get(BASE + path).status_code == 404
    assert town.browser().get(BASE + path).status_code == 401


def test_an_owner_uploads_reads_publishes_and_downloads_a_pack(town: Town) -> None:
    olive = town.browser("olive")
    answer = put(olive, TINY)
    assert answer.status_code == 303
    page = olive.get(answer.location)
    assert "draft" in page.text
    assert olive.get(f"{answer.location}/file").text == TINY
    assert "never changes" in olive.get(f"{answer.location}/publish").text
    assert olive.post(f"{answer.location}/publish").status_code == 303
    assert "published" in olive.get(answer.location).text
    assert named(TINY) in town.browser("bob").get(BASE).text


def test_drafts_are_not_seen_by_others(town: Town) -> None:
    put(town.browser("olive"), TINY)
    assert named(TINY) not in town.browser("bob").get(BASE).text
    assert named(TINY) not in town.browser("alice").get(BASE).text


def test_every_problem_of_a_pack_is_told_with_its_place_and_nothing_is_kept(town: Town) -> None:
    olive = town.browser("olive")
    answer = put(olive, TINY.replace("answer_rule:", "answer_role:", 1))
    assert answer.status_code == 422
    assert "Line " in answer.text
    assert "answer_role" in answer.text
    assert named(TINY) not in olive.get(BASE).text


@pytest.mark.parametrize("hostile", [b"\xff\xfe\x00", b"a: &a [*a]", b"[" * 10_000, b"", b"\x00" * 100])
def test_hostile_files_are_refused_with_words(town: Town, hostile: bytes) -> None:
    assert put(town.browser("olive"), hostile).status_code == 422


def test_a_file_over_the_limit_is_too_large(town: Town) -> None:
    answer = town.browser("olive").post(BASE, data=b"x" * 1_100_000, content_type="application/octet-stream")
    assert answer.status_code == 413
    assert put(town.browser("olive"), b"# " + b"x" * 300_000).status_code == 422


def test_a_form_without_a_file_is_shown_again(town: Town) -> None:
    olive = town.browser("olive")
    olive.get(BASE)
    answer = olive.post(BASE, {})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_only_owners_change_the_shelf(town: Town) -> None:
    where = put(town.browser("olive"), TINY).location
    for name, status in (("alice", 403), ("bob", 403), ("vera", 403), ("charlie", 404)):
        visit = town.browser(name)
        assert visit.post(BASE).status_code == status
        assert visit.post(f"{where}/publish").status_code == status
        assert visit.post(f"{where}/withdraw").status_code == status
        assert visit.get(f"{where}/publish").status_code == status


def test_a_draft_can_be_withdrawn_and_a_published_version_cannot(town: Town) -> None:
    olive = town.browser("olive")
    where = put(olive, TINY).location
    assert olive.post(f"{where}/withdraw").status_code == 303
    assert olive.get(where).status_code == 404
    where = put(olive, TINY).location
    olive.get(where)
    olive.post(f"{where}/publish")
    assert olive.post(f"{where}/withdraw").status_code == 422


def test_a_published_version_uploaded_with_other_words_is_refused(town: Town) -> None:
    olive = town.browser("olive")
    where = put(olive, TINY).location
    olive.get(where)
    olive.post(f"{where}/publish")
    answer = put(olive, TINY.replace("title: ", "title: Another ", 1))
    assert answer.status_code == 422
    assert "raise the version" in answer.text


def test_differences_between_versions_are_shown(town: Town) -> None:
    olive = town.browser("olive")
    where = put(olive, TINY).location
    olive.get(where)
    olive.post(f"{where}/publish")
    version = named(TINY).partition("@")[2]
    later = TINY.replace(f"version: {version}", "version: 9.0.0", 1).replace("text: ", "text: Truly. ")
    second = put(olive, later).location
    assert f"changes since {version}" in olive.get(BASE).text
    page = olive.get(f"{second}/since/{named(TINY)}")
    assert page.status_code == 200
    assert ">Reworded: " in page.text
    assert "Truly. " in page.text


@pytest.mark.parametrize("name", ["nothing@1.0.0", "mlops@9.9.9", "mlops", "%00", "x" * 3000])
def test_an_unknown_name_is_not_found(town: Town, name: str) -> None:
    assert town.browser("olive").get(f"{BASE}/{name}").status_code == 404
