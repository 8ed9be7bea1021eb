"""What every test may count on: nothing from this machine's environment, and no test left out in silence."""

import gc
import os
import shutil
from dataclasses import replace
from pathlib import Path
from types import CodeType

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, BytecodeCache

from app.domain.answers import Assessment
from app.domain.questionnaire import Questionnaire
from app.formats.assessments import read_assessment
from app.formats.shelf import Shelf
from tests.html.judge import can_judge

settings.register_profile(
    "house",
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "questionnaires" / "examples" / "example-organization.yaml"
#: What a marked test needs of the machine: any one of these programs.
TOOLS = {
    "browser": ("chromium", "chromium-browser", "google-chrome"),
    "poppler": ("pdftotext",),
    "postgres": ("/usr/lib/postgresql/*/bin/initdb",),
}
#: Fixtures that put the whole application, or a database full of people, around a test.
WHOLE = {"stocked", "prepared", "migrated"}
LEFT_OUT = pytest.StashKey[list[pytest.Item]]()


class _CompiledOnce(BytecodeCache):
    """Compiled templates, kept for the run: each of a hundred applications would compile them all again."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, if it was compiled from the same source before."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _CompiledOnce()}


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end; looking through it again and again is a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run; in CI nothing is left out, so it fails there."""
    lacking = {mark for mark, tools in TOOLS.items() if not any(map(_found, tools))}
    lacking |= set() if can_judge() else {"html"}
    for item in items:
        given = getattr(item, "callspec", None)
        if {"postgres", "postgres_server"} & set(getattr(item, "fixturenames", ())) or (
            given is not None and "postgresql" in given.params.values()
        ):
            item.add_marker("postgres")
        # A browser and a server take seconds to start, the whole application with a database a third of a second.
        if _marks(item) & {"browser", "postgres"} or WHOLE & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
    left_out = [] if os.environ.get("CI") == "true" else [item for item in items if _marks(item) & lacking]
    config.stash[LEFT_OUT] = left_out
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what was left out."""
    if not can_judge():
        terminalreporter.write_line("left out, html-validate is not there (make test): whether each page is valid HTML")
    for item in config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(f"left out, the machine lacks a tool: {item.nodeid}")


def _found(tool: str) -> bool:
    """A program by name on the path, or by pattern where Debian puts it."""
    return any(Path("/").glob(tool[1:])) if "*" in tool else shutil.which(tool) is not None


def _marks(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches a test."""
    for name in [n for n in os.environ if n.upper().startswith("MYTHMARK_") or n == "DATABASE_URL"]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def mlops() -> Questionnaire:
    """The shipped questionnaire."""
    return Shelf().get("mlops@1.0.0")


@pytest.fixture(scope="session")
def tiny_na(mlops: Questionnaire) -> Questionnaire:
    """The shipped questionnaire with N/A allowed everywhere."""
    return replace(mlops, questions=tuple(replace(q, na_allowed=True) for q in mlops.questions))


@pytest.fixture(scope="session")
def example() -> Assessment:
    """The example organization of measurement.md."""
    read = read_assessment(EXAMPLE.read_bytes(), EXAMPLE.name, Shelf())
    assert read.assessment is not None
    return read.assessment
