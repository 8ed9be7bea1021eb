"""The assessment comes out of a report PDF, and nothing harmful with it."""

import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Name, Pdf

from app.formats.attachment import PDF_BYTES, NoAttachedAssessment, read_attached_assessment

FILE = b"format: mythmark/assessment@1\n"


def _attached(pdf: Pdf, data: bytes, name: str) -> AttachedFileSpec:
    return AttachedFileSpec(pdf, data, filename=name, description="", mime_type="", creation_date="", mod_date="")


def _pdf(*names: str, data: bytes = FILE, encryption: pikepdf.Encryption | bool = False) -> bytes:
    pdf = Pdf.new()
    pdf.add_blank_page()
    for name in names:
        pdf.attachments[name] = _attached(pdf, data, name)
    target = BytesIO()
    pdf.save(target, encryption=encryption)
    return target.getvalue()


@pytest.mark.parametrize("name", ["assessment.yaml", "assessment.json"])
def test_the_attached_assessment_comes_out_as_it_went_in(name: str) -> None:
    assert read_attached_assessment(_pdf("questionnaire.yaml", name)) == FILE


def _bomb() -> bytes:
    pdf = Pdf.new()
    pdf.add_blank_page()
    pdf.attachments["assessment.yaml"] = _attached(pdf, b"x", "assessment.yaml")
    stream = pdf.attachments["assessment.yaml"].obj.EF.F
    stream.write(zlib.compress(bytes(200_000_000), 9), filter=Name.FlateDecode)
    target = BytesIO()
    pdf.save(target, recompress_flate=False, compress_streams=False)
    return target.getvalue()


@pytest.mark.parametrize(
    ("pdf", "says"),
    [
        (lambda: b"format: mythmark/assessment@1", "not a PDF"),
        (lambda: b"", "not a PDF"),
        (lambda: b"%PDF-1.7\n" + bytes(PDF_BYTES), "larger than 20 MiB"),
        (lambda: b"%PDF-1.7\nnothing", "damaged"),
        (lambda: _pdf("assessment.yaml")[:400], "damaged"),
        (_pdf, "carries no assessment file"),
        (lambda: _pdf("notes.txt"), "carries no assessment file"),
        (lambda: _pdf("assessment.yaml", data=bytes(6 * 1024 * 1024)), "larger than 5 MiB"),
        (lambda: _pdf("assessment.yaml", encryption=pikepdf.Encryption(owner="a", user="b")), "password"),
        (lambda: _pdf("assessment.yaml", encryption=pikepdf.Encryption(owner="a", user="")), "encrypted"),
        (lambda: _pdf(*(f"{n}.txt" for n in range(60))), "carries 60 files"),
        (_bomb, "damaged"),
    ],
)
def test_a_pdf_that_is_no_report_is_refused_with_a_reason(pdf: Callable[[], bytes], says: str) -> None:
    with pytest.raises(NoAttachedAssessment, match=says):
        read_attached_assessment(pdf())
