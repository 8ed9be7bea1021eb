"""No file over 250 lines and no function over 40 without a reason."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_FILE, MOST_FUNCTION = 250, 40


def _long_files(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in (root / "app").rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) > MOST_FILE
    }


def _long_functions(root: Path) -> set[str]:
    found = set()
    for path in (root / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > MOST_FUNCTION:
                found.add(f"{path.relative_to(root).as_posix()}:{node.name}")
    return found


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _reasons(part: str) -> set[str]:
    reasons = tomllib.loads((ROOT / "tests" / "house" / "sizes.toml").read_text("utf-8"))[part]
    assert all(isinstance(reason, str) and len(reason) > 15 for reason in reasons.values())
    return set(reasons)


def test_a_long_file_has_a_reason_and_only_a_long_file() -> None:
    assert _long_files(ROOT) == _reasons("files")


def test_a_long_function_has_a_reason_and_only_a_long_function() -> None:
    assert _long_functions(ROOT) == _reasons("functions")


def test_a_long_file_and_a_long_function_are_found(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "long.py").write_text("def f():\n" + "    x = 1\n" * MOST_FUNCTION + "\n" * MOST_FILE)
    (tmp_path / "app" / "short.py").write_text("def f():\n" + "    x = 1\n" * (MOST_FUNCTION - 1))
    assert _long_files(tmp_path) == {"app/long.py"}
    assert _long_functions(tmp_path) == {"app/long.py:f"}
