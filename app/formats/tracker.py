"""A board as files for other tools: a table, what Jira's importer reads, a spreadsheet, a calendar.

No cell of any of them can become a formula: a text that begins as one gets an apostrophe before it, as spreadsheets
themselves write it.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.formats.workbook import RISKY, Block, Column, Page, draw_workbook, shown

_SECONDS_A_DAY = 8 * 60 * 60
#: RFC 5545, 3.1: octets of a line before it is folded.
_LINE = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """One action as other tools get it. ``days`` are planned, ``effort_days`` spent person-days."""

    id: str
    step: str
    title: str
    what: str
    why: str
    quarter: str
    state: str
    backlog: str
    days: int | None
    points: int | None
    needs: tuple[str, ...]
    owner: str
    due: dt.date | None
    started: dt.date | None
    effort_days: Decimal | None
    link: str
    note: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """A whole day of a calendar. ``uid`` stays the same when the day moves."""

    uid: str
    day: dt.date
    title: str
    text: str
    link: str = ""


_HEADINGS = (
    "Action", "Title", "Quarter", "State", "Backlog", "Person-days", "Points", "Why", "What", "Needs", "Owner", "Due",
    "Started", "Days spent", "Link", "Note", "Id",
)  # fmt: skip


def board_csv(entries: Iterable[Entry]) -> bytes:
    """A table in UTF-8 with a byte order mark, as spreadsheets want it; a line an action."""
    rows = [[_text(cell) for cell in _cells(entry)] for entry in entries]
    return _csv(_HEADINGS, rows, mark=True)


def jira_csv(entries: Iterable[Entry]) -> bytes:
    """What Jira's CSV importer reads; dates as ``yyyy-MM-dd``, the estimate in seconds of eight-hour days."""
    headings = ("Summary", "Issue Type", "Description", "Labels", "Due Date", "Original Estimate", "External Issue ID")
    rows = [
        [
            entry.title,
            "Task",
            "\n\n".join(part for part in (entry.what, entry.why, _needs(entry), entry.note) if part),
            f"mythmark {entry.step.replace('@', '-level-')}",
            _text(entry.due),
            "" if entry.days is None else str(entry.days * _SECONDS_A_DAY),
            entry.step,
        ]
        for entry in entries
    ]
    return _csv(headings, rows, mark=False)


def board_xlsx(entries: Sequence[Entry], team: str, date: dt.date) -> bytes:
    """The board as a spreadsheet of one sheet; the same bytes for the same board and date."""
    widths = (24, 44, 10, 14, 12, 12, 8, 40, 48, 36, 20, 12, 12, 11, 32, 40, 24)
    numbers = {"Person-days": "whole", "Points": "whole", "Days spent": "level"}
    columns = tuple(
        Column(name, "level" if numbers.get(name) == "level" else "whole" if name in numbers else "text", width)
        for name, width in zip(_HEADINGS, widths, strict=True)
    )
    rows = tuple(
        tuple(Fraction(c) if isinstance(c, Decimal) else _text(c) if isinstance(c, dt.date) else c for c in _cells(e))
        for e in entries
    )
    page = Page("Board", f"Roadmap board of {team}", f"As of {date.isoformat()}", (Block("", columns, rows),))
    return draw_workbook((page,), f"Roadmap board of {team}", "Roadmap board", date)


def calendar(name: str, occasions: Iterable[Occasion], *, at: dt.datetime) -> bytes:
    """An iCalendar feed (RFC 5545) of whole days."""
    stamp = at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mythmark//Roadmap//EN", "CALSCALE:GREGORIAN",
        f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]  # fmt: skip
    for occasion in sorted(occasions, key=lambda o: (o.day, o.uid)):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(occasion.uid)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{occasion.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{occasion.day + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(occasion.title)}",
            f"DESCRIPTION:{_escaped(occasion.text)}",
            *([f"URL:{_address(occasion.link)}"] if occasion.link else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _cells(entry: Entry) -> tuple[str | int | Decimal | dt.date | None, ...]:
    return (
        entry.step,
        entry.title,
        entry.quarter,
        entry.state.replace("_", " "),
        entry.backlog,
        entry.days,
        entry.points,
        entry.why,
        entry.what,
        ", ".join(entry.needs),
        entry.owner,
        entry.due,
        entry.started,
        entry.effort_days,
        entry.link,
        entry.note,
        entry.id,
    )


def _needs(entry: Entry) -> str:
    return f"Needs: {', '.join(entry.needs)}" if entry.needs else ""


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]], *, mark: bool) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _text(cell: str | int | Decimal | dt.date | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _inert(text: str) -> str:
    """The text as no spreadsheet takes it for a formula, whatever white space it begins with."""
    clean = shown(text)
    return f"'{clean}" if clean.lstrip().startswith(RISKY) or clean.startswith(RISKY) else clean


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11."""
    clean = shown(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return clean.replace("\r", "").replace("\n", "\\n").replace("\t", " ")


def _address(link: str) -> str:
    return "".join(c for c in link if c.isprintable() and not c.isspace())


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of them cut within a letter."""
    pieces: list[str] = []
    piece, length = "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > _LINE:
            pieces.append(piece)
            piece, length = " ", 1
        piece, length = piece + letter, length + size
    return "\r\n".join([*pieces, piece])
