"""The shipped typefaces are those that were written down, each with its licence, and small enough to clone."""

import hashlib
import tomllib
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FONTS = Path(__file__).parents[3] / "static" / "fonts"
VENDORED = tomllib.loads((FONTS / "VENDORED.toml").read_text(encoding="utf-8"))["font"]


def test_every_file_is_the_one_that_was_written_down() -> None:
    for font in VENDORED:
        assert hashlib.sha256((FONTS / font["file"]).read_bytes()).hexdigest() == font["sha256"], font["file"]
        assert "SIL Open Font License" in (FONTS / font["licence_file"]).read_text(encoding="utf-8")


def test_no_font_is_shipped_without_its_source() -> None:
    shipped = {str(path.relative_to(FONTS)) for kind in ("ttf", "otf", "woff2") for path in FONTS.rglob(f"*.{kind}")}
    assert shipped == {font["file"] for font in VENDORED}


def test_the_fonts_stay_under_25_megabytes() -> None:
    assert sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file()) < 25_000_000


def test_the_faces_that_charts_measure_with_are_static_and_have_figures_of_one_width() -> None:
    for weight in (400, 600, 700):
        with TTFont(FONTS / "pdf" / f"source-sans-3-{weight}.ttf") as font:
            assert "fvar" not in font
            assert font["OS/2"].usWeightClass == weight
            names = font.getBestCmap()
            assert len({font["hmtx"][names[ord(figure)]][0] for figure in "0123456789"}) == 1
