"""Which test holds which burden requirement, read from the tests themselves: ``@pytest.mark.holds("R4", "附件可选")``.

``make burden`` writes it where the page /burden/ reads it; nothing is run for that.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "src" / "sisiwu" / "faces" / "web" / "holds.json"


def marks(function: ast.FunctionDef) -> list[tuple[str, str]]:
    """Requirement and words of every mark on a test. Raises ValueError for a mark without both."""
    found = []
    for one in function.decorator_list:
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "pytest.mark.holds":
            values = [value.value for value in one.args if isinstance(value, ast.Constant)]
            if len(values) != 2 or not all(isinstance(value, str) and value for value in values):
                raise ValueError(f"{function.name}: holds(requirement, words)")
            found.append((str(values[0]), str(values[1])))
    return found


def collected() -> dict[str, list[dict[str, str]]]:
    """requirement -> its tests, in the order of files."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for code, words in marks(node):
                    name = f"{path.relative_to(ROOT).as_posix()}::{node.name}"
                    found.setdefault(code, []).append({"test": name, "says": words})
    return dict(sorted(found.items(), key=lambda one: int(one[0][1:])))


def text() -> str:
    """The file as it should be."""
    return json.dumps(collected(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
