"""A file as somebody gave it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GivenFile:
    """What a file holds; ``name`` is what problems call it."""

    name: str
    data: bytes
