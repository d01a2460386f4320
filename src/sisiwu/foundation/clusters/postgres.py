"""A PostgreSQL of our own: made, started, stopped and thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Where PostgreSQL's programs are, None when it is not installed."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").is_file():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def postgres_cluster() -> Iterator[str]:
    """Yields the DSN of a throw-away cluster on loopback. Raises FileNotFoundError without PostgreSQL."""
    with postgres_server() as (dsn, _):
        yield dsn


@contextmanager
def postgres_server() -> Iterator[tuple[str, Callable[[], float]]]:
    """The same with a clock: CPU seconds of the server and everything it started."""
    bin_ = programs()
    if bin_ is None:
        raise FileNotFoundError("initdb")
    folder = Path(tempfile.mkdtemp(prefix="sisiwu-pg-"))
    # PostgreSQL refuses to run as root; its own user does instead.
    as_user: list[str] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"

    def call(*words: str) -> None:
        subprocess.run([*as_user, *words], check=True, stdout=subprocess.DEVNULL, cwd="/")

    try:
        call(str(bin_ / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
        call(str(bin_ / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            pid = int((data / "postmaster.pid").read_text().splitlines()[0])
            yield f"host=127.0.0.1 port={port} user=postgres dbname=postgres", lambda: cpu_of(pid)
        finally:
            call(str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cpu_of(root: int) -> float:
    """CPU seconds of a process, of those it started, and of those of them that have ended."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(stat.parent.name) == root:
            ticks += sum(int(fields[place]) for place in (11, 12, 13, 14))
        elif int(fields[1]) == root:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
