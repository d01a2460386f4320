"""An officer imports a register on a desk: users.md, section 7, task 7: three clicks."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
CLICKS_MAX, ROWS = 3, 500
BRANCH = "刑侦总队第二党支部"
"""Not the branch whose secretary does everything else in the journeys."""


def roster(path: Path, code: str, *more: tuple[str, ...]) -> Path:
    """A roster of 500 members with a title above it, as a personnel office sends it."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["某单位党员花名册"])
    page.append(["序号", "编号", "姓名", "所在党支部", "人员类别", "加入党组织日期"])
    for at in range(ROWS):
        page.append([at + 1, f"{code}{at:04d}", f"张{'伟芳娜敏静'[at % 5]}", BRANCH, "正式党员", "2010.7.1"])
    for row in more:
        page.append(row)
    book.save(path)
    return path


def test_five_hundred_rows_take_three_clicks(visit: Callable[..., Any], tmp_path: Path) -> None:
    staff = visit("zhengmin")
    staff.open("/organizations/")
    staff.click("text=导入、导出名册")
    staff.page.set_input_files("#id_file", roster(tmp_path / "名册.xlsx", "J"))
    staff.click("main button:has-text('检查')")
    expect(staff.page.locator("main")).to_contain_text("没有问题，还没有写入")
    staff.click("button:has-text('写入名册')")

    expect(staff.page.locator("[role=status]")).to_contain_text(f"党员新增 {ROWS}")
    assert staff.clicks <= CLICKS_MAX
    staff.open("/members/?q=J0499")
    expect(staff.page.locator("#rows")).to_contain_text("共 1 条")


def test_the_workbook_with_its_mistakes_marked_takes_three_clicks(visit: Callable[..., Any], tmp_path: Path) -> None:
    wrong = ("501", "K9000", "罗成", "刑侦总队一支部", "团员", "2010.13.1")
    staff = visit("zhengmin")
    staff.open("/organizations/")
    staff.click("text=导入、导出名册")
    staff.page.set_input_files("#id_file", roster(tmp_path / "名册.xlsx", "K", wrong))
    staff.click("main button:has-text('检查')")
    with staff.page.expect_download() as coming:
        staff.click("text=下载标好问题的表格")

    page = openpyxl.load_workbook(BytesIO(coming.value.path().read_bytes())).active
    assert staff.clicks <= CLICKS_MAX
    assert [bool(page.cell(503, column).comment) for column in range(1, 7)] == [False, False, False, True, True, True]
    staff.click("label:has-text('不导入')")
    staff.click("button:has-text('按勾选的再检查')")
    expect(staff.page.locator("button:has-text('写入名册')")).to_be_visible()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_check_is_readable_for_everybody(visit: Callable[..., Any], tmp_path: Path, size: str) -> None:
    staff = visit("zhengmin", size, script=size == "desk")
    staff.open("/intake/")
    staff.page.set_input_files("#id_file", roster(tmp_path / "名册.xlsx", "L", ("501", "L9000", "罗成", "没有")))
    staff.click("main button:has-text('检查')")

    expect(staff.page.locator("main")).to_contain_text("《Sheet》第 503 行")
    if size == "desk":
        assert [one["id"] for one in Axe().run(staff.page).response["violations"]] == []
    else:
        staff.page.screenshot(path=tmp_path / "phone.png")
        assert staff.page.locator("main table").count() >= 2
    staff.click("button:has-text('放弃')")
