"""Every kind of mistake in a register's workbook: where it is, what it is, how to mend it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.web.registers import MEMBERS, ORGANIZATIONS, POSITIONS, TODAY, planned, told

from sisiwu.demo.cast import BRANCH, NEIGHBOUR
from sisiwu.register.intake.texts import clean, day
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.actions import found
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions.models import Holding

ORGANIZATION, MEMBER = ORGANIZATIONS[0], MEMBERS[0]


def row(**cells: str) -> tuple[str, ...]:
    """A new branch, with some cells otherwise."""
    usual = {"编号": "DZ9001", "名称": "援疆党支部", "类别": "党支部", "上级": "厅机关党委", "成立日期": "2024-01-05"}
    return tuple({**usual, **cells}.get(heading, "") for heading in ORGANIZATION)


def someone(**cells: str) -> tuple[str, ...]:
    """A new member, with some cells otherwise."""
    usual = {"编号": "M9001", "姓名": "单雄信", "所在支部": BRANCH}
    return tuple({**usual, **cells}.get(heading, "") for heading in MEMBER)


@pytest.mark.parametrize(("cells", "said"), [
    ({"成立日期": "2024-02-30"}, "党组织 第 2 行“成立日期”列“2024-02-30”：没有这一天（改法：核对月份和日子）"),
    ({"成立日期": "2027-01-01"}, "“2027-01-01”：日期在将来（改法：核对年份；还没有发生的，到时再导入）"),
    ({"成立日期": "去年"}, "“去年”：不是日期（改法：写成 2018-11-26 的样子）"),
    ({"成立日期": "2024年3月"}, "只有年月，没有日"),
    ({"成立日期": "1999-01-01"}, "早于上级“厅机关党委”的成立日期"),
    ({"成立日期": ""}, "新的组织要写成立日期"),
    ({"类别": "党支步"}, "“类别”列“党支步”：没有这种党组织类别（改法：是不是“党支部"),
    ({"类别": ""}, "新的组织要写类别"),
    ({"上级": "厅机关党支"}, "表里和名册里都没有这个组织（改法：是不是“厅机关党委”"),
    ({"上级": "DZ9001"}, "上级关系绕成了一圈"),
    ({"名称": ""}, "“名称”列：这一格不能空着"),
    ({"名称": "长" * 101}, "有 101 个字，最多 100 个"),
    ({"名称": BRANCH}, "同一上级下已有这个名称（名册里的 DZ0003）"),
    ({"地区": "成渝"}, "没有这种地区"),
    ({"本届选举日期": "2024-01-01"}, "早于成立日期 2024-01-05"),
])  # fmt: skip
def test_a_row_of_an_organization_is_told_what_is_wrong(cells: dict[str, str], said: str) -> None:
    problems = told(planned(党组织=[ORGANIZATION, row(**cells)]))

    assert len(problems) == 1
    assert said in problems[0]


@pytest.mark.parametrize(("cells", "said"), [
    ({"所在支部": ""}, "“所在支部”列：这一格不能空着"),
    ({"所在支部": "刑侦总队第一支部"}, f"是不是“{BRANCH}”"),
    ({"党籍": "团员"}, "没有这种党籍"),
    ({"入党日期": "2026-11-25"}, "日期在将来"),
    ({"编入支部日期": "2001-01-01"}, "早于支部的成立日期"),
    ({"姓名": ""}, "“姓名”列：这一格不能空着"),
    ({"编号": "M" * 21}, "有 21 个字，最多 20 个"),
])  # fmt: skip
def test_a_row_of_a_member_is_told_what_is_wrong(cells: dict[str, str], said: str) -> None:
    problems = told(planned(党员=[MEMBER, someone(**cells)]))

    assert len(problems) == 1
    assert said in problems[0]


def test_a_circle_of_superiors_is_told_at_each_of_its_rows() -> None:
    rows = [
        row(上级="DZ9002"),
        row(编号="DZ9002", 名称="乙", 上级="DZ9003"),
        row(编号="DZ9003", 名称="丙", 上级="DZ9001"),
    ]

    problems = planned(党组织=[ORGANIZATION, *rows]).problems

    assert [(one.row, one.message) for one in problems] == [(place, "上级关系绕成了一圈") for place in (2, 3, 4)]


def test_a_circle_through_the_register_is_seen() -> None:
    committee = Organization.objects.get(name="厅机关党委")
    rows = [("编号", "名称", "上级"), (committee.code, committee.name, BRANCH)]

    assert "上级关系绕成了一圈" in told(planned(党组织=rows))[0]


def test_a_number_that_stands_twice_names_the_other_row() -> None:
    organizations = planned(党组织=[ORGANIZATION, row(), row(名称="另一个")])
    members = planned(党员=[MEMBER, someone(), someone(姓名="罗成")])

    assert "与《党组织》第 2 行是同一个组织" in told(organizations)[0]
    assert "与《党员》第 2 行编号相同" in told(members)[0]


def test_a_name_that_two_organizations_have_has_to_become_a_number() -> None:
    rows = [row(), row(编号="DZ9002", 上级="省公安厅党委")]

    problems = told(planned(党组织=[ORGANIZATION, *rows], 党员=[MEMBER, someone(所在支部="援疆党支部")]))

    assert problems == [
        "党员 第 2 行“所在支部”列“援疆党支部”：有 2 个组织都叫这个名称（改法：改写编号：DZ9001、DZ9002）"
    ]


def test_a_name_that_two_members_have_has_to_become_a_number_unless_one_is_of_the_branch() -> None:
    people = [MEMBER, someone(编号="M9001"), someone(编号="M9002", 所在支部=NEIGHBOUR)]
    head = ("姓名", "党组织", "职务", "任职日期")

    narrowed = planned(党员=people, 任职=[head, ("单雄信", NEIGHBOUR, "青年委员", "2024-01-01")])
    doubtful = planned(党员=people, 任职=[head, ("单雄信", "厅机关党委", "青年委员", "2024-01-01")])

    assert narrowed.appoint[0].person.code == "M9002"
    assert "有 2 位叫这个姓名（改法：写上党员编号：M9001" in told(doubtful)[0]


def test_two_members_of_one_name_without_numbers_are_asked_for_numbers() -> None:
    rows = [("姓名", "所在支部"), ("单雄信", BRANCH), ("单雄信", BRANCH)]

    assert "是两个人的，写上不同的编号" in told(planned(党员=rows))[0]


def test_two_secretaries_are_one_too_many() -> None:
    people = [MEMBER, someone(), someone(编号="M9002", 姓名="罗成")]
    head = ("姓名", "党组织", "职务", "任职日期")
    new = [head, ("单雄信", "援疆党支部", "书记", "2024-02-01"), ("罗成", "援疆党支部", "书记", "2024-02-01")]
    held = [head, ("单雄信", BRANCH, "书记", "2024-02-01")]

    both = planned(党组织=[ORGANIZATION, row()], 党员=people, 任职=new)
    against_the_register = planned(党员=people, 任职=held)

    assert [one.row for one in both.problems] == [2, 3]
    assert "已有在任的书记 罗成（《任职》第 3 行）" in told(both)[0]
    assert "已有在任的书记 王强（名册" in told(against_the_register)[0]


def test_a_member_of_a_dissolved_branch_is_refused() -> None:
    parent = Organization.objects.get(name="厅机关党委")
    gone = found(code="DZ9100", name="旧支部", kind=631, parent=parent, on=date(2020, 1, 1), by=None)
    Organization.objects.filter(pk=gone.pk).update(dissolved_on=date(2022, 1, 1))

    assert (
        "“旧支部”已于 2022-01-01 撤销（改法：改写现在所在的支部）"
        in told(planned(党员=[MEMBER, someone(所在支部="旧支部")]))[0]
    )


def test_a_number_that_belongs_to_another_name_is_an_error_of_a_row() -> None:
    lina = Member.objects.get(name="李娜")
    rows = [POSITIONS[0], (lina.code, "王强", BRANCH, "青年委员", "2024-01-01")]

    assert "不是这个姓名（改法：核对编号和姓名，可能错了一行）" in told(planned(任职=rows))[0]


def test_a_day_that_contradicts_the_register_is_told_with_the_day_there() -> None:
    branch, lina = Organization.objects.get(name=BRANCH), Member.objects.get(name="李娜")
    held = Holding.objects.get(organization=branch, position=1)
    made = planned(
        党组织=[("编号", "名称", "成立日期"), (branch.code, branch.name, "2019-09-09")],
        党员=[("编号", "姓名", "支部", "编入支部日期"), (lina.code, "李娜", BRANCH, "2019-09-09")],
        任职=[("姓名", "党组织", "职务", "任职日期"), ("王强", BRANCH, "书记", "2019-09-09")],
    )

    for problem, there in zip(told(made), (branch.founded_on, branch.founded_on, held.since), strict=True):
        assert str(there) in problem


def test_a_change_of_a_day_before_the_last_one_is_refused() -> None:
    branch = Organization.objects.get(name=BRANCH)

    made = planned(党组织=[("编号", "名称"), (branch.code, "新名称")], day=branch.founded_on)

    assert "应晚于上一次变更" in told(made)[0]


def test_a_row_that_refers_to_a_row_left_out_says_so() -> None:
    made = planned([("党组织", 2)], 党组织=[ORGANIZATION, row()], 党员=[MEMBER, someone(所在支部="援疆党支部")])

    assert "《党组织》第 2 行这一次不导入，这里写的组织就没有了" in told(made)[0]


def test_the_wrong_superior_is_not_blamed_on_those_below() -> None:
    rows = [row(成立日期="某年"), row(编号="DZ9002", 名称="乙", 上级="DZ9001", 成立日期="2024-02-01")]

    assert [one.row for one in planned(党组织=[ORGANIZATION, *rows]).problems] == [2]


def test_a_heading_that_stands_twice_and_one_that_is_missing_are_told() -> None:
    twice = planned(党员=[("姓名", "姓名", "支部"), ("甲", "乙", BRANCH)])
    missing = planned(党员=[("编号", "姓名", "党籍"), ("M9001", "单雄信", "正式党员")])

    assert "同一列出现了两次" in told(twice)[0]
    assert any("缺少这一列" in problem and "所在支部" in problem for problem in told(missing))


def test_titles_hidden_remarks_and_unknown_sheets_do_no_harm() -> None:
    sheet = [("某单位党员花名册",), (), ("姓 名", "党支部", "备注"), ("单雄信", BRANCH, "好同志"), ("填表人：郑敏",)]

    made = planned(花名册=sheet, 考勤=[("日期", "天气"), ("今天", "晴")])

    assert told(made) == []
    assert made.enter[0].name == "单雄信"
    assert "工作表“考勤”看不出是党组织、党员还是任职，没有读" in made.notes


@pytest.mark.parametrize("written", [
    "2018-11-26", "2018.11.26", "2018/11/26", "2018/11/26 0:00", "2018-11-26 00:00:00", "20181126", "2018年11月26日",
    "43430", "２０１８－１１－２６", "２０１８．１１．２６", " 2018 年 11 月 26 日 ",
])  # fmt: skip
def test_a_day_is_understood_however_it_is_written(written: str) -> None:
    assert day(clean(written), TODAY) == date(2018, 11, 26)


def test_blanks_and_signs_of_nothing_are_no_content() -> None:
    assert [clean(text) for text in ("张　三", " 王强\n", "—", "无", "李\u200b娜", "A 1", "欧阳 修")] == [
        "张三", "王强", "", "", "李娜", "A 1", "欧阳修",
    ]  # fmt: skip


def test_a_move_back_in_time_is_refused() -> None:
    lina = Member.objects.get(name="李娜")
    since = lina.memberships.get().since - timedelta(days=1)

    made = planned(党员=[("编号", "姓名", "支部", "编入支部日期"), (lina.code, "李娜", NEIGHBOUR, str(since))])

    assert "应晚于编入" in told(made)[0]
