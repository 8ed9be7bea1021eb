"""Files that are taken in."""

from io import BytesIO

import pytest

from app.formats.attachment import PDF_BYTES
from app.services.assessments import list_assessments
from app.services.exchange import export_file
from app.services.teams import find_team
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import reading, writing
from app.web.access import FORM_BYTES
from app.web.assessments import importing
from tests.web.town import NOW, Town

RAW = b"""format: mythmark/assessment@1
organization: Example
team: Forecasting
quarter: 2026-Q1
questionnaire: mlops@1.0.0
anonymity: open
respondents:
  - {id: r1, role: data_scientist, answers: {mon-drift: 3, mon-cost: dk}}
"""


def rows(town: Town) -> list[AssessmentRow]:
    with reading(town.engine) as session:
        return list(list_assessments(session, find_team(session, town.ours, town.team_id)))


def give(town: Town, data: bytes, name: str = "file.yaml", **more: str) -> tuple[int, str, str]:
    browser = town.browser("alice")
    answer = browser.post(
        f"/teams/{town.team_id}/assessments/import",
        {"file": (BytesIO(data), name), **more},
        content_type="multipart/form-data",
    )
    return answer.status_code, answer.text, answer.location or ""


def test_a_raw_file_is_open_and_its_page_says_how_to_go_on(town: Town) -> None:
    status, _, location = give(town, RAW)
    (row,) = rows(town)
    assert (status, location, row.state, row.quarter) == (303, f"/assessments/{row.public_id}", "open", "2026-Q1")
    page = town.browser("alice").get(location).text
    assert "nobody answers any more" in page
    assert "Go on to the record" in page
    assert "Run the workshop" not in page
    assert "Close the assessment" in page


def test_a_settled_file_is_closed_as_it_was_published(town: Town) -> None:
    one = town.begin("2026-Q2")
    town.browser("alice").post(f"/assessments/{one}/close")
    with writing(town.engine) as session:
        data = export_file(session, town.actor("alice"), town.row(session, one), "settled", at=NOW)
    status, text, _ = give(town, data)
    assert status == 409
    assert "continue that one" in text
    town.browser("olive").post(f"/assessments/{one}/void", {"reason": "To take it in again"})
    assert give(town, data)[0] == 303
    assert [row.state for row in rows(town)] == ["closed"]


def test_a_file_of_another_team_is_taken_in_only_when_that_is_meant(town: Town) -> None:
    other = RAW.replace(b"Forecasting", b"Pricing")
    status, text, _ = give(town, other)
    assert status == 422
    assert "the team “Pricing” of “Example”, and this is “Forecasting”" in text
    assert 'name="other_team"' in text
    assert rows(town) == []
    assert give(town, other, other_team="y")[0] == 303
    assert [row.state for row in rows(town)] == ["open"]


def test_capitals_and_blanks_make_no_other_team(town: Town) -> None:
    status, text, _ = give(town, RAW.replace(b"team: Forecasting", b"team: ' FORECASTING '"))
    assert status == 303, text


def test_every_problem_is_listed_with_its_place(town: Town) -> None:
    status, text, _ = give(town, RAW.replace(b"2026-Q1", b"2026-Q9") + b"unknown: 1\n")
    assert status == 422
    assert "2 problems; nothing was taken in" in text
    assert "Line 4, column" in text
    assert "Line 9, column 1" in text
    assert rows(town) == []


@pytest.mark.parametrize(
    ("data", "name", "status", "says"),
    [
        (b"", "empty.yaml", 422, "Choose a file that is not empty"),
        (b"%PDF-1.7 nothing", "report.pdf", 422, "PDF"),
        (RAW.replace(b"anonymity: open", b"anonymity: anonymous"), "a.yaml", 403, "anonymous terms"),
        (b"\x00\x01\x02", "a.bin", 422, "problem"),
    ],
)
def test_what_cannot_be_taken_in_says_why_and_changes_nothing(
    town: Town, data: bytes, name: str, status: int, says: str
) -> None:
    found, text, _ = give(town, data, name)
    assert found == status
    assert says in text
    assert rows(town) == []


def test_a_file_too_large_for_its_kind_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "ASSESSMENT_BYTES", len(RAW) - 1)
    status, text, _ = give(town, RAW)
    assert status == 422
    assert "only a report PDF may be larger" in text
    assert rows(town) == []


def test_a_body_larger_than_any_report_is_refused_unread(town: Town) -> None:
    answer = town.browser("alice").client.post(
        f"/teams/{town.team_id}/assessments/import",
        environ_overrides={"CONTENT_LENGTH": str(PDF_BYTES + FORM_BYTES + 1)},
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
