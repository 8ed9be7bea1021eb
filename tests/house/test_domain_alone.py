"""The domain needs nothing installed but NumPy."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ALONE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        first = name.partition('.')[0]
        if first in {'numpy', 'app'} or first in sys.stdlib_module_names:
            return None
        raise ImportError(f'{name} is not installed here')

sys.meta_path.insert(0, Refuse())
"""


def _python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", ALONE + code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_result_is_understood_with_numpy_alone() -> None:
    done = _python("import app.domain.result")
    assert done.returncode == 0, done.stderr


def test_every_module_of_the_domain_imports_with_numpy_alone() -> None:
    folder = ROOT / "app" / "domain"
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted(folder.rglob("*.py"))]
    assert len(modules) > 10
    done = _python("\n".join(f"import {module.removesuffix('.__init__')}" for module in modules))
    assert done.returncode == 0, done.stderr


def test_the_refusal_bites() -> None:
    done = _python("import pydantic")
    assert done.returncode != 0
    assert "not installed here" in done.stderr
