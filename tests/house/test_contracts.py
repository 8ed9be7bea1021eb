"""The import contracts are seen to bite: each is fed the import that it forbids."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "cli", "web", "accounts", "services", "formats", "planner", "render", "store", "live", "trackers", "domain",
)  # fmt: skip
FILES = ("__main__", "factory", "config", "loading")


def _house(folder: Path) -> Path:
    """A tiny house with the floors and the contracts of the real one."""
    (folder / "app").mkdir()
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (folder / "app" / "__init__.py").write_text("")
    for room in ROOMS:
        (folder / "app" / room).mkdir()
        (folder / "app" / room / "__init__.py").write_text("")
    for file in FILES:
        (folder / "app" / f"{file}.py").write_text("")
    return folder


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run([*command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_a_house_without_a_forbidden_import_is_let_pass(tmp_path: Path) -> None:
    checked = _lint(_house(tmp_path))
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.slow
def test_the_real_house_keeps_its_contracts() -> None:
    checked = _lint(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("room", "statement", "contract"),
    [
        ("domain", "import app.formats", "Imports only go down"),
        ("formats", "import app.render", "Imports only go down"),
        ("services", "import app.web", "Imports only go down"),
        ("domain", "import pydantic", "The domain knows nothing"),
        ("domain", "import yaml", "The domain knows nothing"),
        ("services", "import matplotlib", "Charts and pages"),
        ("planner", "import typst", "Charts and pages"),
        ("web", "import qrcode", "QR codes"),
        ("formats", "import jinja2", "Templates are filled"),
        ("services", "import highspy", "The solver"),
        ("services", "import yaml", "Files are read"),
        ("services", "import sqlalchemy", "SQL is spoken"),
        ("render", "import pydantic", "Files are read"),
        ("services", "import pydantic_settings", "Settings are read"),
        ("cli", "import flask", "Flask is known"),
        ("services", "import structlog", "Logs, measures"),
        ("web", "import spectree", "The API is described"),
        ("services", "import requests", "Other people's servers"),
        ("trackers", "import app.services", "Imports only go down"),
        ("live", "import app.store", "Imports only go down"),
        ("domain", "import app.live", "Imports only go down"),
        ("live", "import flask", "Flask is known"),
        ("live", "import psycopg", "SQL is spoken"),
        ("web", "import gevent", "Greenlets"),
        ("cli", "import gevent", "Greenlets"),
        ("web", "import gunicorn", "The server and the terminal"),
        ("services", "import rich", "The server and the terminal"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(tmp_path: Path, room: str, statement: str, contract: str) -> None:
    house = _house(tmp_path)
    (house / "app" / room / "bad.py").write_text(f"{statement}\n")
    checked = _lint(house)
    assert checked.returncode != 0
    assert any(contract in line and "BROKEN" in line for line in checked.stdout.splitlines()), checked.stdout


def test_a_room_without_a_floor_breaks_the_contract(tmp_path: Path) -> None:
    house = _house(tmp_path)
    (house / "app" / "attic").mkdir()
    (house / "app" / "attic" / "__init__.py").write_text("")
    checked = _lint(house)
    assert checked.returncode != 0
    assert "attic" in checked.stdout


def test_a_new_room_is_covered_by_the_contracts_on_libraries(tmp_path: Path) -> None:
    house = _house(tmp_path)
    pyproject = house / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace('  "services",\n', '  "services",\n  "attic",\n', 1))
    (house / "app" / "attic").mkdir()
    (house / "app" / "attic" / "__init__.py").write_text("import matplotlib\n")
    checked = _lint(house)
    assert any("Charts and pages" in line and "BROKEN" in line for line in checked.stdout.splitlines()), checked.stdout
