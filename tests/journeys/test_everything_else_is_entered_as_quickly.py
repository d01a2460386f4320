"""Classes, visits, services, honours on a phone: clicks and fields are counted and must not grow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


def sent(one: Any) -> None:
    one.click("button:has-text('提交核实')")
    expect(one.page.locator("[role=status]")).to_contain_text("不用再报第二遍")


def test_a_class_takes_three_clicks_and_two_fields(visit: Callable[..., Any]) -> None:
    secretary = visit("wangqiang", "phone")
    secretary.click(".doing >> text=培训")
    secretary.type("#id_title", "学习支部工作条例")
    secretary.type("#id_hours_centi", "4")
    roll = secretary.page.locator(".roll input[type=checkbox]").count()
    secretary.click("label:has-text('李娜')")
    sent(secretary)

    expect(secretary.page.locator("main")).to_contain_text(f"{roll - 1} 人")
    assert (secretary.clicks, secretary.fields) == (3, 2)


def test_a_care_visit_takes_four_clicks_and_two_fields(visit: Callable[..., Any]) -> None:
    """users.md, section 7, task 12: five clicks and text."""
    secretary = visit("wangqiang", "phone")
    secretary.click(".doing >> text=走访")
    secretary.click("label:has-text('慰问')")
    secretary.type("#id_place", "文庙社区")
    secretary.type("#id_title", "看望抗战老战士")
    secretary.click(".roll label:has-text('王强')")
    sent(secretary)

    assert (secretary.clicks, secretary.fields) == (4, 2)


def test_the_second_service_in_a_community_takes_one_field(visit: Callable[..., Any]) -> None:
    secretary = visit("chentao", "phone")
    secretary.open("/service-hours/new/")
    if not secretary.page.input_value("#id_place"):
        secretary.page.fill("#id_place", "文庙社区")
        secretary.page.fill("#id_hours_centi", "2")
    secretary.type("#id_title", "暑期安全宣传")
    secretary.click("label:has-text('李娜')")
    if secretary.page.locator("#id_another").count():
        secretary.page.check("#id_another")
    sent(secretary)

    assert secretary.fields == 1


def test_an_honour_takes_four_clicks_and_two_fields(visit: Callable[..., Any]) -> None:
    """users.md, section 7, task 9: a bonus is claimed in five clicks."""
    secretary = visit("wangqiang", "phone")
    secretary.click(".doing >> text=表彰")
    secretary.type("#id_title", "年度党建工作先进集体")
    secretary.page.select_option("#id_level", "work_committee")
    secretary.clicks += 1
    secretary.type("#id_granted_by", "省直机关工委")
    sent(secretary)

    assert secretary.clicks <= 5
    assert secretary.fields == 2


def test_a_file_goes_along_and_staff_see_it_beside_the_facts(visit: Callable[..., Any], tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "现场.jpg"
    Image.new("RGB", (640, 480), "#888").save(picture)
    secretary = visit("wangqiang", "phone")
    secretary.open("/visits/new/")
    secretary.type("#id_place", "双桥社区")
    secretary.type("#id_title", "入户宣讲（附照片）")
    secretary.click("summary:has-text('材料')")
    secretary.page.set_input_files("#id_files", picture)
    sent(secretary)

    staff = visit("zhengmin", "desk")
    staff.open("/verify/?q=附照片")
    thumbnail = staff.page.locator("article .files img")
    expect(thumbnail).to_be_visible()
    assert thumbnail.evaluate("(one) => one.naturalWidth") == 640


def test_a_deed_sent_twice_by_an_impatient_finger_is_done_once(visit: Callable[..., Any]) -> None:
    secretary = visit("wangqiang", "phone")
    secretary.open("/visits/new/")
    secretary.type("#id_place", "红光社区")
    secretary.type("#id_title", "连点两下")
    key = secretary.page.input_value("#id_key")
    secretary.page.dblclick("button:has-text('提交核实')")
    expect(secretary.page.locator("[role=status]")).to_contain_text("不用再报第二遍")
    secretary.open("/visits/?q=连点两下")

    assert key
    expect(secretary.page.locator(".total")).to_contain_text("共 1 条")


def test_the_system_officer_opens_an_account_and_it_works(visit: Callable[..., Any], site: str) -> None:
    officer = visit("xitong")
    officer.click("nav >> text=账号")
    officer.click("text=开通账号")
    officer.type("#id_name", "新同志")
    officer.type("#id_username", "xintongzhi")
    officer.click("button:has-text('开通')")
    password = officer.page.inner_text("code")

    fresh = visit("")
    fresh.page.fill("#id_login", "xintongzhi")
    fresh.page.fill("#id_password", password)
    fresh.page.click("button:has-text('登录') >> nth=0")

    expect(fresh.page.locator("h1")).to_contain_text("新同志")
    assert officer.fields == 2
