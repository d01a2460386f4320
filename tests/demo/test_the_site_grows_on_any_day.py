"""The demonstration is shown on any day of the year, the first days of January and 29 February too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DAYS = ("2027-01-01", "2027-01-02", "2027-03-31", "2027-04-01", "2028-02-29", "2026-12-31")


@pytest.fixture(scope="module")
def grown() -> dict[str, dict[str, Any]]:
    """What is there on each day; in a process and a database of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "tests/demo/growing.py", *DAYS]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {told["day"]: told for told in map(json.loads, done.stdout.splitlines())}


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_there_is_work_to_show_on_any_day(grown: dict[str, dict[str, Any]], day: str) -> None:
    told, today = grown[day], date.fromisoformat(day)

    assert told["own"] > 6
    assert told["first"] < str(today - timedelta(days=60))
    assert told["last"] <= day
    assert told["assignments"] == 3
    assert told["draws"] == 1
