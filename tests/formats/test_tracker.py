"""The board for other tools: nothing becomes a formula, and calendars read what is written."""

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.tracker import Entry, Occasion, board_csv, board_xlsx, calendar, jira_csv

DAY = dt.date(2026, 12, 1)
AT = dt.datetime(2026, 11, 21, 13, 40, tzinfo=dt.UTC)
TEXTS = st.text(max_size=40) | st.sampled_from(
    ["=1+1", " =1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "a=b", "\uff1d1+1", "\uff0b1"]
)


def entry(**changed: Any) -> Entry:  # noqa: ANN401
    fields: dict[str, Any] = {
        "id": "card1", "step": "mon-drift@2", "title": "Compare", "what": "Compare weekly", "why": "Gate of stage 2",
        "quarter": "2026-Q4", "state": "in_progress", "backlog": "team", "days": 5, "points": 7, "needs": ("Log",),
        "owner": "Dora", "due": DAY, "started": None, "effort_days": Decimal("2.5"), "link": "https://x.example/1",
        "note": "Small steps",
    }  # fmt: skip
    return Entry(**fields | changed)


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_table_holds_what_the_board_holds() -> None:
    (row,) = read(board_csv([entry()]))
    assert (row["Action"], row["Title"], row["State"], row["Due"]) == (
        "mon-drift@2",
        "Compare",
        "in progress",
        "2026-12-01",
    )
    assert (row["Person-days"], row["Points"], row["Days spent"], row["Started"]) == ("5", "7", "2.5", "")
    assert board_csv([entry()]).startswith(b"\xef\xbb\xbf")


def test_jira_gets_a_task_with_its_estimate_in_seconds() -> None:
    (row,) = read(jira_csv([entry()]))
    assert (row["Summary"], row["Issue Type"], row["Original Estimate"]) == ("Compare", "Task", "144000")
    assert (row["Due Date"], row["Labels"]) == ("2026-12-01", "mythmark mon-drift-level-2")
    assert row["Description"] == "Compare weekly\n\nGate of stage 2\n\nNeeds: Log\n\nSmall steps"
    assert read(jira_csv([entry(days=None, due=None)]))[0]["Original Estimate"] == ""


@given(TEXTS, TEXTS)
def test_no_cell_of_a_table_is_a_formula(note: str, owner: str) -> None:
    for data in (board_csv([entry(note=note, owner=owner, title=note)]), jira_csv([entry(note=note, title=owner)])):
        for row in read(data):
            for cell in row.values():
                assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
                assert not cell.startswith(("\t", "\r"))


@given(TEXTS)
def test_no_cell_of_the_spreadsheet_is_a_formula(note: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(board_xlsx([entry(note=note, title=note)], note or "Team", DAY)))
    cells = [cell for row in book["Board"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    # A text that could be one is marked as a text, so that editing the cell does not make it one.
    risky = [c for c in cells if isinstance(c.value, str) and c.value.startswith(("=", "+", "-", "@")) and c.row > 3]
    assert all(cell.quotePrefix for cell in risky)


def test_the_spreadsheet_computes_with_days_and_is_the_same_every_time() -> None:
    data = board_xlsx([entry(), entry(days=None, points=None, effort_days=None, due=None)], "Team", DAY)
    assert data == board_xlsx([entry(), entry(days=None, points=None, effort_days=None, due=None)], "Team", DAY)
    rows = list(openpyxl.load_workbook(io.BytesIO(data))["Board"].iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "Action")
    first = dict(zip(head, rows[rows.index(head) + 1], strict=True))
    assert (first["Person-days"], first["Points"], first["Days spent"], first["Due"]) == (5, 7, 2.5, "2026-12-01")


def _unfolded(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_a_calendar_holds_whole_days_in_order() -> None:
    later = Occasion("b", DAY + dt.timedelta(days=1), "Later", "")
    lines = _unfolded(calendar("Team", [later, Occasion("a", DAY, "Due: Compare", "T", "https://x.example/1")], at=AT))
    assert (lines[0], lines[-1], lines[1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "VERSION:2.0")
    begin = lines.index("BEGIN:VEVENT")
    assert lines[begin : lines.index("END:VEVENT")] == [
        "BEGIN:VEVENT", "UID:a", "DTSTAMP:20261121T134000Z", "DTSTART;VALUE=DATE:20261201",
        "DTEND;VALUE=DATE:20261202", "SUMMARY:Due: Compare", "DESCRIPTION:T", "URL:https://x.example/1",
        "TRANSP:TRANSPARENT",
    ]  # fmt: skip
    assert [line for line in lines if line.startswith("UID:")] == ["UID:a", "UID:b"]


def test_texts_of_a_calendar_are_escaped() -> None:
    lines = _unfolded(
        calendar("a,b", [Occasion("u", DAY, "a;b,c\\d", "one\r\ntwo\nEND:VEVENT", "https://x\r\nX:1")], at=AT)
    )
    assert "SUMMARY:a\\;b\\,c\\\\d" in lines
    assert "DESCRIPTION:one\\ntwo\\nEND:VEVENT" in lines
    assert "URL:https://xX:1" in lines
    assert lines.count("END:VEVENT") == 1


@given(st.text(max_size=300))
def test_whatever_is_written_no_line_is_too_long_and_nothing_is_cut_within_a_letter(text: str) -> None:
    lines = _unfolded(calendar("T", [Occasion("u", DAY, text, text)], at=AT))
    assert sum(line.startswith("BEGIN:") for line in lines) == 2


@pytest.mark.parametrize("text", ["é" * 200, "\N{CJK UNIFIED IDEOGRAPH-6F22}" * 100, "x" * 74 + "é"])
def test_long_texts_come_back_whole(text: str) -> None:
    assert f"SUMMARY:{text}" in _unfolded(calendar("T", [Occasion("u", DAY, text, "")], at=AT))
