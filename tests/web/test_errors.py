"""Every refusal as a page, as a notice for htmx, and as a problem document."""

import json
from collections.abc import Iterator

import pytest
from flask import Blueprint, abort

from app.domain.errors import MythmarkError, NotAQuarter
from app.formats.problems import Problem, Problems
from app.store.errors import NotFound, StoreBusy, VersionConflict, WrongSchema
from app.web.access import NotAllowed, NotSignedIn, Role, allow
from app.web.parts import Parts
from app.web.refusals import ALL, BROKEN, ERRORS, STATUSES, refusal_of
from tests.web.conftest import Make
from tests.web.linting import LintingClient

STATUS = (400, 401, 403, 404, 405, 409, 412, 413, 422, 429, 500, 503)
RAISED = {
    "signed-out": NotSignedIn(),
    "role": NotAllowed(),
    "missing": NotFound("team"),
    "faster": VersionConflict("note", 3, "their words"),
    "busy": StoreBusy(),
    "old": WrongSchema("run mythmark migrate with the secret word"),
    "quarter": NotAQuarter("<b>Q9</b>"),
    "file": Problems([Problem("a.yaml", 3, 7, "agreed.mon-drift", "write a level from 0 to 4")]),
    "ours": MythmarkError("the inner works say sesame"),
    "foreign": KeyError("sesame"),
}


@pytest.fixture
def client(make: Make) -> LintingClient:
    room = Blueprint("room", __name__)

    def refuse(what: str) -> str:
        if what in RAISED:
            raise RAISED[what]
        abort(int(what))

    for prefix in ("", "/api/v1"):
        view = allow(Role.ANYONE)(refuse)
        room.add_url_rule(f"{prefix}/refuse/<what>", f"refuse{len(prefix)}", view)
    client = make(Parts(rooms=(room,))).test_client()
    assert isinstance(client, LintingClient)
    return client


@pytest.mark.parametrize("status", STATUS)
def test_every_status_is_a_page_that_says_what_happened_what_is_safe_and_what_to_do(
    client: LintingClient, status: int
) -> None:
    answer = client.get(f"/refuse/{status}")
    row = STATUSES[status]
    assert answer.status_code == status
    for words in (row.title, row.safe, row.todo):
        assert words in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", STATUS)
def test_every_status_is_a_problem_document_under_the_api(client: LintingClient, status: int) -> None:
    answer = client.get(f"/api/v1/refuse/{status}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    told = json.loads(answer.data)
    assert told["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(told)
    assert f'id="{told["type"].partition("#")[2]}"' in client.get("/help").text


@pytest.mark.parametrize(("status", "wait"), [(429, "60"), (503, "30")])
def test_who_has_to_wait_is_told_how_long(client: LintingClient, status: int, wait: str) -> None:
    assert client.get(f"/refuse/{status}").headers["Retry-After"] == wait


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("signed-out", 401),
        ("role", 403),
        ("missing", 404),
        ("faster", 412),
        ("busy", 503),
        ("old", 503),
        ("quarter", 422),
        ("file", 422),
        ("ours", 500),
        ("foreign", 500),
    ],
)
def test_errors_of_ours_find_their_row(client: LintingClient, what: str, status: int) -> None:
    assert client.get(f"/refuse/{what}").status_code == status
    assert client.get(f"/api/v1/refuse/{what}").status_code == status


def test_an_error_may_say_it_better_and_is_escaped(client: LintingClient) -> None:
    assert "&lt;b&gt;Q9&lt;/b&gt;" in client.get("/refuse/quarter").text


def test_the_problems_of_a_file_are_listed_with_their_places(client: LintingClient) -> None:
    page = client.get("/refuse/file").text
    assert "Line 3, column 7" in page
    assert "write a level from 0 to 4" in page
    told = json.loads(client.get("/api/v1/refuse/file").data)
    assert told["errors"] == [
        {"line": 3, "column": 7, "path": "agreed.mon-drift", "message": "write a level from 0 to 4"}
    ]


@pytest.mark.parametrize("what", ["ours", "foreign", "old"])
def test_the_inside_of_the_program_is_not_told(
    client: LintingClient, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for prefix in ("", "/api/v1"):
        answer = client.get(f"{prefix}/refuse/{what}")
        assert "sesame" not in answer.text
        assert "secret word" not in answer.text
    said = capsys.readouterr().err
    assert '"event": "broken"' in said
    assert "sesame" not in said


def test_a_broken_page_names_the_number_of_the_log(client: LintingClient, capsys: pytest.CaptureFixture[str]) -> None:
    answer = client.get("/refuse/foreign")
    number = answer.headers["X-Request-ID"]
    assert number in answer.text
    assert number in capsys.readouterr().err


def test_htmx_gets_a_notice_for_the_place_of_notices(client: LintingClient) -> None:
    answer = client.get("/refuse/409", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "<html" not in answer.text


def test_a_wrong_method_says_which_are_right(client: LintingClient) -> None:
    answer = client.post("/help")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_path_that_is_nowhere_is_a_page(client: LintingClient) -> None:
    assert "There is nothing at this address" in client.get("/nowhere").text


def test_an_unknown_status_is_still_answered(client: LintingClient) -> None:
    assert client.get("/refuse/418").status_code == 418


def test_rows_are_found_by_the_nearest_class() -> None:
    class Nearer(NotAQuarter): ...

    assert refusal_of(Nearer("x")).status == 422
    assert refusal_of(OSError()).status == 500


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({row.slug for row in ALL}) == len(ALL)
    assert {row.status for row in ALL} == {row.status for row in [*ERRORS.values(), *STATUSES.values()]}


def _kinds(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)


def test_every_error_of_ours_has_a_row_of_its_own_or_says_why_not() -> None:
    bases = {"MythmarkError", "ServiceError", "AccountError", "StoreError", "DomainError"}
    inner = {"BadSecret", "Unreachable", "UnscopedQuery"}  # of the operator and of tests: nothing that a page can mend
    lacking = {
        kind.__name__
        for kind in _kinds(MythmarkError)
        if kind.__module__.startswith("app.") and refusal_of(kind.__new__(kind)) is BROKEN
    }
    assert lacking - bases - inner == set()
