"""Programs on a real server: the same post fifty times is one deed; the API's scores are the command line's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
TODAY = str(datetime.now(ZoneInfo("Asia/Shanghai")).date())
SCOPES = ("read:register", "write:register", "read:activities", "write:activities", "verify", "read:scores")


def token_of(site: str, username: str, *scopes: str) -> str:
    """Made on the page, as a person makes it."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))

    def post(path: str, typed: list[tuple[str, str]]) -> str:
        token = next(cookie.value or "" for cookie in jar if cookie.name == "csrftoken")
        body = urlencode([*typed, ("csrfmiddlewaretoken", token)]).encode()
        return str(opener.open(Request(site + path, body), timeout=60).read().decode())  # noqa: S310 - this machine

    opener.open(f"{site}/accounts/login/", timeout=60).close()
    post("/demo/sign-in/", [("username", username)])
    typed = [("name", uuid4().hex), ("days", "30"), *(("scopes", scope) for scope in scopes)]
    return re.findall(r'value="(ssw_[\w-]+)"', post("/me/tokens/", typed))[0]


@pytest.fixture
def call(site: str) -> Callable[..., tuple[int, Any]]:
    def send(token: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(Request(f"{site}/api/v1{path}", data, headers), timeout=60) as answer:  # noqa: S310 - this machine
                return answer.status, json.load(answer)
        except HTTPError as error:
            return error.code, json.load(error)

    return send


def test_fifty_equal_posts_in_parallel_are_one_deed(site: str, call: Callable[..., tuple[int, Any]]) -> None:
    token = token_of(site, "zhengmin", *SCOPES)
    branch = call(token, "/organizations?q=DZ0003")[1]["items"][0]["id"]
    meeting = {"organization": branch, "kind": "meeting.heart_talk", "title": "同时发来的谈话", "on": TODAY}
    member = {"branch": branch, "name": "单雄信", "code": f"P{uuid4().hex[:8]}", "since": TODAY}

    for path, body in (("/meetings", meeting), ("/members", member)):
        key = str(uuid4())
        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(lambda _: call(token, path, body, key), range(50)))  # noqa: B023

        assert sorted(status for status, _ in answers) == [200] * 49 + [201], answers
        assert len({answer["id"] for _, answer in answers}) == 1


def test_the_api_and_the_command_line_give_the_same_scores(
    site: str, site_folder: Path, call: Callable[..., tuple[int, Any]], tmp_path: Path
) -> None:
    environment = {**os.environ, "SISIWU_VAR": str(site_folder), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    for name in ("SISIWU_DATABASE", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)

    def sisiwu(*words: str | Path) -> None:
        command = [sys.executable, "-m", "sisiwu", *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    by_api = call(token_of(site, "hejing", "read:scores"), "/scores?limit=200")[1]
    sisiwu("facts", "export", tmp_path / "data", "--on", by_api["on"])
    out = tmp_path / "results.json"
    sisiwu(
        "score", "schemes/2018/organizations", tmp_path / "data",
        "--period", by_api["period"], "--as-of", by_api["on"], "--out", out,
    )  # fmt: skip

    by_command = {one["id"]: one["total_centi"] for one in json.loads(out.read_text(encoding="utf-8"))["subjects"]}
    assert by_command == {one["code"]: one["total_centi"] for one in by_api["items"]}
    assert len(by_command) >= 3


def test_the_examples_of_the_documentation_work_as_they_are_written(site: str) -> None:
    """Every ``console`` block of docs/engineers/api.md is run by a shell, in order; after ``# ->`` stands what must be in the answer."""
    text = (ROOT / "docs" / "engineers" / "api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    script = "set -euo pipefail\n" + "\n".join(blocks)
    environment = {
        **os.environ, "SITE": site, "TOKEN": token_of(site, "zhengmin", *SCOPES), "SECRETARY": token_of(site, "wangqiang", "read:activities", "write:activities"),
    }  # fmt: skip

    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)

    promised = re.findall(r"^# -> (.*)$", "\n".join(blocks), re.MULTILINE)
    assert done.returncode == 0, done.stderr + done.stdout
    assert len(blocks) >= 8
    assert len(promised) >= 8
    position = 0
    for words in promised:
        found = done.stdout.find(words, position)
        assert found >= 0, f"{words!r} is not in the answers after {position}:\n{done.stdout}"
        position = found
