"""Draws plain tables into an XLSX workbook: the same bytes for the same tables, and nothing that could be a formula."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Literal, TypeAlias

from app.formats.numbers import figure
from app.loading import when_used

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
else:
    xlsxwriter = when_used("xlsxwriter")

Kind: TypeAlias = Literal["text", "whole", "level", "share"]

#: Excel's own limit is 32,767.
_LONGEST = 32_000
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
#: What a spreadsheet takes for the beginning of a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_FORMATS: Mapping[Kind, str] = {"text": "@", "whole": "0", "level": "0.00", "share": "0%"}
_INK, _ACCENT, _HEAD, _LINE, _MUTED = "#1b2430", "#1f4e79", "#eef3f8", "#d9dde3", "#566273"
_PAPER_A4 = 9


@dataclass(frozen=True, slots=True)
class As:
    """A number that is of another kind than its column."""

    value: Fraction | int | None
    kind: Kind


Cell: TypeAlias = str | int | Fraction | bool | As | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what its cells are, its width in characters."""

    title: str
    kind: Kind = "text"
    width: int = 12


@dataclass(frozen=True, slots=True)
class Block:
    """One table under a heading; the heading may be empty."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. The widths are those of the widest column of its blocks; the first block's header stays in view."""

    name: str
    title: str
    lead: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Styles:
    title: "Format"
    lead: "Format"
    heading: "Format"
    head: "Format"
    cells: "Mapping[tuple[Kind, bool], Format]"


def draw_workbook(pages: tuple[Page, ...], title: str, subject: str, date: dt.date) -> bytes:
    """The workbook as XLSX, dated ``date``."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = dt.datetime.combine(date, dt.time())
    book.set_properties({"title": shown(title), "subject": shown(subject), "author": "", "created": created})
    styles = _styles(book)
    for page in pages:
        _draw(book.add_worksheet(page.name), page, styles)
    book.close()
    return target.getvalue()


def shown(text: str) -> str:
    """The text with a visible mark for what no cell can show, cut with a mark where it is too long."""
    clean = _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n"))
    return clean if len(clean) <= _LONGEST else f"{clean[: _LONGEST - 1]}…"


def _styles(book: "Workbook") -> _Styles:
    plain = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "valign": "top"}
    cell = plain | {"bottom": 1, "bottom_color": _LINE, "text_wrap": True}
    cells = {
        (kind, risky): book.add_format(cell | {"num_format": code, "quote_prefix": risky} | _side(kind))
        for kind, code in _FORMATS.items()
        for risky in (False, True)
    }
    return _Styles(
        title=book.add_format(plain | {"font_size": 18, "bold": True, "font_color": _ACCENT}),
        lead=book.add_format(plain | {"font_color": _MUTED}),
        heading=book.add_format(plain | {"font_size": 13, "bold": True, "font_color": _ACCENT}),
        head=book.add_format(cell | {"bold": True, "bg_color": _HEAD, "valign": "bottom"}),
        cells=cells,
    )


def _side(kind: Kind) -> dict[str, str]:
    return {"align": "left" if kind == "text" else "right"}


def _draw(sheet: "Worksheet", page: Page, styles: _Styles) -> None:
    for index in range(max(len(block.columns) for block in page.blocks)):
        widths = [block.columns[index].width for block in page.blocks if index < len(block.columns)]
        sheet.set_column(index, index, max(widths))
    sheet.write_string(0, 0, shown(page.title), styles.title)
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, shown(page.lead), styles.lead)
    row, first_rows = 3, 0
    for number, block in enumerate(page.blocks):
        if block.heading:
            sheet.write_string(row, 0, shown(block.heading), styles.heading)
            row += 1
        if number == 0:
            first_rows = row + 1
        row = _draw_block(sheet, row, block, styles) + 1
    sheet.freeze_panes(first_rows, 1)
    sheet.repeat_rows(0, first_rows - 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")


def _draw_block(sheet: "Worksheet", row: int, block: Block, styles: _Styles) -> int:
    for index, column in enumerate(block.columns):
        sheet.write_string(row, index, shown(column.title), styles.head)
    for cells in block.rows:
        row += 1
        for index, (column, value) in enumerate(zip(block.columns, cells, strict=True)):
            _write(sheet, row, index, value, column.kind, styles)
    return row + 1


def _write(sheet: "Worksheet", row: int, index: int, value: Cell, kind: Kind, styles: _Styles) -> None:
    if isinstance(value, As):
        kind, value = value.kind, value.value
    if isinstance(value, bool):
        value = "yes" if value else ""
    if value is None or value == "":
        sheet.write_blank(row, index, None, styles.cells[kind, False])
    elif isinstance(value, str):
        text = shown(value)
        sheet.write_string(row, index, text, styles.cells["text", text.startswith(RISKY)])
    else:
        sheet.write_number(row, index, figure(value) or 0, styles.cells[kind, False])
