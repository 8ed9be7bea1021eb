"""How wide words are, and how they are wrapped or shortened to fit; lengths in pixels, sizes in pixels."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from app.render.charts.engine import FT2Font, LoadFlags

Weight: TypeAlias = Literal[400, 600, 700]

FAMILY = "Source Sans 3"
_FONTS = Path(__file__).parents[3] / "static" / "fonts" / "pdf"
_ELLIPSIS = "\u2026"
# Outside XML 1.0: control characters, lone surrogates, non-characters.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"\s+")


def font_file(weight: Weight) -> Path:
    """Return the file of the static cut of this weight."""
    return _FONTS / f"source-sans-3-{weight}.ttf"


@lru_cache(maxsize=3)
def _cut(weight: Weight) -> FT2Font:
    return FT2Font(str(font_file(weight)))


@lru_cache(maxsize=4096)
def _advance(character: str, weight: Weight) -> float:
    """Width of a character of the cut, in em. Kerning is left out: it only ever makes words narrower."""
    font = _cut(weight)
    glyph = font.get_char_index(ord(character))
    if not glyph:
        return _estimate(character)
    return font.load_glyph(glyph, LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM


def _estimate(character: str) -> float:
    """Width in em of a character that the cut lacks and another font will draw; rather too wide than too narrow."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"} or ord(character) > 0xFFFF:
        return 1.25 if ord(character) > 0xFFFF else 1.02
    return 0.72


@lru_cache(maxsize=8192)
def width(text: str, size: float, weight: Weight = 400) -> float:
    """Return the width of one line in pixels."""
    return size * sum(_advance(character, weight) for character in text)


def clean(text: str) -> str:
    """Return the text on one line, with what XML cannot hold replaced by a visible mark."""
    return _NOT_XML.sub("\ufffd", _SPACE.sub(" ", text).strip())


def shorten(text: str, room: float, size: float, weight: Weight = 400) -> str:
    """Return the text, cut with an ellipsis where it is wider than the room; empty when not even that fits."""
    text = clean(text)
    if width(text, size, weight) <= room:
        return text
    end = _fitting(text, room - width(_ELLIPSIS, size, weight), size, weight)
    if end == 0:
        return _ELLIPSIS if width(_ELLIPSIS, size, weight) <= room else ""
    return text[:end].rstrip() + _ELLIPSIS


def _fitting(text: str, room: float, size: float, weight: Weight) -> int:
    """Count the leading characters that fit; never between a character and the marks that belong to it."""
    used = 0.0
    end = 0
    for place, character in enumerate(text):
        used += width(character, size, weight)
        if used > room:
            break
        end = place + 1
    while 0 < end < len(text) and (unicodedata.category(text[end]) in {"Mn", "Me", "Cf"} or text[end - 1] == "\u200d"):
        end -= 1
    return end


def wrap(text: str, room: float, size: float, weight: Weight = 400, *, lines: int) -> tuple[str, ...]:
    """Return the text in at most ``lines`` lines no wider than the room; the last is shortened if need be."""
    rest = clean(text)
    found: list[str] = []
    while rest and len(found) < lines - 1 and width(rest, size, weight) > room:
        end = max(_fitting(rest, room, size, weight), 1)
        cut = rest.rfind(" ", 0, end + 1)
        if cut <= 0:
            cut = end
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        found.append(shorten(rest, room, size, weight))
    return tuple(found)
