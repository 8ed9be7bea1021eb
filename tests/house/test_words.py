"""No file names one machine, a package index, or where the design was written."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Written in pieces, so that this file does not name what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        (
            r"(?<![\w.])/(?:work|root|home)/" + r"[a-z0-9._-]",
            "files.pythonhosted" + r"\.org",
            "(?:test" + r"\.)?pypi\.org",
            "registry.npm" + r"js",
            "deb.debian" + r"\.org",
            r"\.\./" + "shared",
            r"--(?:extra-)?index" + "-url",
            "--find" + "-links",
        )
    )
)
#: The lock is made with switches that say what must not be written into it.
ALLOWED = re.compile(r"--no-emit-(?:index-url|find-links)")


def _named(text: str) -> list[str]:
    return [found[0] for found in FORBIDDEN.finditer(ALLOWED.sub("", text))]


def _texts() -> list[Path]:
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not {".venv", ".git"} & set(path.parts)]


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {}
    for path in _texts():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            named = _named(data.decode("utf-8", "replace"))
            if named:
                found[path.relative_to(ROOT).as_posix()] = named
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "see /wo" + "rk/main/app",
        "open('/ro" + "ot/.config')",
        "https://py" + "pi.org/simple",
        "cat ../sh" + "ared/design",
        "--index" + "-url x",
    ],
)
def test_a_bad_text_is_found(text: str) -> None:
    assert _named(text)


def test_harmless_texts_are_let_pass() -> None:
    assert not _named("framework/main, a/root/cause, --no-emit-index-url, https://mythmark.example.org/home")
