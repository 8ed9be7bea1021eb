"""The report in a terminal: at most 40 lines, in the same words as every other medium."""

import os
import shutil
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from app.domain.questionnaire import MAX_LEVEL
from app.domain.report.figures import Bar, BarsChart
from app.domain.report.pages import Report

#: Where the output is no terminal, lines are as long as this.
PLAIN_WIDTH = 100
MOST_BLOCKERS, MOST_BARS, MOST_CELLS, MOST_STEPS = 7, 6, 8, 6
#: For saying why there is no stage, where there is none.
MOST_ROWS = 4
Line = tuple[str, str]  # text and rich style
BLOCKS, ASCII_BLOCKS = "█░·", "#-."


def print_summary(report: Report, written: Sequence[str], stream: TextIO) -> None:
    """Print the summary; plain and without colour when the stream is no terminal."""
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if stream.isatty() else PLAIN_WIDTH
    console = Console(file=stream, width=width, highlight=False, no_color="NO_COLOR" in os.environ or None)
    for text, style in summary(report, written, width, _blocks(stream.encoding)):
        console.print(Text(text, style), soft_wrap=True)


def summary(report: Report, written: Sequence[str], width: int, blocks: str = BLOCKS) -> list[Line]:
    """At most 40 lines, none wider than ``width`` terminal cells but the names of the files."""
    sections = [
        _head(report),
        _stage(report, width),
        _bars(report, width, blocks),
        _myths(report, width),
        _steps(report),
    ]
    lines: list[Line] = []
    for section in sections:
        made = [(_cut(text, width), style) for text, style in section]
        lines += [("", "")] * bool(lines and made) + made
    if written:
        lines += [("", ""), (f"Written: {', '.join(_plain(name) for name in written)}", "")]
    return lines


def _head(report: Report) -> Iterator[Line]:
    yield f"{report.organization}, {report.team}, {report.quarter}", "bold"
    yield report.sponsor.headline, ""


def _stage(report: Report, width: int) -> Iterator[Line]:
    stage = report.sponsor.stage
    if stage.number is None:
        yield from ((row, "") for row in _rows(_plain(stage.say), width, MOST_ROWS))
    else:
        yield f"Stage {stage.number} of {MAX_LEVEL}: {stage.name}", "bold"
    if stage.blockers:
        yield stage.blockers_title, ""
    shown = _some(stage.blockers, MOST_BLOCKERS)
    label_width = max((cell_len(_plain(row.label)) for row in shown), default=0)
    for row in shown:
        yield f"  {set_cell_size(_plain(row.label), label_width)}  {row.text}", ""
    yield from _more(len(stage.blockers) - len(shown))


def _bars(report: Report, width: int, blocks: str) -> Iterator[Line]:
    figure = report.sponsor.bars
    if figure is None or not isinstance(figure.chart, BarsChart):
        return
    bars = _some(figure.chart.bars, MOST_BARS)
    names = max(cell_len(_plain(bar.name)) for bar in bars)
    room = max(8, min(40, width - names - 24))
    for bar in bars:
        yield f"{set_cell_size(_plain(bar.name), names)}  {_bar(bar, room, blocks)}", "blue"
    yield from _more(len(figure.chart.bars) - len(bars))


def _bar(bar: Bar, room: int, blocks: str) -> str:
    if bar.supported is None:
        return f"{blocks[2] * room}  {bar.note}"
    claimed = max(bar.supported, bar.claimed or 0.0)
    solid = round(room * bar.supported / MAX_LEVEL)
    hollow = round(room * claimed / MAX_LEVEL) - solid
    also = f", {claimed:.1f} claimed" if claimed > bar.supported else ""
    return f"{blocks[0] * solid}{blocks[1] * hollow}{blocks[2] * (room - solid - hollow)}  {bar.label}{also}"


def _myths(report: Report, width: int) -> Iterator[Line]:
    cells: dict[str, list[str]] = {}
    for card in report.myths.cards:
        cells.setdefault(card.cell_name, []).append(_plain(card.name))
    if cells:
        yield report.myths.headline, "bold"
    label_width = max((cell_len(_plain(name)) for name in cells), default=0)
    rows = 2 if len(cells) <= MOST_CELLS // 2 else 1
    for name, myths in list(cells.items())[:MOST_CELLS]:
        start = f"  {set_cell_size(_plain(name), label_width)} {len(myths):>3}  "
        for row in _rows("; ".join(myths), max(20, width - cell_len(start)), rows):
            yield start + row, ""
            start = " " * cell_len(start)


def _steps(report: Report) -> Iterator[Line]:
    plan = report.sponsor.next_quarter
    yield plan.finding, "bold"
    shown = _some(plan.steps, MOST_STEPS)
    days = max((cell_len(_plain(step.days)) for step in shown), default=0)
    for step in shown:
        gate = "gate" if step.gate else "    "
        yield f"  {' ' * (days - cell_len(_plain(step.days)))}{step.days}  {gate}  {step.title} ({step.capability})", ""
    yield from _more(len(plan.steps) - len(shown))


def _rows(text: str, width: int, most: int) -> list[str]:
    """Break a text between words into rows; what finds no room is cut from the last one."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and cell_len(longer) > width and len(rows) < most:
            rows.append(word)
        else:
            rows[-1] = longer
    return [*rows[:-1], _cut(rows[-1], width)]


def _some(items: Sequence, most: int) -> Sequence:  # type: ignore[type-arg]
    """The first of them, so that together with the line on the rest there are at most ``most``."""
    return items if len(items) <= most else items[: most - 1]


def _more(left: int) -> Iterator[Line]:
    if left > 0:
        yield f"  and {left} more in the report", ""


def _cut(text: str, width: int) -> str:
    text = _plain(text)
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _plain(text: str) -> str:
    """Without control characters: a name must not steer the terminal."""
    return "".join(char if char.isprintable() else "�" for char in text)


def _blocks(encoding: str | None) -> str:
    try:
        BLOCKS.encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return ASCII_BLOCKS
    return BLOCKS
