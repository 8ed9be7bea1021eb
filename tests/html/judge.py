"""html-validate beside the tests: a process that is handed each page once and says what is not valid HTML in it."""

import atexit
import hashlib
import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
LOCK = json.loads((HERE / "package-lock.json").read_text("utf-8"))
#: Where `make test` puts it, from the lock beside this file.
INSTALLED = HERE.parents[1] / ".venv" / "html"
#: Attributes whose value is part of how a page is built; words, and all other values, are what it says.
BUILT = {
    "aria-",
    "autocomplete",
    "enctype",
    "http-equiv",
    "inputmode",
    "lang",
    "method",
    "rel",
    "role",
    "scope",
    "type",
}
_WORDS = re.compile(r">[^<]+<")
_VALUE = re.compile(r'([\w:-]+)="[^"]*"')


class NotInstalled(RuntimeError):
    """The machine lacks Node.js, or the tests were not started by `make test` once."""


@cache
def can_judge() -> bool:
    """Whether this machine can; under CI=true it must. Raises NotInstalled."""
    able = shutil.which("node") is not None and (INSTALLED / "node_modules" / "html-validate").is_dir()
    if not able and os.environ.get("CI") == "true":
        raise NotInstalled("html-validate is not there: `make test` installs it, and .ci/machine Node.js")
    return able


@cache
def _process() -> subprocess.Popen[str]:
    command = ["node", str(HERE / "judge.mjs"), str(INSTALLED)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    # Not by the end of its input alone: a child that a test forked may hold the other end of it open.
    process.kill()
    process.communicate()


def invalid(source: str) -> list[str]:
    """What html-validate finds in a page or a fragment, one sentence each; raises NotInstalled."""
    if not can_judge():
        raise NotInstalled("html-validate is not there: run `make test` once, on a machine with Node.js")
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"html": source}) + "\n")
    process.stdin.flush()
    found = json.loads(process.stdout.readline())
    return [str(one) for one in found]


_JUDGED: set[bytes] = set()


def newly_invalid(source: str) -> list[str]:
    """The same, for a page that is built like none before it in this run; nothing where the machine cannot judge."""
    shape = _shape(source)
    if shape in _JUDGED or not can_judge():
        return []
    found = invalid(source)
    if not found:
        _JUDGED.add(shape)
    return found


def _shape(source: str) -> bytes:
    """What two pages have in common that are built alike: tags, attributes, and the values that validity hangs on."""
    kept = _VALUE.sub(
        lambda found: found[0] if found[1].startswith(tuple(BUILT)) else found[1], _WORDS.sub("><", source)
    )
    return hashlib.blake2b(kept.encode(), digest_size=16).digest()
