"""Every page for those who cannot see, on both sizes: axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow
PAGES = {
    "": ["/accounts/login/", "/about/", "/feedback/new/?from=/about/", "/feedback/code/"],
    "wangqiang": ["/", "/meetings/", "/meetings/new/", "/meetings/1/", "/articles/", "/articles/new/", "/trainings/", "/trainings/new/", "/visits/new/", "/service-hours/new/", "/commendations/new/", "/ledger/once/", "/assignments/", "/assignments/todo/", "/assignments/1/", "/assignments/targets/1/", "/assignments/targets/4/answer/", "/meetings/prepare/", "/meetings/sign/", "/members/", "/scores/", "/scores/organizations/3/", "/me/looks/", "/accounts/2fa/", "/accounts/password/change/", "/accounts/sessions/", "/burden/", "/documents/", "/documents/1/", "/workdays/", "/inbox/reminding/", "/spot-checks/", "/transfers/", "/transfers/1/", "/transfers/1/receive/", "/admissions/", "/admissions/3/", "/admissions/3/do/6/", "/admissions/new/", "/me/tokens/"],
    "zhengmin": ["/assignments/", "/assignments/2/", "/assignments/new/", "/assignments/1/extend/", "/verify/", "/organizations/", "/organizations/3/", "/organizations/3/change/", "/ledger/1/", "/members/1/", "/search/?q=刑侦", "/scores/", "/burden/?times=200&minutes=5", "/workdays/publish/?year=2026", "/workdays/?year=2030", "/feedback/", "/feedback/1/", "/spot-checks/1/", "/spot-checks/new/", "/spot-checks/check/1/", "/inbox/asked/", "/organizations/3/merge/", "/organizations/tree/?at=2", "/organizations/regions/", "/positions/calendar/", "/transfers/", "/transfers/new/", "/transfers/incoming/", "/transfers/1/letter/", "/transfers/2/", "/admissions/6/", "/intake/", "/inbox/asked/", "/members/", "/documents/"],
    "sunzheng": ["/", "/log/"],
    "lina": ["/", "/me/looks/", "/meetings/sign/", "/search/"],
    "yangzhigang": ["/", "/scores/", "/organizations/"],
    "xitong": ["/", "/accounts/people/", "/accounts/people/open/", "/accounts/people/3/"],
    "anquan": ["/accounts/people/3/", "/accounts/people/3/give/"],
}  # fmt: skip


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("username", list(PAGES))
def test_axe_finds_nothing(visit: Callable[..., Any], username: str, size: str) -> None:
    one, found = visit(username, size), []
    for path in PAGES[username]:
        one.open(path)
        for violation in Axe().run(one.page).response["violations"]:
            nodes = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{path}: {violation['id']} {nodes}")

    assert not found, "\n".join(found)


@pytest.mark.parametrize("username", ["wangqiang", "zhengmin"])
def test_no_page_scrolls_sideways_on_a_phone(visit: Callable[..., Any], username: str) -> None:
    one = visit(username, "phone")
    for path in PAGES[username]:
        one.open(path)
        assert one.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path
