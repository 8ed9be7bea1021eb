"""The command line itself: which commands there are, and what bad arguments get."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import __version__
from app.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "questionnaires" / "mlops.v1.yaml"
Run = Callable[..., Any]


def test_help_names_every_command(mythmark: Run) -> None:
    said = mythmark("--help").stdout.decode()
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(mythmark: Run, name: str) -> None:
    done = mythmark(name, "--help")
    assert done.returncode == 0
    assert f"mythmark {name}" in done.stdout.decode()


def test_the_version_is_told(program: Run) -> None:
    assert program("--version").stdout.decode().strip() == f"mythmark {__version__}"


@pytest.mark.parametrize("words", [(), ("fly",), ("report",), ("report", "a", "--attach", "all"), ("check",)])
def test_bad_arguments_exit_with_2_and_say_why(mythmark: Run, words: tuple[str, ...]) -> None:
    done = mythmark(*words)
    assert done.returncode == 2
    assert b"mythmark" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_sound_pack_is_said_to_be_sound(mythmark: Run) -> None:
    done = mythmark("check", PACK)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().strip() == f"{PACK}: mlops@1.0.0 is sound"


def test_every_problem_of_every_pack_is_listed_with_line_and_column(mythmark: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: mythmark/questionnaire@1\nid: 7\nsurprise: yes\n")
    done = mythmark("check", bad, PACK, "nowhere.yaml")
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert any(line.startswith(f"{bad}:3:1: ") for line in lines)
    assert lines[-1] == "nowhere.yaml: cannot be read: no such file or directory"
    assert b"mlops@1.0.0 is sound" in done.stdout


def test_a_pack_may_come_from_standard_input(mythmark: Run) -> None:
    assert mythmark("check", "-", stdin=PACK.read_bytes()).returncode == 0


@pytest.mark.slow
def test_the_doctor_finds_a_sound_house_sound(mythmark: Run) -> None:
    done = mythmark("doctor")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0, done.stdout.decode()
    assert all(line.startswith("ok ") for line in lines)
    assert [line.split()[1] for line in lines[-3:]] == ["questionnaires", "solver", "fonts"]
