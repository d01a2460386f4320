"""``sisiwu officers``: three accounts once, each with its own power."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "SISIWU_VAR": str(folder), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1",
        "SISIWU_SECRET": "x" * 60, "SISIWU_SETTINGS": "production",
    }  # fmt: skip
    for name in ("SISIWU_DATABASE", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "sisiwu", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_three_accounts_are_made_once(tmp_path: Path) -> None:
    first, again = run(tmp_path, "officers"), run(tmp_path, "officers")

    assert first.returncode == 0, first.stderr
    assert len(set(re.findall(r"初始密码 (\w{12})", first.stdout))) == 3
    assert again.returncode == 1
    assert "已经有管理员了" in again.stderr
