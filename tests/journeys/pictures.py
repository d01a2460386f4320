"""The pictures of the documentation, taken of the demo in a real browser: ``./sisiwu shots``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SHOTS = {
    "sign-in": ("", "desk", "/accounts/login/"),
    "home-staff": ("zhengmin", "desk", "/"),
    "verify": ("zhengmin", "desk", "/verify/"),
    "scores": ("zhengmin", "desk", "/scores/"),
    "organization": ("zhengmin", "desk", "/organizations/3/"),
    "meeting-phone": ("wangqiang", "phone", "/meetings/new/"),
    "why": ("wangqiang", "desk", "/scores/organizations/3/"),
    "member-phone": ("lina", "phone", "/"),
    "home-secretary-phone": ("wangqiang", "phone", "/"),
    "visit-phone": ("wangqiang", "phone", "/visits/new/"),
    "calendar": ("zhengmin", "desk", "/positions/calendar/"),
    "admission": ("wangqiang", "desk", "/admissions/3/"),
    "assignment": ("zhengmin", "desk", "/assignments/1/"),
    "letter": ("zhengmin", "desk", "/transfers/1/letter/"),
    "intake": ("zhengmin", "desk", "/intake/"),
    "burden": ("zhengmin", "desk", "/burden/"),
    "once": ("wangqiang", "desk", "/ledger/once/"),
    "account": ("anquan", "desk", "/accounts/people/3/"),
    "log": ("sunzheng", "desk", "/log/"),
}


@pytest.mark.parametrize("name", list(SHOTS))
def test_take(visit: Callable[..., Any], name: str) -> None:
    username, size, path = SHOTS[name]
    one = visit(username, size)
    one.open(path)
    if name == "why":
        for opened in (
            "li.k-list > details > summary",
            "li.k-item > details > summary",
            "li.k-rule > details > summary",
        ):
            one.page.locator(opened).first.click()
    PICTURES.mkdir(exist_ok=True)
    one.page.screenshot(path=PICTURES / f"{name}.png")
