"""Somebody above asks, the branch enters what it did, staff accept: one form, and nothing else. And signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

SCANS = 50


def issue(visit: Callable[..., Any], title: str, kind: str, *, script: bool = True) -> Any:
    """Staff ask the branch of the cast for one meeting of a kind it has not had this month."""
    staff = visit("zhengmin", script=script)
    staff.open("/assignments/new/")
    staff.type("#id_title", title)
    staff.type("#id_asked", "年底前开一次。")
    staff.type("#id_basis", "机关党委通知（示例）")
    staff.type("#id_due_on", "12.31")
    staff.click(f"label:has-text('{kind}') input[name=kinds]")
    staff.type("#id_picked", "刑侦总队第一党支部")
    staff.click("button[value=preview]")
    expect(staff.page.locator("section[aria-label=预览]")).to_contain_text("将布置给 1 个党组织")
    staff.click("button[value=issue]")
    expect(staff.page.locator("[role=status]")).to_contain_text("已布置")
    return staff


@pytest.mark.parametrize(
    ("kind", "size", "script"),
    [("组织生活会", "phone", True), ("民主评议党员", "desk", True), ("理论学习", "phone", False)],
)
def test_two_clicks_and_no_field_from_home_to_sent(
    visit: Callable[..., Any], kind: str, size: str, script: bool
) -> None:
    title = f"年底{kind}"
    staff = issue(visit, title, kind, script=script)
    assert (staff.clicks, staff.fields) == (3, 5)

    secretary = visit("wangqiang", size, script=script)
    secretary.click(f"a:text-is('任务：{title}')")
    secretary.page.wait_for_url("**/meetings/new/**")
    secretary.click("button:has-text('提交核实')")
    expect(secretary.page.locator("[role=status]")).to_contain_text("不用再报第二遍")

    staff.open("/verify/?q=" + title)
    staff.click(f"article:has-text('{title}') button[value=accept]")
    staff.open("/assignments/?q=" + title)
    expect(staff.page.locator("main")).to_contain_text("1 / 1")
    secretary.open("/")
    expect(secretary.page.locator(f"a:text-is('任务：{title}')")).to_have_count(0)
    assert (secretary.clicks, secretary.fields) == (2, 0)


def test_a_scan_is_all_a_member_does_and_the_wall_counts_by_itself(visit: Callable[..., Any]) -> None:
    secretary = visit("wangqiang")
    secretary.open("/meetings/prepare/")
    secretary.page.select_option("#id_kind", "meeting.group_meeting")
    secretary.click("text=打开签到页")
    address = secretary.page.get_attribute(".wall a", "href")
    wall = secretary.page.locator(".wall-count")
    expect(wall).to_contain_text("已签到 0 / 应到")
    nobody = wall.inner_text()

    member = visit("lina", "phone")
    member.page.goto(address)

    expect(member.page.locator("main")).to_contain_text("已签到")
    assert member.clicks == 0
    expect(wall).to_contain_text(nobody.replace("已签到 0", "已签到 1"), timeout=60_000)
    secretary.click("text=会后：记录会议")
    expect(secretary.page.locator("li:has-text('李娜')")).to_contain_text("已签到")
    secretary.page.goto(secretary.site + "/meetings/prepare/")
    secretary.page.click("main .tasks a >> nth=0")
    secretary.click("text=取消签到")


class Phone:
    """Somebody's browser without the browser."""

    def __init__(self, site: str, username: str) -> None:
        self.site, self.jar = site, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        self.get("/accounts/login/")
        self.post("/demo/sign-in/", {"username": username})

    def get(self, path: str) -> tuple[int, str]:
        with self.opener.open(path if path.startswith("http") else self.site + path, timeout=60) as answer:
            return answer.status, answer.read().decode()

    def post(self, path: str, typed: dict[str, str]) -> str:
        token = next(cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken")
        body = urlencode({**typed, "csrfmiddlewaretoken": token}).encode()
        with self.opener.open(Request(self.site + path, body), timeout=60) as answer:  # noqa: S310 - this machine
            return str(answer.geturl())


def test_fifty_scans_at_once_are_three_people(site: str) -> None:
    secretary = Phone(site, "wangqiang")
    wall = secretary.post("/meetings/prepare/", {"kind": "meeting.heart_talk", "place": "会议室"})
    address = re.findall(r'<a href="([^"]+/s/\d+/[^"]+)"', secretary.get(wall)[1])[0]
    phones = [secretary, Phone(site, "chentao"), Phone(site, "lina")]

    with ThreadPoolExecutor(SCANS) as pool:
        answers = list(pool.map(lambda turn: phones[turn % 3].get(address)[0], range(SCANS)))

    assert answers == [200] * SCANS
    assert "已签到 <b>3</b> / 应到 " in secretary.get(wall)[1]
    secretary.post(wall.removeprefix(site).replace("wall", "drop"), {})
