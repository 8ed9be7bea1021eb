"""``mythmark report`` from outside, on the real example."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "questionnaires" / "examples" / "example-organization.yaml"
Run = Callable[..., Any]

#: Each starts the program anew.
pytestmark = pytest.mark.slow


def _changed(tmp_path: Path, old: str, new: str, name: str = "given.yaml") -> Path:
    text = EXAMPLE.read_text("utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_the_summary_tells_what_the_report_says_in_at_most_forty_lines(mythmark: Run) -> None:
    done = mythmark("report", EXAMPLE)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    summary = done.stdout.decode()
    lines = summary.splitlines()
    assert 15 < len(lines) <= 40
    assert "\x1b" not in summary
    assert "Example Retail, Demand forecasting" in lines[0]
    assert any(line.startswith("Stage 1 of 4") for line in lines)
    assert sum("█" in line for line in lines) == 4
    assert all(len(line) <= 100 for line in lines)


def test_nothing_is_written_that_was_not_asked_for(mythmark: Run, tmp_path: Path) -> None:
    mythmark("report", EXAMPLE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_all_four_files_are_written_and_named(mythmark: Run, tmp_path: Path) -> None:
    done = mythmark("report", EXAMPLE, "--pdf", "r.pdf", "--html", "r.html", "--json", "r.json", "--xlsx", "r.xlsx")
    assert done.returncode == 0, done.stderr.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.html", "r.json", "r.pdf", "r.xlsx"]
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "r.html").read_bytes().lstrip()[:15].lower() == b"<!doctype html>"
    assert "xl/workbook.xml" in zipfile.ZipFile(tmp_path / "r.xlsx").namelist()
    result = json.loads((tmp_path / "r.json").read_bytes())
    assert result["format"] == "mythmark/result@1"
    assert all(name in done.stdout.decode() for name in ("r.pdf", "r.html", "r.json", "r.xlsx"))


def test_the_example_has_its_golden_values(mythmark: Run) -> None:
    result = json.loads(mythmark("report", EXAMPLE, "--json", "-").stdout)
    supported = {name: one["supported"] for name, one in result["dimensions"].items()}
    assert supported == {"monitoring": 1.3333, "governance": 0.8889, "automation": 2.0, "collaboration": 1.2}
    assert result["stage"]["supported"] == 1
    assert len([b for b in result["stage"]["blockers"] if b["kind"] == "gate"]) == 4
    first = result["roadmap"]["quarters"][0]
    assert (first["points"], first["days"]) == (52, 30)
    assert result["roadmap"]["least_days_to_next_stage"] == 56


def test_with_json_on_standard_output_the_summary_goes_to_standard_error(mythmark: Run) -> None:
    done = mythmark("report", EXAMPLE, "--json", "-")
    assert json.loads(done.stdout)["format"] == "mythmark/result@1"
    assert b"Stage 1 of 4" in done.stderr


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(mythmark: Run, tmp_path: Path) -> None:
    for turn in ("1", "2"):
        files = [f"--{medium}={turn}.{medium}" for medium in ("pdf", "html", "json", "xlsx")]
        assert mythmark("report", EXAMPLE, *files).returncode == 0
    for medium in ("pdf", "html", "json", "xlsx"):
        assert (tmp_path / f"1.{medium}").read_bytes() == (tmp_path / f"2.{medium}").read_bytes()


def test_the_assessment_may_come_from_standard_input(mythmark: Run) -> None:
    from_file = mythmark("report", EXAMPLE, "--json", "-")
    from_input = mythmark("report", "-", "--json", "-", stdin=EXAMPLE.read_bytes())
    assert from_input.returncode == 0
    assert from_input.stdout == from_file.stdout


@pytest.mark.slow
@pytest.mark.parametrize("attach", ["settled", "raw", "none"])
def test_the_pdf_carries_the_form_that_was_asked_for(mythmark: Run, attach: str) -> None:
    done = mythmark("report", EXAMPLE, "--pdf", "-", "--attach", attach)
    with pikepdf.open(BytesIO(done.stdout)) as pdf:
        inside = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    if attach == "none":
        assert inside == {}
    elif attach == "raw":
        assert inside == {"assessment.yaml": EXAMPLE.read_bytes()}
    else:
        (settled,) = inside.values()
        assert b"settled:" in settled
        assert b"respondents:\n" not in settled.split(b"settled:")[0]


@pytest.mark.slow
def test_the_settled_form_gives_the_same_result(mythmark: Run, tmp_path: Path) -> None:
    pdf_bytes = mythmark("report", EXAMPLE, "--pdf", "-").stdout
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        (settled,) = (file.get_file().read_bytes() for file in pdf.attachments.values())
    (tmp_path / "settled.yaml").write_bytes(settled)
    again = mythmark("report", "settled.yaml", "--json", "-")
    assert json.loads(again.stdout) == json.loads(mythmark("report", EXAMPLE, "--json", "-").stdout)


def test_a_previous_quarter_is_compared_with(mythmark: Run, tmp_path: Path) -> None:
    before = _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q2", "before.yaml")
    result = json.loads(mythmark("report", EXAMPLE, "--previous", before, "--json", "-").stdout)
    assert result["change"]["previous"] == "2026-Q2"


def test_previous_quarters_may_come_in_any_order(mythmark: Run, tmp_path: Path) -> None:
    first = _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q1", "first.yaml")
    second = _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q2", "second.yaml")
    one = mythmark("report", EXAMPLE, "--previous", first, "--previous", second, "--json", "-")
    other = mythmark("report", EXAMPLE, "--previous", second, "--previous", first, "--json", "-")
    assert one.returncode == 0
    assert one.stdout == other.stdout


def test_a_previous_file_that_is_not_earlier_is_refused(mythmark: Run, tmp_path: Path) -> None:
    later = _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q4", "later.yaml")
    done = mythmark("report", EXAMPLE, "--previous", later)
    assert done.returncode == 2
    assert b"quarter: 2026-Q4 is not before 2026-Q3" in done.stderr


@pytest.mark.parametrize(("key", "name"), [("organization: Example Retail", "Example Bank"), ("team: Demand", "Sales")])
def test_a_previous_file_of_somebody_else_is_refused(mythmark: Run, tmp_path: Path, key: str, name: str) -> None:
    """measurement.md 4.9 compares a team with itself; teams are never compared with each other."""
    word = key.partition(":")[0]
    _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q2", "before.yaml")
    text = (tmp_path / "before.yaml").read_text().replace(key, f"{word}: {name}", 1)
    (tmp_path / "before.yaml").write_text(text)
    done = mythmark("report", EXAMPLE, "--previous", "before.yaml")
    assert done.returncode == 2
    assert f"before.yaml:1:1: {word}: is '{name}".encode() in done.stderr


def test_a_quarter_given_twice_is_refused(mythmark: Run, tmp_path: Path) -> None:
    one = _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q2", "one.yaml")
    for two in (one, _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q2", "two.yaml")):
        done = mythmark("report", EXAMPLE, "--previous", one, "--previous", two)
        assert done.returncode == 2
        assert b"2026-Q2 was given as " in done.stderr


def test_every_problem_of_every_file_is_listed_with_its_place_and_nothing_is_written(
    mythmark: Run, tmp_path: Path
) -> None:
    wrong = _changed(tmp_path, "mon-drift: {level: 1}", "mon-drift: {level: 7}\n  mon-dirft: {level: 1}")
    before = _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q7", "before.yaml")
    done = mythmark("report", wrong, "--previous", before, "--pdf", "r.pdf", "--json", "-")
    assert done.returncode == 2
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 3
    row = 1 + wrong.read_text("utf-8").splitlines().index("  mon-drift: {level: 7}")
    assert sum(line.startswith(f"{wrong}:{row}:") for line in lines) == 1
    assert sum(line.startswith(f"{wrong}:{row + 1}:") for line in lines) == 1
    assert sum(line.startswith(f"{before}:") for line in lines) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["before.yaml", "given.yaml"]


def test_an_output_that_cannot_be_written_is_refused_before_anything_else(mythmark: Run, tmp_path: Path) -> None:
    done = mythmark("report", EXAMPLE, "--json", "r.json", "--pdf", "missing/r.pdf")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["missing/r.pdf: cannot be written: no such file or directory"]
    assert list(tmp_path.iterdir()) == []


def test_the_given_file_is_never_overwritten(mythmark: Run, tmp_path: Path) -> None:
    given = _changed(tmp_path, "quarter: 2026-Q3", "quarter: 2026-Q2")
    text = given.read_bytes()
    assert mythmark("report", given, "--json", given).returncode == 2
    assert given.read_bytes() == text


def test_a_missing_file_is_said_in_one_line(mythmark: Run) -> None:
    done = mythmark("report", "nowhere.yaml")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["nowhere.yaml: cannot be read: no such file or directory"]


def test_control_characters_in_a_name_do_not_reach_the_terminal(mythmark: Run, tmp_path: Path) -> None:
    given = _changed(tmp_path, "team: Demand forecasting", 'team: "Red \\e[31m team"')
    done = mythmark("report", given)
    assert b"\x1b" not in done.stdout
    assert b"\x1b" not in done.stderr


@pytest.mark.slow
def test_a_terminal_without_unicode_still_gets_a_summary(program: Run) -> None:
    done = program("report", EXAMPLE, encoding="ascii")
    assert done.returncode == 0, done.stderr
    assert b"###" in done.stdout


@pytest.mark.slow
def test_a_program_of_its_own_gives_the_same_bytes(program: Run, mythmark: Run) -> None:
    done = program("report", EXAMPLE, "--json", "-")
    assert done.returncode == 0, done.stderr
    assert done.stdout == mythmark("report", EXAMPLE, "--json", "-").stdout
