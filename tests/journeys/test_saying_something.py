"""From the foot of any page to the committee's desk and back, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


def test_a_suggestion_without_a_name_is_answered_by_its_code(visit: Callable[..., Any]) -> None:
    member = visit("lina", "phone")
    member.open("/meetings/")
    member.click("footer >> text=提意见")
    expect(member.page.locator("main")).to_contain_text("所在页面：/meetings/")
    member.type("#id_text", "列表里字太小")
    member.click("text=匿名 >> nth=0")
    member.click("button:has-text('提交')")
    code = re.findall(r"[2-9A-Z]{10}", member.page.inner_text("main"))[0]
    assert member.clicks <= 3

    staff = visit("zhengmin")
    staff.open("/feedback/?q=列表里字太小")
    staff.click("a:has-text('列表里字太小')")
    expect(staff.page.locator("main")).to_contain_text("匿名")
    staff.type("#id_answer", "已有大字版，在姓名下面。")
    staff.click("button:has-text('答复')")

    stranger = visit("", "phone")
    stranger.open("/feedback/code/")
    stranger.type("#code", code)
    stranger.click("button:has-text('查看')")
    expect(stranger.page.locator("main")).to_contain_text("已有大字版")


def test_a_drawn_record_is_shown_and_found_to_conform(visit: Callable[..., Any]) -> None:
    staff = visit("hejing")
    staff.open("/spot-checks/1/")
    expect(staff.page.locator("main")).to_contain_text("与现在重抽的结果相同")
    staff.click("table a >> nth=0")
    staff.click("label:has-text('相符') >> nth=0")
    staff.click("button:has-text('记录结果')")

    expect(staff.page.locator("[role=status]")).to_contain_text("得分没有变化")
