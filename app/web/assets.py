"""Static files under an address that changes with their content, so that browsers may keep them for ever.

All of them share one digest: style sheets and modules name each other by relative addresses, and those stay right.
"""

import gzip
import hashlib
import os
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from wsgiref.types import WSGIApplication

from whitenoise import WhiteNoise

from app.web.security import A_YEAR

STATIC = Path(__file__).resolve().parents[2] / "static"
_TEXTS = {".css", ".js", ".svg", ".txt"}
_WORTH_IT = 500


@cache
def digest() -> str:
    """A short digest of all static files, by name and content."""
    seen = hashlib.sha256()
    for file in _files():
        seen.update(f"{file.relative_to(STATIC).as_posix()}\0{file.stat().st_size}\0".encode())
        seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def asset(path: str) -> str:
    """The address of a static file, such as ``css/app.css``; raises FileNotFoundError for one that is not there."""
    return _known()[path] if path in _known() else _missing(path)


@cache
def _known() -> dict[str, str]:
    return {name: f"/static/{digest()}/{name}" for name in (file.relative_to(STATIC).as_posix() for file in _files())}


def _missing(path: str) -> str:
    raise FileNotFoundError(f"there is no static file {path}")


@cache
def _files() -> tuple[Path, ...]:
    return tuple(sorted(file for file in STATIC.rglob("*") if file.is_file() and file.suffix not in {".gz", ".br"}))


def compress() -> None:
    """Put a gzip twin beside every text that has none or an older one; a folder that is read-only is left as it is."""
    for file in _files():
        twin = file.with_name(f"{file.name}.gz")
        if file.suffix not in _TEXTS or file.stat().st_size < _WORTH_IT:
            continue
        if twin.exists() and twin.stat().st_mtime_ns >= file.stat().st_mtime_ns:
            continue
        if not os.access(file.parent, os.W_OK):
            return
        # Written beside and moved: another worker may be doing the same.
        with NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".gz", delete=False) as made:
            made.write(gzip.compress(file.read_bytes(), mtime=0))
        Path(made.name).chmod(0o644)
        Path(made.name).replace(twin)


def serve_assets(inner: WSGIApplication) -> WhiteNoise:
    """The application with the static files in front of it."""
    compress()
    return WhiteNoise(
        inner,
        root=STATIC,
        prefix=f"static/{digest()}/",
        max_age=A_YEAR,
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
        add_headers_function=_mark,
    )


def _mark(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
