"""A progress bar on standard error, for what takes longer than a second in a terminal."""

import sys
import threading
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

PATIENCE = 1.0


class Progress:
    """Told of each step as it begins; shows itself after a second, and only to a terminal."""

    def __init__(self, steps: int, patience: float = PATIENCE) -> None:
        console = Console(stderr=True)
        self._bar = Bar(BarColumn(), TextColumn("{task.description}"), console=console, transient=True)
        self._task = self._bar.add_task("Starting", total=steps)
        self._begun = 0
        self._shown = False
        self._timer = threading.Timer(patience, self._show) if sys.stderr.isatty() else None

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def step(self, what: str) -> None:
        """Say that this begins now, and so that everything before is done."""
        self._bar.update(self._task, completed=self._begun, description=what)
        self._begun += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._shown:
            self._bar.stop()

    def _show(self) -> None:
        self._bar.start()
        self._shown = True
