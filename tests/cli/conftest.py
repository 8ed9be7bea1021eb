"""The command as a person runs it: a program of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run: TypeAlias = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def mythmark(tmp_path: Path) -> Run:
    """Run ``mythmark`` with the words given, in an empty folder."""

    def run(*words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "app", *map(str, words)]
        environment = {"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(command, cwd=tmp_path, input=stdin, capture_output=True, env=environment, check=False)

    return run
