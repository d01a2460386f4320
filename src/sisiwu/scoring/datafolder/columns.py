"""The tables of a data folder and their columns: what files, what headings, what must be filled in."""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.foundation.spreadsheets.reading import normal


@dataclass(frozen=True)
class Column:
    """``form`` says how a cell is read: text, day, centi, whole, names."""

    name: str
    title: str
    form: str = "text"
    required: bool = False
    others: tuple[str, ...] = ()
    """Other headings that mean the same."""
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table; a file belongs to it when its name begins with ``title`` or ``name``."""

    name: str
    title: str
    columns: tuple[Column, ...]
    required: bool = False

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def headings(self) -> dict[str, str]:
        """Every heading that is understood, as compared -> the column's name."""
        return {
            normal(heading): column.name
            for column in self.columns
            for heading in (column.name, column.title, *column.others)
        }


SHEETS = (
    Sheet(
        "organizations",
        "党组织",
        (
            Column("id", "编号", required=True, others=("党组织编号", "组织编号", "代码"), note="在本表内不重复"),
            Column("name", "名称", required=True, others=("党组织名称", "组织名称", "全称")),
            Column("kind", "类别", required=True, others=("党组织类别", "类型"), note="如：党支部、机关党委"),
            Column("parent", "上级", others=("上级编号", "上级党组织", "隶属"), note="上级的编号或名称"),
            Column("region", "地区", others=("市州", "行政区划"), note="如：成都市"),
            Column("size", "人数", "whole", others=("党员人数", "党员数")),
            Column("marks", "标记", "names", note="几个标记之间用顿号"),
            Column("since", "成立日期", "day", others=("成立时间",)),
        ),
        required=True,
    ),
    Sheet(
        "members",
        "党员",
        (
            Column("id", "编号", required=True, others=("党员编号", "人员编号", "警号")),
            Column("name", "姓名", required=True, others=("名称", "党员姓名")),
            Column("branch", "支部", required=True, others=("所在支部", "所在党支部", "支部编号", "所属支部")),
            Column("status", "状态", others=("党员类别", "身份", "人员类别", "政治面貌"), note="空着当作正式党员"),
            Column("posts", "职务", "names", others=("党内职务",), note="考核当日所任，几个之间用顿号"),
            Column("marks", "标记", "names"),
            Column(
                "since",
                "起算日期",
                "day",
                others=("入党日期", "任职日期", "参加工作日期"),
                note="个人考核年度、任期从这天起算",
            ),
        ),
    ),
    Sheet(
        "positions",
        "任职",
        (
            Column("member", "党员", required=True, others=("党员编号", "人员编号", "编号", "姓名")),
            Column("organization", "党组织", required=True, others=("支部", "党组织编号", "组织")),
            Column("position", "职务", required=True, others=("党内职务",)),
            Column("start", "任职日期", "day", required=True, others=("开始日期", "起始日期")),
            Column(
                "stop",
                "免职日期",
                "day",
                others=("结束日期", "截止日期", "离任日期"),
                note="在任的空着；这一天仍算在任",
            ),
        ),
    ),
    Sheet(
        "facts",
        "事实",
        (
            Column("id", "编号", others=("事实编号", "序号"), note="空着自动编号"),
            Column("kind", "类型", required=True, others=("事实类型", "类别", "事项类型")),
            Column("subject", "主体", required=True, others=("对象", "党组织或党员", "主体编号", "单位")),
            Column("happened", "日期", "day", required=True, others=("on", "发生日期", "时间", "发生时间")),
            Column("level", "层级", others=("级别", "等次", "选项")),
            Column(
                "quantity", "数量", "centi", others=("得分", "分值", "学时", "次数"), note="空着当作 1，最多两位小数"
            ),
            Column("base", "基数", "centi", others=("应到", "总数"), note="比率的分母"),
            Column("matter", "事项", others=("事项名称", "项目名称"), note="同一事项只计一次的，写同样的名称"),
            Column("due", "期限", "day", others=("完成时限", "截止日期")),
            Column("marks", "标记", "names"),
            Column("sharers", "分享人数", "whole", others=("人数", "完成人数"), note="几个人平分的，写人数"),
            Column("recorded", "录入日期", "day", others=("登记日期",), note="空着当作发生当日"),
            Column("voided", "失效日期", "day", note="被冲销的日期；一般用冲销表"),
        ),
        required=True,
    ),
    Sheet(
        "reversals",
        "冲销",
        (
            Column("fact", "事实编号", required=True, others=("编号",)),
            Column("reversed", "冲销日期", "day", required=True, others=("on", "日期")),
            Column("reason", "原因", others=("冲销原因", "理由")),
        ),
    ),
)


def sheet(name: str) -> Sheet:
    return next(one for one in SHEETS if one.name == name)
