"""A letter is issued at the desk and received on a phone; a step of an admission is refused and then done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


def test_a_letter_issued_at_the_desk_is_received_on_a_phone_without_script(visit: Callable[..., Any]) -> None:
    staff = visit("zhengmin")
    staff.open("/transfers/new/")
    staff.type("[name=member]", "罗勇")
    staff.type("[name=to]", "成都市公安局机关第一党支部")
    staff.click("button:has-text('开具')")
    expect(staff.page.locator("main")).to_contain_text("已开具")
    assert (staff.clicks, staff.fields) == (1, 2)

    phone = visit("hejing", "phone", script=False)
    phone.open("/transfers/?q=罗勇&state=1")
    phone.click("td >> a:has-text('罗勇')")
    phone.click("a:has-text('确认接收')")
    phone.click("button:has-text('确认接收')")

    expect(phone.page.locator("main")).to_contain_text("罗勇的组织关系从这一天起在成都市公安局机关第一党支部")
    assert (phone.clicks, phone.fields) == (3, 0)


def test_a_secretary_sends_a_letter_back_from_the_inbox(visit: Callable[..., Any]) -> None:
    staff = visit("zhengmin")
    staff.open("/transfers/new/")
    staff.type("[name=member]", "刘洋")
    staff.type("[name=to]", "刑侦总队第一党支部")
    staff.click("button:has-text('开具')")

    phone = visit("wangqiang", "phone")
    phone.click("a:has-text('接收组织关系：刘洋')")
    phone.click("main a:has-text('退回')")
    phone.type("[name=why]", "没有写党费")
    phone.click("button:has-text('退回')")
    assert (phone.clicks, phone.fields) == (3, 1)

    phone.open("/")
    assert "刘洋" not in phone.page.inner_text("main")
    staff.open("/")
    staff.click("a:has-text('组织关系被退回：刘洋')")
    expect(staff.page.locator("main")).to_contain_text("没有写党费")


def test_a_step_that_is_too_early_says_when_and_a_talk_takes_one_line(visit: Callable[..., Any]) -> None:
    one = visit("wangqiang", "phone")
    one.open("/admissions/3/do/7/")
    one.type("[name=who]", "王强")
    one.click("button:has-text('保存')")
    expect(one.page.locator(".invalid-feedback")).to_contain_text("以前还有第 6 步")
    assert one.page.input_value("[name=who]") == "王强"

    one.open("/")
    one.clicks = one.fields = 0
    one.click("a:has-text('程浩，党组织派人谈话')")
    one.click("main a.btn-primary")
    one.type("[name=who]", "陈涛")
    one.click("button:has-text('保存')")

    expect(one.page.locator("main")).to_contain_text("已记下：党组织派人谈话")
    assert (one.clicks, one.fields) == (3, 1)


def test_the_letter_is_one_sheet_of_paper(visit: Callable[..., Any]) -> None:
    one = visit("zhengmin")
    one.open("/transfers/1/letter/")

    printed = one.page.pdf(prefer_css_page_size=True)

    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type /Page/") == 1
