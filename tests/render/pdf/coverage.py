"""Reads from the shipped fonts which characters they have; ``python -m tests.render.pdf.coverage`` writes it down."""

import json
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from app.render.pdf.printable import COVERAGE
from app.render.pdf.typeset import FONTS

#: Marks that reorder or hide text around them, and signs that only mean something to a program.
_UNWANTED = {*range(0x202A, 0x202F), *range(0x2066, 0x2070), 0x2028, 0x2029, 0xFEFF, *range(0xFFF9, 0xFFFE)}


def covered(folder: Path = FONTS) -> set[int]:
    """Every code point that some font of the folder has a glyph for and that may be printed."""
    found: set[int] = set()
    for path in sorted(folder.iterdir()):
        if path.suffix in {".ttf", ".otf"}:
            with TTFont(path, lazy=True) as font:
                found |= set(font.getBestCmap())
    return {c for c in found if unicodedata.category(chr(c)) not in {"Cc", "Cn", "Co", "Cs"}} - _UNWANTED


def as_ranges(points: set[int]) -> str:
    """The code points as a JSON list of ranges such as ``0020-007E``."""
    lines: list[list[int]] = []
    for point in sorted(points):
        if lines and lines[-1][1] == point - 1:
            lines[-1][1] = point
        else:
            lines.append([point, point])
    texts = [f"{first:04X}-{last:04X}" if first != last else f"{first:04X}" for first, last in lines]
    return json.dumps(texts, indent=0) + "\n"


if __name__ == "__main__":
    COVERAGE.write_text(as_ranges(covered()), encoding="ascii")
