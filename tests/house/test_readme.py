"""What README says can be typed can be typed, and what it points to is there."""

import re
from pathlib import Path

from app.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def _targets(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_every_make_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"make ([a-z]+)", README))
    assert {"run", "test", "check", "bench"} <= named
    assert named <= _targets((ROOT / "Makefile").read_text("utf-8"))


def test_every_mythmark_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"mythmark ([a-z]+)", README))
    assert named >= set(COMMANDS)
    assert named <= set(COMMANDS)


def test_every_file_the_readme_points_to_exists() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README) + re.findall(r"questionnaires/[\w./-]+\.yaml", README)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_a_missing_target_would_be_found() -> None:
    assert "fly" not in _targets("run: x\n\techo fly: y\n")
