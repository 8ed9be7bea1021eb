"""What a self-contained file carries inside itself: style, faces, the small script, and the policy that seals it."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
_STYLES = ("tokens.css", "site.css", "report.css")
_FACE = re.compile(r"@font-face \{(?P<rules>[^}]*)\}\n?")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_SOURCE = re.compile(r'url\("\.\./fonts/(?P<file>[^"]+)"\)')
_RANGE = re.compile(r"unicode-range: (?P<ranges>[^;]+)")


@cache
def _read(part: str) -> str:
    return (STATIC / part).read_text(encoding="utf-8")


@cache
def _embedded(file: str) -> str:
    face = base64.b64encode((STATIC / "fonts" / file).read_bytes()).decode("ascii")
    return f'url("data:font/woff2;base64,{face}")'


def _ranges(rules: str) -> list[tuple[int, int]]:
    found = _RANGE.search(rules)
    if found is None:
        return [(0, 0x10FFFF)]
    pairs = []
    for written in found["ranges"].split(","):
        low, _, high = written.strip().removeprefix("U+").partition("-")
        pairs.append((int(low, 16), int(high or low, 16)))
    return pairs


def style(text: str) -> str:
    """All style of the report; of the faces only those that the characters of ``text`` need, as data.

    The report sets nothing in italics, so an italic face is never carried.
    """
    characters = sorted({ord(character) for character in text})

    def carried(face: re.Match[str]) -> str:
        rules = face["rules"]
        needed = any(low <= code <= high for low, high in _ranges(rules) for code in characters)
        if not needed or "font-style: italic" in rules:
            return ""
        return _SOURCE.sub(lambda source: _embedded(source["file"]), face[0])

    sheets = "".join(_COMMENT.sub("", _read(f"css/{name}")) for name in _STYLES)
    return _FACE.sub(carried, sheets)


def script() -> str:
    """The contents list that follows the reader; the page is whole without it."""
    return _COMMENT.sub("", _read("js/report.js"))


def policy(style_text: str, script_text: str) -> str:
    """The Content-Security-Policy: nothing is fetched, and only this style and this script apply."""
    rules = {
        "default-src": "'none'",
        "style-src": _source(style_text),
        "script-src": _source(script_text),
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
