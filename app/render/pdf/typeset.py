"""The only place that calls Typst: templates, values, figures and attachments in, a PDF out."""

import functools
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

import typst

from app.domain.report.pages import Report
from app.render.files import Attachment, Pdf, TypesettingFailed
from app.render.pdf.page_values import page_values
from app.render.pdf.printable import printable

#: The fonts the report is set in. No other font of the machine is ever looked at.
FONTS: Final = Path(__file__).parents[3] / "static" / "fonts" / "pdf"
#: Typst keeps the fonts in its compiler, and one compiler serves one thread at a time.
_ONE_AT_A_TIME: Final = threading.Lock()


def render_pdf(report: Report, attachments: Sequence[Attachment] = ()) -> Pdf:
    """The report as PDF/A-3a and PDF/UA-1, the same bytes for the same input.

    Raises TypesettingFailed when Typst refuses or warns: a report with a warning is a broken report.
    """
    cleaned, replaced = printable(report)
    files = {**_templates(), **page_values(cleaned, replaced, attachments)}
    with _ONE_AT_A_TIME:
        data = _compile(files)
    pages = re.search(rb"/Type\s*/Pages\s*/Count (\d+)", data)
    if pages is None:
        message = "Typst wrote a PDF without a count of pages"
        raise TypesettingFailed(message)
    return Pdf(data, replaced, int(pages[1]))


def _compile(files: dict[str, bytes]) -> bytes:
    try:
        data, warnings = _compiler().compile_with_warnings(
            input=cast("Any", files), format="pdf", pdf_standards=["a-3a", "ua-1"]
        )
    except typst.TypstError as error:
        raise TypesettingFailed(str(error)) from error
    if warnings:
        raise TypesettingFailed("; ".join(str(warning) for warning in warnings))
    if not isinstance(data, bytes):
        message = "Typst made no PDF"
        raise TypesettingFailed(message)
    return data


@functools.cache
def _templates() -> dict[str, bytes]:
    """The templates by name; Typst takes the one called ``main.typ``."""
    return {path.name: path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.typ"))}


@functools.cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(input=cast("Any", _templates()), font_paths=[str(FONTS)], ignore_system_fonts=True)
