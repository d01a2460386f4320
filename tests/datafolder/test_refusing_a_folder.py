"""What is refused: with file, row, column, the reason, how to mend it, and nothing half-read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.datafolder.folders import FACTS, MEMBERS, ORGANIZATIONS, folder, problems

CASES = {
    "an unknown kind of fact": ("事实", "类型,主体,日期\n党棵,A,2018-01-01\n", 2, "类型", "没有这种类型", "党课"),
    "no kind at all": ("事实", "类型,主体,日期\n,A,2018-01-01\n", 2, "类型", "不能空着", "补上"),
    "an unknown level": ("事实", "类型,主体,日期,层级\n党建文章刊发,A,2018-01-01,省部\n", 2, "层级", "没有这个层级", "省级"),
    "a level that is missing": ("事实", "类型,主体,日期\n党建文章刊发,A,2018-01-01\n", 2, "类型", "要写层级", "省级"),
    "a level where there are none": ("事实", "类型,主体,日期,层级\n党课,A,2018-01-01,省级\n", 2, "层级", "不分层级", "清空"),
    "an unknown mark": ("事实", "类型,主体,日期,标记\n党课,A,2018-01-01,书记讲\n", 2, "标记", "标记", "书记讲党课"),
    "an unknown subject": ("事实", "类型,主体,日期\n党课,丙,2018-01-01\n", 2, "主体", "没有这个编号", "核对"),
    "a person where an organization belongs": ("事实", "类型,主体,日期\n党课,Z1,2018-01-01\n", 2, "主体", "记在党组织名下", "党组织"),
    "an organization where a person belongs": (
        "事实", "类型,主体,日期,数量\n集中培训学时,A,2018-01-01,8\n", 2, "主体", "记在个人名下", "党员",
    ),
    "a day that does not exist": ("事实", "类型,主体,日期\n党课,A,2018-02-30\n", 2, "日期", "不是日期", "2018-11-26"),
    "a month alone": ("事实", "类型,主体,日期\n党课,A,2018年11月\n", 2, "日期", "不是日期", "2018-11-26"),
    "a quantity that is missing": ("事实", "类型,主体,日期\n集中培训学时,Z1,2018-01-01\n", 2, "数量", "要写学时", "补上"),
    "a quantity with a unit": ("事实", "类型,主体,日期,数量\n集中培训学时,Z1,2018-01-01,8学时\n", 2, "数量", "不是合适的数", "不带单位"),
    "a quantity below zero": ("事实", "类型,主体,日期,数量\n集中培训学时,Z1,2018-01-01,-8\n", 2, "数量", "不是合适的数", "负号"),
    "three decimals": ("事实", "类型,主体,日期,数量\n集中培训学时,Z1,2018-01-01,8.125\n", 2, "数量", "不是合适的数", "两位小数"),
    "several at once where one row is one": ("事实", "类型,主体,日期,数量\n党课,A,2018-01-01,3\n", 2, "数量", "一行记一次", "几行"),
    "the same id twice": ("事实", "编号,类型,主体,日期\nF1,党课,A,2018-01-01\nF2,党课,A,2018-01-02\nF1,党课,A,2018-01-03\n", 4, "编号", "与第 2 行重复", "删去"),
    "recorded before it happened": ("事实", "类型,主体,日期,录入日期\n党课,A,2018-05-01,2018-04-01\n", 2, "录入日期", "早于发生日期", "核对"),
    "no sharers": ("事实", "类型,主体,日期,分享人数\n党课,A,2018-05-01,0\n", 2, "分享人数", "不能是 0", "空着"),
    "a column that is missing": ("事实", "类型,日期\n党课,2018-05-01\n", 0, "主体", "缺少这一列", "可用的列名"),
    "no headings": ("事实", "党课,A,2018-05-01\n", 0, "", "没有找到表头", "第一行"),
    "an empty file": ("事实", "", 0, "", "文件是空的", "表样"),
    "a quote that never ends": ("事实", '类型,主体,日期\n党课,"A,2018-05-01\n党课,A,2018-05-01\n', None, "", "引号没有成对", "双引号"),
    "more cells than headings": ("事实", "类型,主体,日期\n党课,A,2018-05-01,多,了\n", None, "", "列数", "双引号"),
    "an unknown parent": ("党组织", ORGANIZATIONS + "C,丙支部,党支部,不存在,,1\n", 5, "上级", "没有这个编号", "党组织"),
    "parents in a circle": ("党组织", "编号,名称,类别,上级\nA,甲,党支部,B\nB,乙支部,党支部,A\n", 2, "上级", "绕成了一圈", "查"),
    "an unknown kind of organization": ("党组织", ORGANIZATIONS + "C,丙支部,党支布,W,,1\n", 5, "类别", "没有这种党组织类别", "党支部"),
    "a head count that is no number": ("党组织", ORGANIZATIONS + "C,丙支部,党支部,W,,十人\n", 5, "人数", "不是整数", "数字"),
    "an unknown branch": ("党员", MEMBERS + "Z3,王五,丁支部,,,\n", 4, "支部", "没有这个编号", "党组织"),
    "an unknown position": ("党员", MEMBERS + "Z3,王五,A,,书纪,\n", 4, "职务", "没有“书纪”", "书记"),
    "the reversal of nothing": ("冲销", "事实编号,冲销日期\nF9,2018-09-01\n", 2, "事实编号", "没有这个编号", "核对"),
    "a reversal twice": ("冲销", "事实编号,冲销日期\nF1,2018-09-01\nF1,2018-10-01\n", 2, "事实编号", "不止一次", "一条"),
    "a reversal before the fact": ("冲销", "事实编号,冲销日期\nF1,2018-01-01\n", 2, "冲销日期", "早于", "核对"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_mistake_is_told_with_its_place_and_how_to_mend_it(tmp_path: Path, name: str) -> None:
    table, text, row, column, message, hint = CASES[name]

    found = problems(folder(tmp_path, **{table: text}))

    matching = [one for one in found if message in one.message and one.column == column]
    assert matching, [str(one) for one in found]
    assert matching[0].file == f"{table}.csv"
    assert row is None or matching[0].row == row
    assert hint in matching[0].hint


def test_all_mistakes_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    facts = FACTS + "F4,党课,丙,2018-01-01,,\nF5,党课,A,13月,,\n"

    told = [(one.row, one.column) for one in problems(folder(tmp_path, 事实=facts, 党员=MEMBERS + ",无编号,A,,,\n"))]

    assert set(told) == {(5, "主体"), (6, "日期"), (4, "编号")}


def test_a_text_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    found = problems(folder(tmp_path, 事实=FACTS.encode() + b"\xff\xff\xfe"))

    assert "编码" in found[0].message
    assert "UTF-8" in found[0].hint


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "事实.csv").unlink()
    (place / "事实.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")

    assert "打不开" in problems(place)[0].message


def test_a_folder_without_organizations_is_refused(tmp_path: Path) -> None:
    (tmp_path / "事实.csv").write_text(FACTS, encoding="utf-8")

    assert any("没有找到《党组织》表" in one.message for one in problems(tmp_path))
    assert any("没有这个文件夹" in one.message for one in problems(tmp_path / "nowhere"))
