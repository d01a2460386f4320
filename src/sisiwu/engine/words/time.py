"""Periods and the order of application, in words."""

from __future__ import annotations

from datetime import timedelta

from sisiwu.engine.values import Calendar

LABELS = {"year": "2018", "half_year": "2018-H1", "quarter": "2018-Q1", "month": "2018-02"}
NAMES = {"year": "年度", "half_year": "半年", "quarter": "季度", "month": "月度"}
FIRST = {"year": "", "half_year": "（第一个半年）", "quarter": "（第一季度）"}

ORDER = (
    ("考核期", "只看发生在考核期内（到计算日为止）的事实"),
    ("有效期", "写明有效期的，看计算日以前有效期内的事实"),
    ("冲正", "计算日已经冲正的事实不算"),
    ("适用", "对象不适用的清单、条目、规则不算"),
    ("同一事项", "同一事项只算最高的一次"),
    ("折算", "扣除基本任务、几次折一次、按第几次取值"),
    ("系数", "责任、情形、再犯、递增各乘系数"),
    ("分享", "多人（多家）共同的平均分享，四舍五入到0.01分"),
    ("规则封顶", "先每日、每月，再整条规则"),
    ("条目", "满分加各规则得分，不出上下限"),
    ("清单", "底分加各条目得分"),
    ("权重", "按清单的权重折算，不出清单上下限"),
    ("总分", "底分加各清单得分，不出总分上下限"),
    ("总分之外", "另加总分之外的清单"),
    ("直接定级和否决", "否决优先于直接定级"),
    ("分数线", "按分数线定等级"),
    ("名额", "超出名额的降入下一等级"),
    ("结果运用", "由总分、清单得分、等级、事实引出的处理"),
)


def calendar_in_words(calendar: Calendar) -> str:
    """When the periods run: “年度，上年11月1日至当年10月31日”."""
    if calendar.rolling:
        return "每人自起算日起每满一年为一个周期"
    period = calendar.period(LABELS[calendar.kind])
    name = NAMES[calendar.kind]
    if calendar.kind == "month":
        if calendar.day == 1:
            return f"{name}，每月1日至月末"
        return f"{name}，上月{calendar.day}日至当月{calendar.day - 1}日"
    start, end = period.start, period.end
    years = {2017: "上年", 2018: "当年" if start.year != end.year else ""}
    last = "月末" if (end + timedelta(1)).day == 1 and calendar.kind != "year" else f"{end.day}日"
    begin = f"{years[start.year]}{start.month}月{start.day}日"
    return f"{name}{FIRST[calendar.kind]}，{begin}至{years[end.year]}{end.month}月{last}"


def order_of_application() -> tuple[str, ...]:
    """The fixed order in which everything is applied, one line for each step."""
    return tuple(f"{place}. {name}：{what}" for place, (name, what) in enumerate(ORDER, 1))
