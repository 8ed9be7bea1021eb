"""Reads a whole report as a careful reader would: every text of it, with the place where it stands."""

import dataclasses
import re
from collections.abc import Iterator

from app.domain.report.pages import Figure, Report, Table

#: Fields that are never empty, whatever the numbers are.
_NEEDED = {
    "headline", "lead", "finding", "alt", "title", "caption", "name", "sentence", "claim", "reality", "cell_name",
    "text", "capability", "level", "rule", "field_alt", "say_do_alt", "subject", "purpose", "answered_by",
    "questionnaire", "days", "url", "verification", "meaning",
}  # fmt: skip
_NO_STAGE = "report.sponsor.stage.name"  # where there is no stage, it has no name
_COUNTED = (
    "questions|gates|steps|days|points|dimensions|myths|claims|quarters|people|capabilities|levels|respondents|roles|"
    "places|statements|floors"
)
_ONE = re.compile(rf"(?<![\w.])(?:1|one) (?:{_COUNTED})\b", re.IGNORECASE)


def texts(value: object, where: str = "report") -> Iterator[tuple[str, str]]:
    """Every text with its place."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from texts(part, f"{where}[{place}]")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name), f"{where}.{field.name}")


def faults(report: Report) -> list[str]:
    """What a careful reader would mark, one line a fault; empty for a clean report."""
    found = []
    for where, text in texts(report):
        if ".chart.words" in where:
            continue  # patterns that the chart fills in
        for fault, bad in (
            ("says None", "None" in re.sub(r"\bNone( of\b|, apart)", "", text)),
            ("two spaces", "  " in text),
            ("shouts", "!" in text),
            ("one of many", bool(_ONE.search(text))),
            ("space before a mark", bool(re.search(r" [,.;:?]", text))),
            ("two marks", ".." in text or ".;" in text or ",," in text or ";." in text),
            ("blames", bool(re.search(r"\breject", text, re.IGNORECASE))),
            ("ragged", text != text.strip()),
            ("unfinished", "{" in text or "}" in text),
        ):
            if bad:
                found.append(f"{where}: {fault}: {text!r}")
        field = re.sub(r"\[\d+\]", "", where).rsplit(".", 1)[-1]
        if not text and field in _NEEDED and where != _NO_STAGE:
            found.append(f"{where}: empty")
    return found + _tables(report) + _figures(report)


def _parts(value: object, kind: type) -> Iterator[object]:
    if isinstance(value, kind):
        yield value
    if isinstance(value, tuple):
        for part in value:
            yield from _parts(part, kind)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _parts(getattr(value, field.name), kind)


def _tables(report: Report) -> list[str]:
    found = []
    for table in _parts(report, Table):
        assert isinstance(table, Table)
        widths = {len(table.header), len(table.numeric), *(len(row) for row in table.rows)}
        widths |= {len(table.footer)} if table.footer else set()
        if len(widths) > 1:
            found.append(f"{table.caption}: rows of {sorted(widths)} cells")
        found += [f"{table.caption}: an empty cell in {row}" for row in table.rows if not all(row)]
    return found


def _figures(report: Report) -> list[str]:
    figures = [f for f in _parts(report, Figure) if isinstance(f, Figure)]
    return [
        f"{f.id}: the text alternative does not begin with the finding"
        for f in figures
        if not f.alt.startswith(f.finding)
    ]
