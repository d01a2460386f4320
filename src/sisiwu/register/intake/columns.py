"""The three sheets of a register: their columns, every heading that means them, and what is not collected."""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.foundation.spreadsheets.reading import normal
from sisiwu.register.members.models import Status
from sisiwu.register.organizations.models import Kind
from sisiwu.register.organizations.regions import REGIONS
from sisiwu.register.positions.models import Position


@dataclass(frozen=True)
class Column:
    """``example`` stands in the example row of the template; ``choices`` become a drop-down."""

    name: str
    title: str
    others: tuple[str, ...] = ()
    note: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True)
class Sheet:
    name: str
    title: str
    others: tuple[str, ...]
    """Other names of the sheet."""
    columns: tuple[Column, ...]

    def headings(self) -> dict[str, str]:
        """Every heading that is understood, as compared -> the column's name."""
        return {normal(heading): column.name for column in self.columns for heading in (column.title, *column.others)}

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


YES_NO = ("是", "否")
EXAMPLE = "示例"
"""A row that begins with this word is an example and is not read."""
KINDS = tuple(Kind.labels)
STATUSES = tuple(Status.labels)

ORGANIZATIONS = Sheet("organizations", "党组织", ("组织", "党支部", "基层党组织"), (
    Column("code", "编号", ("组织编号", "党组织编号", "党组织代码", "支部编号", "代码"),
           "不与别的组织相同；空着的，已有的按名称认，新的自动编号", "示例DZ0001"),
    Column("name", "名称", ("组织名称", "党组织名称", "支部名称", "党支部名称", "全称", "党组织全称", "单位名称"),
           "同一上级下不重复", "刑侦总队第一党支部", is_required=True),
    Column("kind", "类别", ("组织类别", "党组织类别", "类型", "党组织类型"), "新的组织必填", "党支部", KINDS, is_required=True),
    Column("parent", "上级", ("上级组织", "上级党组织", "上级党组织名称", "上级名称", "上级编号", "隶属", "隶属党组织", "所属党组织"),
           "写编号或名称；先后次序不限", "厅机关党委"),
    Column("region", "地区", ("市州", "行政区划", "所在地区"), "空着的随上级", "省直", tuple(word for _, word in REGIONS)),
    Column("is_grassroots", "基层一线单位", ("基层一线", "是否基层一线单位"), "", "是", YES_NO),
    Column("is_window", "窗口单位", ("是否窗口单位",), "", "否", YES_NO),
    Column("place", "常用地点", ("活动地点", "会议地点"), "", "三楼会议室"),
    Column("founded_on", "成立日期", ("成立时间", "批准成立日期", "建立日期", "成立日"), "新的组织必填", "2018-11-26", is_required=True),
    Column("elected_on", "本届选举日期", ("换届日期", "换届日", "换届时间", "选举日期", "本届换届日期"), "按它算届满日期，届满前六个月提醒", "2024-03-01"),
    Column("change_on", "变更日期", ("生效日期", "变动日期"), "只在改名、改类别、改地区、改隶属时用；空着的用检查页上写的日期", ""),
))  # fmt: skip

MEMBERS = Sheet("members", "党员", ("党员名册", "党员花名册", "花名册", "人员"), (
    Column("code", "编号", ("党员编号", "人员编号", "警号"), "不与别人相同；空着的，已有的按姓名和支部认，新的自动编号", "示例M00001"),
    Column("name", "姓名", ("党员姓名", "人员姓名"), "", "张三", is_required=True),
    Column("branch", "所在支部", ("支部", "所在党支部", "党支部", "所属支部", "所在党组织", "支部名称", "支部编号"),
           "写编号或名称", "刑侦总队第一党支部", is_required=True),
    Column("status", "党籍", ("人员类别", "党员类别", "类别", "政治面貌"), "空着的当作正式党员", "正式党员", STATUSES),
    Column("standing", "党籍状态", (), "全国系统导出的这一列也认：正常；不正常的不导入", "", ("正常",)),
    Column("is_officer", "民警", ("是否民警",), "空着的当作民警", "是", YES_NO),
    Column("joined_on", "入党日期", ("加入党组织日期", "入党时间", "加入党组织时间", "加入中共日期"), "", "2010-07-01"),
    Column("since", "编入支部日期", ("编入日期", "编入本支部日期", "组织关系转入日期", "转入日期", "进入当前支部日期"),
           "转到别的支部的，写从哪一天起", "2018-11-26"),
))  # fmt: skip

POSITIONS = Sheet("positions", "任职", ("党内职务", "班子", "职务", "班子成员"), (
    Column("code", "党员编号", ("编号", "人员编号", "警号"), "编号和姓名写一样就够；都写的要对得上", "示例M00001"),
    Column("name", "姓名", ("党员姓名", "党员", "任职人"), "", "张三"),
    Column("organization", "党组织", ("任职党组织", "党组织名称", "组织名称", "支部", "支部名称", "所在支部", "所在党支部"),
           "写编号或名称", "刑侦总队第一党支部", is_required=True),
    Column("position", "职务", ("党内职务", "职务名称"), "", "书记", tuple(Position.labels), is_required=True),
    Column("since", "任职日期", ("任职时间", "开始日期", "起始日期"), "", "2024-03-01", is_required=True),
    Column("until", "免职日期", ("免职时间", "离任日期", "结束日期"), "在任的空着；从这一天起不再担任", ""),
))  # fmt: skip

SHEETS = (ORGANIZATIONS, MEMBERS, POSITIONS)
TITLES = {sheet.name: sheet.title for sheet in SHEETS}

NOT_COLLECTED = frozenset(normal(word) for word in (
    "身份证号码", "身份证号", "公民身份号码", "证件号码", "性别", "民族", "籍贯", "是否台湾省籍", "出生日期", "出生年月", "学历",
    "学位", "入学日期", "毕业日期", "毕业院校", "院校", "专业", "学位授予", "教育类别", "转为正式党员日期", "转正日期", "工作岗位",
    "参加工作日期", "家庭住址", "住址", "户口派出所", "联系电话", "手机", "手机号", "手机号码", "电话", "固定电话", "婚姻状况",
    "其他党团", "是否失联", "失联日期", "是否流动党员", "减少原因", "联系人", "所在单位情况", "专兼职", "书记", "党员数", "民警数",
    "是否设支委会", "警号",
))  # fmt: skip
"""Columns of the national system and of police rosters that this register has no place for and keeps nowhere
(rulebook.md, section 7). 警号 is here for a roster that has a number of its own beside it."""

IGNORED = frozenset(normal(word) for word in ("序号", "行号", "备注", "说明", "问题"))
FOOT = ("合计", "总计", "小计", "填表人", "制表人", "填报人", "审核人", "注：", "注:", "备注：", "备注:")
"""A row that begins so is no data."""
NOTHING = frozenset(("—", "——", "-", "--", "/", "无", "／", "－"))
"""What is written where there is nothing (members' sheet of the national system: no cell stays empty)."""
