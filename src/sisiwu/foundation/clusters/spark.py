"""A standalone Spark of our own: one master and some workers as processes on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PATIENCE = 60
"""Seconds until the workers must have registered."""


def home() -> Path | None:
    """Where pyspark lies, None without it or without Java."""
    found = find_spec("pyspark")
    if found is None or found.origin is None or shutil.which("java") is None:
        return None
    return Path(found.origin).parent


@contextmanager
def spark_cluster(workers: int, cores: int = 1, memory: str = "4g") -> Iterator[str]:
    """Yields the master's address once every worker has registered.

    Raises FileNotFoundError without Spark or Java, TimeoutError when a worker does not come.
    """
    place = home()
    if place is None:
        raise FileNotFoundError("pyspark")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"spark://127.0.0.1:{port}"
    folder = Path(tempfile.mkdtemp(prefix="sisiwu-spark-"))
    environment = os.environ | {
        "SPARK_HOME": str(place),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_NO_DAEMONIZE": "1",
    }
    processes: list[subprocess.Popen[bytes]] = []
    log = folder / "master.log"

    def start(name: str, *words: str) -> None:
        with (folder / f"{name}.log").open("wb") as out:
            command = [str(place / "bin" / "spark-class"), *words]
            processes.append(
                subprocess.Popen(command, stdout=out, stderr=out, env=environment, cwd=folder, start_new_session=True)
            )

    try:
        start(
            "master",
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--webui-port",
            "0",
        )
        _wait(log, "I have been elected leader", 1)
        for number in range(workers):
            start(
                f"worker{number}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0",
                "--cores", str(cores), "--memory", memory, "--work-dir", str(folder / f"work{number}"), address,
            )  # fmt: skip
        _wait(log, "Registering worker", workers)
        yield address
    finally:
        for process in reversed(processes):
            os.killpg(process.pid, 15)
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(log: Path, said: str, times: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if log.is_file() and log.read_text(errors="replace").count(said) >= times:
            return
        time.sleep(0.2)
    raise TimeoutError(said)
