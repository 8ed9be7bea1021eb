"""Reads a finished PDF back: its text page by page, its bookmarks and its attachments."""

import dataclasses
import functools
import io
import re
from collections.abc import Iterator

import pikepdf
import pypdf

from app.domain.explain import Explanation
from app.domain.report.pages import Figure, Report

#: Texts that stand in a drawing's own labels or steer it, and those that only a screen reader hears.
UNPRINTED = {
    "id",
    "ids",
    "key",
    "cell",
    "mark",
    "state",
    "variant",
    "family",
    "chart",
    "ladder",
    "field",
    "say_do",
    "why_title",
    "subject",
}
ALTERNATIVES = {"alt", "ladder_alt", "field_alt", "say_do_alt"}
_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f]+")


def squeezed(text: str) -> str:
    """The text without spaces, line ends and invisible signs, which a page sets as it likes."""
    return _INVISIBLE.sub("", text)


@functools.lru_cache(maxsize=16)
def page_texts(pdf: bytes) -> list[str]:
    """The text of each page in reading order."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def cover_places(pdf: bytes) -> dict[str, float]:
    """How far from the left edge each word of the first page begins, in points."""
    places: dict[str, float] = {}

    def place(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        places[text.strip()] = matrix[4] + text_matrix[4]

    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=place)
    return places


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """(depth, title) of each bookmark, in order."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:

        def walk(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str]]:
            for item in items:
                yield depth, item.title
                yield from walk(list(item.children), depth + 1)

        return list(walk(list(outline.root), 1))


def attachments(pdf: bytes) -> dict[str, tuple[str, bytes]]:
    """(relationship, bytes) of each attached file by name."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            name: (
                str(document.attachments[name].obj.AFRelationship),
                document.attachments[name].get_file().read_bytes(),
            )
            for name in document.attachments
        }


def alternatives(pdf: bytes) -> list[str]:
    """The text alternative of each figure."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(item.Alt) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]


def strings(value: object, wanted: set[str] | None = None) -> Iterator[str]:
    """Every text of the report that has to be printed, or those of the ``wanted`` fields only."""
    if isinstance(value, str):
        if value and wanted is None:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item, wanted)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inside = getattr(value, field.name)
            if wanted is not None and field.name in wanted:
                yield inside
            elif field.name not in UNPRINTED | ALTERNATIVES:
                yield from strings(inside, wanted)


def figures(value: object) -> Iterator[Figure]:
    """Every figure of the report."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from figures(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Explanation):
        for field in dataclasses.fields(value):
            yield from figures(getattr(value, field.name))


def missing(report: Report, pdf: bytes) -> list[str]:
    """The texts of the report that no page has."""
    found = squeezed("".join(page_texts(pdf)))
    return [text for text in strings(report) if squeezed(text) not in found]
