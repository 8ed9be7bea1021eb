"""QR codes: what is drawn is what the encoder says, with a quiet zone, and fit for a page under a strict policy."""

import re
from xml.etree import ElementTree as ET

import pytest
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from app.render.qr import QUIET, qr_svg

LINK = "http://192.168.1.20:8000/r/BCDF-GHJK"
_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def _dark(svg: str) -> set[tuple[int, int]]:
    path = next(one for one in ET.fromstring(svg) if one.get("class") == "qr-modules")  # noqa: S314 - our own
    runs = [tuple(map(int, run)) for run in _RUN.findall(path.get("d", ""))]
    assert _RUN.sub("", path.get("d", "")) == ""
    assert all(width == back for _, _, width, back in runs)
    return {(x + n, y) for x, y, width, _ in runs for n in range(width)}


@pytest.mark.parametrize("text", [LINK, "x", "https://mythmark.example.org/r/" + "a" * 200])
def test_the_drawing_shows_every_module_of_the_code_and_no_other(text: str) -> None:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text.encode())
    code.make(fit=True)
    said = {(x + QUIET, y + QUIET) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark}
    assert _dark(qr_svg(text, "a code")) == said


def test_a_code_is_surrounded_by_four_light_modules() -> None:
    svg = qr_svg(LINK, "a code")
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert box is not None
    dark = _dark(svg)
    assert {min(x for x, _ in dark), min(y for _, y in dark)} == {4}
    assert {max(x for x, _ in dark), max(y for _, y in dark)} == {int(box[1]) - 5}


def test_a_code_carries_words_and_nothing_inline() -> None:
    svg = qr_svg(LINK, 'to "join" <here>')
    assert ET.fromstring(svg).get("aria-label") == 'to "join" <here>'  # noqa: S314 - our own
    assert "style" not in svg
    assert "<here>" not in svg


def test_a_text_that_no_code_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="41"):
        qr_svg("x" * 3000, "a code")
