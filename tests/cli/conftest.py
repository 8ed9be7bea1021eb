"""The command as a person runs it."""

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from app.cli import main
from app.render import in_process  # noqa: F401 -- loaded once, so that no test draws in a child of its own

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: bytes
    stderr: bytes


Run: TypeAlias = Callable[..., Done]


@pytest.fixture
def mythmark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run ``mythmark`` with the words given, in an empty folder; in this process, since loading takes a second."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MYTHMARK_DATA", str(tmp_path / "data"))

    def run(*words: str | Path, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 0
        return Done(code, *capsysbinary.readouterr())

    return run


@pytest.fixture
def program(tmp_path: Path) -> Run:
    """Run ``python -m app`` with the words given, in an empty folder; a program of its own."""

    def run(*words: str | Path, encoding: str = "utf-8") -> Done:
        command = [sys.executable, "-m", "app", *map(str, words)]
        environment = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    return run
