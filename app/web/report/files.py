"""A file as an answer: its type, its name, and that it is to be saved."""

import re
import unicodedata
from urllib.parse import quote

from flask import Response

_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "yaml": "application/yaml",
}
#: What file systems refuse, what would turn the reading direction, and what nobody would see.
_NOT_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f<>:\"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._()-]+")
#: Most file systems take 255 bytes for the whole name.
_MOST_BYTES = 150


def as_file(content: bytes, ending: str, name: str) -> Response:
    """The content to be saved under this name."""
    return Response(content, content_type=_TYPES[ending], headers={"Content-Disposition": attachment(name)})


def file_name(team: str, quarter: str, kind: str, ending: str) -> str:
    """Such as ``Forecasting 2026-Q3 report.pdf``, in the letters of the team's own name."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", team)).split())
    kept = words.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    return f"{f'{kept} {quarter} {kind}'.strip()}.{ending}"


def attachment(name: str) -> str:
    """The header that names a file (RFC 6266): plain letters for old readers, the name itself for the others."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _NOT_PLAIN.sub("-", bare).strip("-")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
