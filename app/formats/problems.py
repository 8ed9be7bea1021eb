"""What is wrong in a file: every problem with its place, in words that say what to write instead."""

from dataclasses import dataclass

from app.domain.errors import MythmarkError


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``line`` and ``column`` count from 1; ``path`` is such as ``respondents[0].answers.mon-drift``."""

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}:{self.column}: {where}{self.message}"


class Problems(MythmarkError):
    """A file with one problem or more; nothing of it is used."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
