"""The progress bar shows itself to terminals only, and only when it takes long."""

import io
import sys
import time

import pytest

from app.cli.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def _shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, wait: float) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with Progress(2, patience=0.05) as progress:
        progress.step("Scoring")
        time.sleep(wait)
        progress.step("Planning")
    return stream.getvalue()


def test_what_takes_long_is_shown_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Scoring" in _shown(monkeypatch, Terminal(), 0.4)


def test_what_is_quick_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(monkeypatch, Terminal(), 0.0) == ""


def test_where_there_is_no_terminal_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(monkeypatch, io.StringIO(), 0.4) == ""
