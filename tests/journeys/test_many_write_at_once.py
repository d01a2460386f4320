"""Sixteen people submit at the same moment to a real server, on SQLite and on PostgreSQL: all are taken, none twice."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

import pytest

pytestmark = pytest.mark.slow
WRITERS, EACH = 16, 6


class Writer:
    """A secretary's browser without the browser."""

    def __init__(self, site: str) -> None:
        self.site, self.jar = site, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        self.get("/accounts/login/")
        self.post("/demo/sign-in/", {"username": "wangqiang"})

    def get(self, path: str) -> str:
        return str(self.opener.open(self.site + path, timeout=60).read().decode())

    def post(self, path: str, typed: dict[str, str]) -> tuple[int, str]:
        token = next(cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken")
        body = urlencode({**typed, "csrfmiddlewaretoken": token}).encode()
        with self.opener.open(Request(self.site + path, body), timeout=60) as answer:  # noqa: S310 - this machine
            return answer.status, answer.geturl()

    def meeting(self, key: str) -> tuple[int, str]:
        page = self.get("/meetings/new/")
        hidden = dict(re.findall(r'name="(organization|on)" value="([^"]+)"', page))
        roll = dict.fromkeys(re.findall(r'type="checkbox" name="(m\d+)"', page), "on")
        typed = {
            "kind": "meeting.heart_talk",
            "title": f"同时提交 {key}",
            "place": "会议室",
            "key": key,
            **hidden,
            **roll,
        }
        return self.post("/meetings/new/", typed)


@pytest.fixture(params=["site", pytest.param("site_on_postgres", marks=pytest.mark.postgres)])
def server(request: pytest.FixtureRequest) -> str:
    """The address of the demo on either database."""
    return str(request.getfixturevalue(request.param))


def test_sixteen_writers_lose_nothing(server: str) -> None:
    def work(_turn: int) -> list[tuple[int, str]]:
        one = Writer(server)
        return [one.meeting(str(uuid4())) for _ in range(EACH)]

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = [answer for found in pool.map(work, range(WRITERS)) for answer in found]

    assert {status for status, _ in answers} == {200}
    assert len({address for _, address in answers}) == WRITERS * EACH


def test_the_same_post_twenty_times_in_parallel_is_one_deed(server: str) -> None:
    key = str(uuid4())
    writers = [Writer(server) for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda turn: writers[turn % 8].meeting(key), range(20)))

    assert {status for status, _ in answers} == {200}
    assert len({address for _, address in answers}) == 1
