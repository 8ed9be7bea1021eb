"""The commands on the database: brought up, filled, exported, copied and brought back."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import demo as demo_command
from app.formats.shelf import SHIPPED

Run = Callable[..., Any]
EXAMPLE = SHIPPED / "examples" / "example-organization.yaml"


def _imported(mythmark: Run) -> str:
    done = mythmark("import", EXAMPLE)
    assert done.returncode == 0, done.stderr.decode()
    return str(done.stdout.decode().split()[0])


@pytest.fixture
def ready(mythmark: Run) -> Run:
    """A database at this version."""
    done = mythmark("migrate")
    assert done.returncode == 0, done.stderr.decode()
    return mythmark


def test_migrate_makes_the_embedded_database_and_says_where_it_is(mythmark: Run, tmp_path: Path) -> None:
    done = mythmark("migrate")
    assert done.stdout.decode().startswith("the database is at 0")
    assert (tmp_path / "data" / "mythmark.db").is_file()
    assert mythmark("migrate").returncode == 0


def test_before_migrate_the_others_say_what_to_do(mythmark: Run) -> None:
    for words in (("import", EXAMPLE), ("export", "x", "-")):
        done = mythmark(*words)
        assert done.returncode == 2
        assert b"mythmark migrate" in done.stderr


def test_a_database_that_does_not_answer_is_told_in_one_line(
    mythmark: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    for url in (f"sqlite:///{tmp_path / 'folder'}", "postgresql://nobody@127.0.0.1:1/nothing"):
        monkeypatch.setenv("DATABASE_URL", url)
        done = mythmark("migrate")
        assert done.returncode == 2
        assert b"does not answer" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_an_import_makes_what_the_file_names_and_is_refused_a_second_time(ready: Run) -> None:
    done = ready("import", EXAMPLE)
    assert done.stdout.decode().split(" ", 1)[1] == "open: example-retail, Demand forecasting, 2026-Q3\n"
    again = ready("import", EXAMPLE)
    assert again.returncode == 2
    assert b"has a full assessment of 2026-Q3 already" in again.stderr
    assert ready("import", EXAMPLE, "--organization", "mine", "--team", "Ours").returncode == 0


def test_every_problem_of_a_file_is_listed_and_nothing_is_made(ready: Run) -> None:
    bad = EXAMPLE.read_bytes().replace(b"{level: 3}", b"{level: 7}")
    done = ready("import", "-", stdin=bad)
    assert done.returncode == 2
    assert all(line.startswith(b"standard input:") for line in done.stderr.splitlines())
    assert len(done.stderr.splitlines()) > 1
    assert ready("import", EXAMPLE).returncode == 0


@pytest.mark.slow
def test_an_export_is_what_was_published_and_can_be_reported(ready: Run, tmp_path: Path) -> None:
    public_id = _imported(ready)
    assert ready("export", public_id, "out.yaml").returncode == 0
    text = (tmp_path / "out.yaml").read_text()
    assert "settled:" in text
    assert ready("report", "out.yaml", "--json", "r.json").returncode == 0
    assert json.loads((tmp_path / "r.json").read_text())["assessment"]["organization"] == "Example Retail"
    raw = ready("export", public_id, "-", "--form", "raw").stdout
    assert b"\nagreed:" in raw
    missing = ready("export", "nowhere", "-")
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert b"no such assessment" in missing.stderr


@pytest.mark.slow
def test_a_backup_holds_the_secret_and_brings_everything_back(ready: Run, tmp_path: Path) -> None:
    public_id = _imported(ready)
    assert ready("backup", "all.tar").returncode == 0
    assert stat.S_IMODE((tmp_path / "all.tar").stat().st_mode) == 0o600
    secret = tmp_path / "data" / "secret-key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    kept = secret.read_bytes()
    before = ready("export", public_id, "-").stdout
    again = ready("backup", "all.tar")
    assert (again.returncode, b"there already" in again.stderr) == (2, True)
    refused = ready("restore", "all.tar")
    assert (refused.returncode, b"--force" in refused.stderr) == (2, True)
    secret.write_bytes(b"x" * 64)
    (tmp_path / "data" / "mythmark.db").unlink()
    assert ready("restore", "all.tar").returncode == 0
    assert secret.read_bytes() == kept
    assert ready("export", public_id, "-").stdout == before
    assert ready("restore", "all.tar", "--force").returncode == 0


def test_what_is_no_backup_changes_nothing(ready: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.tar").write_bytes(b"nothing")
    before = (tmp_path / "data" / "mythmark.db").read_bytes()
    for name in ("bad.tar", "nowhere.tar", str(EXAMPLE)):
        done = ready("restore", name, "--force")
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
    assert (tmp_path / "data" / "mythmark.db").read_bytes() == before
    assert ready("backup", "no/folder/b.tar").returncode == 2


def test_the_secret_is_made_once_and_a_broken_one_is_told(ready: Run, tmp_path: Path) -> None:
    assert ready("backup", "one.tar").returncode == 0
    first = (tmp_path / "data" / "secret-key").read_bytes()
    assert ready("backup", "two.tar").returncode == 0
    assert (tmp_path / "data" / "secret-key").read_bytes() == first
    (tmp_path / "data" / "secret-key").write_bytes(b"short")
    done = ready("backup", "three.tar")
    assert (done.returncode, b"holds no secret" in done.stderr) == (2, True)
    assert not (tmp_path / "three.tar").exists()


@pytest.mark.slow
def test_the_demo_is_added_once(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter((True, False))
    monkeypatch.setattr(demo_command, "make_demo", lambda *_: next(made))
    assert ready("demo").stdout.decode() == "Harbour Retail (sample) is there now\n"
    assert ready("demo").stdout.decode() == "Harbour Retail (sample) was there already\n"
