"""What is put into a rendering and what comes out of it; loads neither matplotlib nor Typst."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal, Protocol, TypeAlias, TypeVar

from app.domain.report.figures import Chart
from app.domain.report.pages import Report

T = TypeVar("T")
Relationship: TypeAlias = Literal["source", "data", "supplement", "alternative"]

_MEDIA_TYPES: Final = {".yaml": "application/yaml", ".yml": "application/yaml", ".json": "application/json"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF. ``relationship`` is how PDF/A-3 says what it is to the report."""

    name: str
    data: bytes
    description: str = "Mythmark reads it back and makes this report again."
    relationship: Relationship = "source"

    @property
    def media_type(self) -> str:
        """The media type by the ending of the name; plain bytes where that says nothing."""
        return _MEDIA_TYPES.get(PurePath(self.name).suffix.lower(), "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished report. ``replaced`` names each character that no shipped font has, as printed in the appendix."""

    data: bytes
    replaced: tuple[str, ...]
    pages: int


#: Where the application puts its downloads into the body of a report; everything else in there is escaped.
SLOT: Final = "<!-- downloads -->"


class TypesettingFailed(Exception):
    """The PDF could not be made as the standards demand; the text is what Typst said."""


class Renderer(Protocol):
    """Draws reports: in this process, or in a child of it. The same in gives the same bytes out."""

    def pdf(self, report: Report, attachments: Sequence[Attachment] = ()) -> Pdf:
        """The report as PDF; raises TypesettingFailed."""

    def html(self, report: Report) -> bytes:
        """The report as one HTML file that fetches nothing."""

    def body(self, report: Report) -> str:
        """The markup of the report for a page that brings the style, with SLOT in it once."""

    def svg(self, chart: Chart, *, figure_id: str, alt: str) -> str:
        """One chart as inline SVG, coloured by classes; twice where phones have a drawing of their own."""

    def run(self, work: Callable[..., T], *given: object) -> T:
        """What a function of a module returns, called where it disturbs nobody."""
