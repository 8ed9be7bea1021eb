"""Hostile files are refused with words, in under two seconds and little memory: seen in a child of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.formats.places import ASSESSMENT_BYTES, PACK_BYTES

pytestmark = pytest.mark.slow  # starts a process, and reads what is meant to take long

#: Reads each file as what its name says and prints the name, the seconds and the first problem.
CHILD = """
import json, sys, time
from pathlib import Path
from app.formats.packs import load_questionnaire
from app.formats.places import ASSESSMENT_BYTES, read_document
from app.formats.problems import Problems
found = {}
for path in map(Path, sys.argv[1:]):
    data, start = path.read_bytes(), time.process_time()
    try:
        load_questionnaire(data, "h") if path.suffix == ".pack" else read_document(data, "h", ASSESSMENT_BYTES)
        said = ""
    except Problems as problems:
        said = str(problems.items[0])
    found[path.stem] = [time.process_time() - start, said]
# not ru_maxrss: a child starts with the peak of the process that forked it
peak = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(json.dumps([found, peak]))
"""

FILES = {
    "alias bomb": b"a: &a [x,x]\n" + b"".join(b"%c: &%c [*%c,*%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 120)),
    "deep list": b"[" * 5_000_000,
    "deep mapping": b'{"a":' * 1_000_000,
    "deep blocks": b"- " * 2_000_000,
    "deep keys": b"? " * 2_000_000,
    "many items": b"[" + b"a," * 2_500_000 + b"a]",
    "many numbers": b"[" + b"1," * 2_500_000 + b"1]",
    "many empty": b"[" + b"{}," * 1_700_000 + b"1]",
    "many lines": b"- a\n" * 1_300_000,
    "many keys": b"\n".join(b"k%d: 1" % n for n in range(450_000)),
    "many anchors": b"\n".join(b"- &a%d x" % n for n in range(400_000)),
    "huge number": b"a: " + b"9" * 5_000_000,
    "huge json number": b"[" + b"9" * 5_000_000 + b"]",
    "huge exponent": b"[1e" + b"9" * 5_000_000 + b"]",
    "many documents": b"---\n" * 1_300_000,
    "huge tag": b"!" * 5_000_000,
    "huge indentation": b"a:\n" + b" " * 5_000_000 + b"- &x b",
    "open quote": b'a: "' + b"x" * 5_000_000,
}


def deep(make: Callable[[int], str]) -> bytes:
    """As many lines of something as fit into a pack."""
    return "\n".join(map(make, range(22_000))).encode()[: PACK_BYTES - 100].rpartition(b"\n")[0]


PACKS: dict[str, Callable[[], bytes]] = {
    "unknown keys": lambda: deep(lambda n: f"k{n}: 1"),
    "unknown ids": lambda: b"pulse:\n" + deep(lambda n: f"- q{n}"),
    "wrong questions": lambda: b"questions:\n" + deep(lambda n: f"- {{id: q{n}}}"),
    "unknown needs": lambda: (
        b"questions:\n- id: q\n  steps:\n  - id: q@1\n    prerequisites:\n" + deep(lambda n: f"    - x{n}@1")
    ),
    "long chain": lambda: (
        b"questions:\n- id: q\n  steps:\n" + deep(lambda n: f"  - {{id: q{n}@1, prerequisites: [q{n + 1}@1]}}")
    ),
    "long ring": lambda: (
        b"questions:\n- id: q\n  steps:\n" + deep(lambda n: f"  - {{id: q{n}@1, prerequisites: [q{(n + 1) % 3000}@1]}}")
    ),
    "near names": lambda: (
        b"families:\n- {id: aaaaaaaaaaaaaaaa}\nroles:\n" + deep(lambda n: f"- {{family: aaaaaaaaaaaa{n:04}}}")
    ),
    "duplicates": lambda: b"myths:\n" + deep(lambda _: "- {id: m}"),
    "a thousand empty entries each": lambda: (
        b"\n".join(
            kind + b":" + b"\n- {}" * 1000
            for kind in (b"roles", b"myths", b"claims", b"beliefs", b"sources", b"references", b"context", b"families")
        )
        + b"\nquestions:"
        + b"\n- {}" * 200
    ),
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, tuple[float, str]], int]:
    """What the child saw of every file: seconds and first problem, and its largest memory in KiB."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in FILES.items():
        assert len(data) <= ASSESSMENT_BYTES + 2 * 1024 * 1024
        (folder / f"{name}.file").write_bytes(data[:ASSESSMENT_BYTES])
    for name, make in PACKS.items():
        assert len(make()) <= PACK_BYTES
        (folder / f"{name}.pack").write_bytes(make())
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    paths = [str(path) for path in sorted(folder.iterdir())]
    run = subprocess.run(
        [sys.executable, "-c", CHILD, *paths], capture_output=True, check=True, text=True, env=environment, timeout=120
    )
    found, memory = json.loads(run.stdout)
    return found, memory


@pytest.mark.parametrize("name", [*FILES, *PACKS])
def test_hostile_files_are_refused_fast(seen: tuple[dict[str, tuple[float, str]], int], name: str) -> None:
    seconds, said = seen[0][name]
    assert said.startswith("h:"), "the file was read"
    assert seconds < 2


def test_hostile_files_take_little_memory(seen: tuple[dict[str, tuple[float, str]], int]) -> None:
    assert seen[1] < 200 * 1024
