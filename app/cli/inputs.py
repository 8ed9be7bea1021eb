"""Reads the files that a command is given."""

import sys
from pathlib import Path

from app.services.files import GivenFile

STANDARD = "-"
#: Far above every limit of the formats, which say theirs; this only keeps an endless stream out of the memory.
LIMIT = 64 * 1024 * 1024


class Unusable(Exception):
    """An argument that cannot be used; the text says why, and what to do."""


def read_file(name: str) -> GivenFile:
    """Read a file, or standard input for ``-``; raises Unusable."""
    try:
        if name == STANDARD:
            return GivenFile("standard input", sys.stdin.buffer.read(LIMIT))
        with Path(name).open("rb") as file:
            return GivenFile(name, file.read(LIMIT))
    except OSError as error:
        raise Unusable(f"{name}: cannot be read: {(error.strerror or str(error)).lower()}") from None
