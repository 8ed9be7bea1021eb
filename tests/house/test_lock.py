"""The lock files: exact, hashed, naming no index, and holding what the program imports."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = ("run", "test", "bench")
#: Where the name to import is not the name to install.
IMPORTED_AS = {"pyyaml": "yaml", "libpass": "passlib"}
#: Loaded by name, not by an import statement.
BY_NAME = {
    "argon2-cffi": "the scheme of passlib",
    "cryptography": "TOTP secrets at rest, by Flask-Security",
    "psycopg": "the driver of SQLAlchemy for PostgreSQL",
    "zxcvbn": "what is guessed early, when a password is chosen",
    "nh3": "names of passkeys, by Flask-Security",
}


def _locked(text: str) -> dict[str, tuple[str, int]]:
    """Each pinned package with its version and the number of its hashes."""
    found = {}
    for entry in re.sub(r"\\\n", " ", text).splitlines():
        if entry.strip() and not entry.lstrip().startswith("#"):
            match = re.match(r"([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==(\S+)", entry)
            assert match is not None, f"not pinned: {entry[:60]}"
            found[match[1]] = (match[2], entry.count("--hash=sha256:"))
    return found


def _lock(name: str) -> dict[str, tuple[str, int]]:
    return _locked((ROOT / "requirements" / f"{name}.txt").read_text("utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    lock = _lock(name)
    assert len(lock) > 20
    assert [package for package, (_, hashes) in lock.items() if hashes == 0] == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_name_no_address(name: str) -> None:
    assert "://" not in (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def test_an_unpinned_package_is_found() -> None:
    with pytest.raises(AssertionError, match="not pinned"):
        _locked("flask>=3\n")


def test_the_locks_agree_with_each_other() -> None:
    run, test, bench = (_lock(name) for name in LOCKS)
    assert {p: v for p, (v, _) in run.items()}.items() <= {p: v for p, (v, _) in test.items()}.items()
    assert {p: v for p, (v, _) in test.items()}.items() <= {p: v for p, (v, _) in bench.items()}.items()


def test_the_lock_holds_every_dependency_of_the_project() -> None:
    lock = _lock("run")
    assert [name for name in _declared() if name not in lock] == []


@pytest.mark.slow
def test_every_dependency_is_used_and_every_import_is_a_dependency() -> None:
    imported = {name for path in (ROOT / "app").rglob("*.py") for name in _imports(path)}
    declared = {name if name in BY_NAME else IMPORTED_AS.get(name, name.replace("-", "_")) for name in _declared()}
    assert declared - imported == set(BY_NAME), "left: declared and not used"
    assert imported - declared - {"_typeshed", "markupsafe", "pydantic_core", "werkzeug"} == set(), (
        "imported and not declared"
    )


def _declared() -> list[str]:
    """The names of the libraries, without extras and bounds."""
    return [re.split(r"[\[<>=]", dependency)[0] for dependency in PROJECT["dependencies"]]


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"app"}
