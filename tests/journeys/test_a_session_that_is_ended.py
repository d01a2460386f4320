"""A session that its owner ends is over in every process of the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

import pytest

pytestmark = [pytest.mark.slow]
ASKED = 24
"""Enough that each of the two processes answers several times."""


def signed_in(site: str, session: str) -> bool:
    """Asked on a connection of its own, so that any of the processes may answer."""
    with urlopen(Request(f"{site}/", headers={"Cookie": f"sessionid={session}"}), timeout=30) as answer:  # noqa: S310
        return "/accounts/login/" not in answer.geturl()


def test_ending_the_other_sessions_ends_them_in_every_process(visit: Callable[..., Any], site: str) -> None:
    lost, owner = visit("lina", "phone"), visit("lina")

    session = next(one["value"] for one in lost.page.context.cookies() if one["name"] == "sessionid")

    def answers() -> set[bool]:
        return {signed_in(site, session) for _ in range(ASKED)}

    before = answers()
    owner.open("/accounts/sessions/")
    owner.click("button:has-text('退出其他登录')")
    owner.page.wait_for_selector("text=这一台")

    assert before == {True}
    assert answers() == {False}
