"""The spreadsheet: five sheets, real numbers, no formulas, the same bytes."""

import datetime as dt
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.domain.report.figures import CoverField, HeatChart, SayDo
from app.domain.report.pages import (
    Appendix,
    BlockerRow,
    ChangePages,
    Cover,
    Disagreement,
    Figure,
    MethodSection,
    MythCard,
    Myths,
    Point,
    QuarterBlock,
    ReferenceEntry,
    Report,
    RoadmapPages,
    Sponsor,
    StageBlock,
    Stand,
    StepList,
    Table,
)
from app.domain.result import Result
from app.formats.spreadsheet import result_xlsx
from app.formats.workbook import Block, Column, Page, draw_workbook
from tests.result_strategies import results
from tests.strategies import MYTHS

pytestmark = pytest.mark.slow  # makes whole reports

FEW = settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
_TABLE = Table("", (), (), ())
_HEAT = HeatChart(())


def _report(result: Result) -> Report:
    sheet = result.sheet
    stage = StageBlock(
        1, "Started", "=SAY()", None, "", "What blocks stage 2", (BlockerRow("-gate", "+1", 1, 2),), (), ()
    )
    cards = tuple(
        MythCard(
            m, m, "debunked", "Debunked", "@claim", "A reality.", SayDo(1, 2), "", "A sentence.", (), _TABLE, (), (), ()
        )
        for m in MYTHS
    )
    heat = Figure("heat", "", "", "", _HEAT, (), _TABLE, ())
    return Report(
        title=f"Mythmark {sheet.team}",
        subject="A report",
        organization=sheet.organization,
        team=sheet.team,
        quarter=sheet.quarter.in_words,
        date=sheet.date,
        variant=sheet.variant,
        cover=Cover(sheet.organization, sheet.team, "", "", "", "", CoverField(_HEAT), ""),
        sponsor=Sponsor("=HEAD()", stage, None, None, "", (), (Point("=A1", "=B1"),), (), StepList("", "", ())),
        stand=Stand("Where we stand", None, heat, (), None),
        myths=Myths("The myths", "", None, cards),
        disagreement=Disagreement("", "", (), (), (), (), None, (), None, ()),
        roadmap=RoadmapPages("The plan", "", (), None, (QuarterBlock("", "", ()),), None, None, None, None, ()),
        change=ChangePages("", "", None, None, None, None, None, (), ()),
        appendix=Appendix(
            (),
            (MethodSection("Levels", "4.1", "=how"),),
            (),
            _TABLE,
            (ReferenceEntry("T", "https://example.org/", "read"),),
            ("a limit",),
            (("Program", "0.1.0"),),
        ),
    )


def _open(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


@FEW
@given(results())
def test_the_spreadsheet_has_five_sheets_without_a_formula_and_the_same_bytes(result: Result) -> None:
    report = _report(result)
    data = result_xlsx(report, result)
    assert data == result_xlsx(report, result)
    book = _open(data)
    assert book.sheetnames == ["Summary", "Answers", "Myths", "Actions", "Method"]
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert book.properties.created == dt.datetime.combine(result.sheet.date, dt.time())


@FEW
@given(results())
def test_levels_are_numbers_under_their_headings(result: Result) -> None:
    rows = list(_open(result_xlsx(_report(result), result))["Answers"].values)
    head = next(row for row in rows if row[0] == "Question")
    found = {row[0]: row for row in rows}
    for name, score in result.scorecard.questions.items():
        assert found[name][head.index("Supported")] == score.supported
        assert found[name][head.index("Claimed")] == score.claimed


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "https://example.org/", "12"]
)
def test_a_text_stays_a_text(text: str) -> None:
    page = Page("A", text, text, (Block(text, (Column(text),), ((text,),)),))
    sheet = _open(draw_workbook((page,), text, text, dt.date(2026, 9, 30)))["A"]
    for cell in (sheet["A1"], sheet["A2"], sheet["A4"], sheet["A5"], sheet["A6"]):
        assert cell.data_type == "s"
        assert cell.value == text
        assert cell.hyperlink is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x07b", "a\ufffdb"),
        ("a\x0bb\ud800", "a\ufffdb\ufffd"),
        ("two\nlines", "two\nlines"),
        ("x" * 200, "x" * 200),
        ("_x0041_", "_x0041_"),
        ("y" * 40000, "y" * 31999 + "…"),
        ("\U0001f600 团队 команда", "\U0001f600 团队 команда"),
    ],
)
def test_what_a_cell_cannot_show_is_marked_and_nothing_else_is_lost(text: str, seen: str) -> None:
    page = Page("A", "t", "l", (Block("", (Column("c"),), ((text,),)),))
    assert _open(draw_workbook((page,), "t", "s", dt.date(2026, 9, 30)))["A"]["A5"].value == seen


def test_numbers_keep_their_four_decimals_and_shares_their_percent() -> None:
    columns = (Column("a", "level"), Column("b", "share"), Column("c", "whole"), Column("d"))
    page = Page("A", "t", "l", (Block("", columns, ((Fraction(4, 3), Fraction(1, 2), 3, True),)),))
    row = _open(draw_workbook((page,), "t", "s", dt.date(2026, 9, 30)))["A"][5]
    assert [cell.value for cell in row] == [1.3333, 0.5, 3, "yes"]
    assert [cell.number_format for cell in row[:3]] == ["0.00", "0%", "0"]
