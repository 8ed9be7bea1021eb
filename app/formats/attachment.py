"""Gets the assessment file out of a report PDF: a report carries what it was made from."""

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from app.domain.errors import MythmarkError
from app.formats.places import ASSESSMENT_BYTES
from app.loading import when_used

if TYPE_CHECKING:
    import pikepdf
else:
    pikepdf = when_used("pikepdf")

PDF_BYTES = 20 * 1024 * 1024
_NAMES = ("assessment.yaml", "assessment.yml", "assessment.json")
_MOST_FILES = 50
_STREAM_BYTES = 32 * 1024 * 1024


class NoAttachedAssessment(MythmarkError):
    """The file is not a report that carries its assessment; the text says why and what to do."""


def read_attached_assessment(pdf: bytes) -> bytes:
    """The bytes of the attached assessment file, not yet read; raises NoAttachedAssessment.

    At most PDF_BYTES of PDF and ASSESSMENT_BYTES of attachment.
    """
    if len(pdf) > PDF_BYTES:
        raise NoAttachedAssessment(
            f"the PDF is larger than {PDF_BYTES // 1024 // 1024} MiB; give the assessment file itself"
        )
    if not pdf.startswith(b"%PDF-"):
        raise NoAttachedAssessment("this is not a PDF; give a report made by Mythmark, or the assessment file itself")
    _set_bounds()
    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise NoAttachedAssessment("the PDF is encrypted; save it without a password first")
            return _attached(document)
    except pikepdf.PasswordError:
        raise NoAttachedAssessment("the PDF needs a password; save it without one first") from None
    except (
        pikepdf.PdfError,
        pikepdf.DataDecodingError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ):
        raise NoAttachedAssessment(
            "the PDF is damaged; make the report again, or give the assessment file itself"
        ) from None


@cache
def _set_bounds() -> None:
    """For the whole process, before any PDF is opened: a few kilobytes of a stream may stand for gigabytes."""
    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=100,
        max_stream_filters=4,
        flate_max_memory=_STREAM_BYTES,
        png_max_memory=_STREAM_BYTES,
        run_length_max_memory=_STREAM_BYTES,
        tiff_max_memory=_STREAM_BYTES,
        dct_max_memory=_STREAM_BYTES,
    )


def _attached(document: "pikepdf.Pdf") -> bytes:
    files = document.attachments
    if len(files) > _MOST_FILES:
        raise NoAttachedAssessment(f"the PDF carries {len(files)} files; a report carries one or two")
    for name in _NAMES:
        if name in files:
            data = files[name].get_file().read_bytes()
            if len(data) > ASSESSMENT_BYTES:
                raise NoAttachedAssessment(f"the attached {name} is larger than {ASSESSMENT_BYTES // 1024 // 1024} MiB")
            return data
    raise NoAttachedAssessment(
        "the PDF carries no assessment file: it was left out when the report was made, or this is no report of Mythmark"
    )
