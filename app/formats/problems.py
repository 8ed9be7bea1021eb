"""What is wrong with a file, as places a person can go to."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.errors import MythmarkError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: where, and what to write instead. Lines and columns count from 1, in characters."""

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        """``file:line:column: path: message``, the path left out where the whole file is meant."""
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class Problems(MythmarkError):
    """A file that is refused; ``items`` holds every problem once, in the order of the file."""

    def __init__(self, items: Iterable[Problem]) -> None:
        self.items: tuple[Problem, ...] = tuple(sorted(set(items)))
        super().__init__("\n".join(map(str, self.items)))
