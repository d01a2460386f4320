"""The whole suite of the site once more, on a real PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sisiwu.foundation.clusters.postgres import postgres_cluster, programs

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
def test_the_site_behaves_alike_on_postgresql() -> None:
    with postgres_cluster() as dsn:
        parts = dict(re.findall(r"(\w+)=(\S+)", dsn))
        address = f"postgresql://{parts['user']}@{parts['host']}:{parts['port']}/{parts['dbname']}"
        environment = {**os.environ, "SISIWU_DATABASE": address, "PYTHONPATH": str(ROOT / "src")}
        environment.pop("PYTEST_XDIST_WORKER", None)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-o",
            "addopts=",
            "-q",
            "-p",
            "no:cacheprovider",
            "-m",
            "not slow",
            "tests/web",
        ]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-5000:]
    assert re.search(r"\d{2,} passed", done.stdout)
