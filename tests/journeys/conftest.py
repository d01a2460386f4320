"""A real server on a demo database of its own, and a real browser that forgives nothing."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sisiwu.foundation.clusters.postgres import postgres_cluster, programs

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30_000
"""Milliseconds an expected element may take on a loaded machine; what is there at once is not waited for."""
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
WAIT_SECONDS = 180


@contextmanager
def served(folder: Path, database: str = "") -> Iterator[str]:
    """The address of ``./sisiwu demo`` with two units, on a database of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = {**os.environ, "SISIWU_VAR": str(folder), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    environment.pop("SISIWU_DATABASE", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if database:
        environment["SISIWU_DATABASE"] = database
    log = (folder / "log").open("w", encoding="utf-8")
    command = [sys.executable, "-m", "sisiwu", "demo", "--units", "2", "--address", address]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        for _ in range(WAIT_SECONDS * 2):
            try:
                urlopen(f"http://{address}/about/", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text(encoding="utf-8")
                time.sleep(0.5)
        yield f"http://{address}"
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo on SQLite keeps what it keeps."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The demo on the embedded SQLite."""
    with served(site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def site_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same demo on a PostgreSQL of its own."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_cluster() as dsn:
        parts = dict(re.findall(r"(\w+)=(\S+)", dsn))
        database = f"postgresql://{parts['user']}@{parts['host']}:{parts['port']}/{parts['dbname']}"
        with served(tmp_path_factory.mktemp("var"), database) as address:
            yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        one = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield one
        one.close()


@dataclass
class Visit:
    """A page of somebody signed in, what was clicked and typed, and what the browser complained of."""

    page: Page
    site: str
    clicks: int = 0
    fields: int = 0
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.site + path)

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.click(selector)

    def type(self, selector: str, text: str) -> None:
        self.fields += 1
        self.page.fill(selector, text)


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """``visit("wangqiang", "phone")``: signed in with one click; at the end nothing may have been complained of."""
    made: list[Visit] = []

    def start(username: str = "", size: str = "desk", *, script: bool = True) -> Visit:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        one = Visit(context.new_page(), site)
        one.page.on(
            "console",
            lambda said: one.complaints.append(said.text) if said.type == "error" and "422" not in said.text else None,
        )
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.on(
            "request",
            lambda asked: one.complaints.append(asked.url) if not asked.url.startswith((site, "data:")) else None,
        )
        made.append(one)
        one.open("/accounts/login/")
        if username:
            one.page.click(f"form:has(input[value={username}]) button")
            one.page.wait_for_url(f"{site}/")
        return one

    yield start
    complaints = [words for one in made for words in one.complaints]
    for one in made:
        one.page.context.close()
    assert complaints == []
