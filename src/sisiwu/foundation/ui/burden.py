"""What every entry form has to say of itself (R6), in one place: who asks, on what basis, how often, how long it takes.

Times are estimates by hand (rulebook.md, section 6: a meeting 1 minute, an article half a minute); a form
without a row here fails a test. Adding a row is issuing a form: ``said_before_issuing`` warns when the
branches' month grows past the budget.
"""

from __future__ import annotations

from dataclasses import dataclass

BUDGET_SECONDS = 30 * 60
"""Monthly routine of a branch of 30 members at most (R6: our target, not a rule)."""
MONTHS = 12


@dataclass(frozen=True)
class Burden:
    """One entry form. ``form`` is the source of its entries in the ledger (``meetings.meeting``).

    ``times_a_year`` is what the basis asks of one branch; 0: only when something happens, or voluntary.
    """

    form: str
    title: str
    asked_by: str
    basis: str
    how_often: str
    times_a_year: int
    seconds: int
    promise: str
    """What is not asked for, in words."""

    @property
    def minutes(self) -> str:
        """The estimate in words."""
        return minutes_text(self.seconds)

    @property
    def monthly_seconds(self) -> int:
        """What the declared frequency costs one branch in a month, rounded up."""
        return -(-self.times_a_year * self.seconds // MONTHS)


@dataclass(frozen=True)
class Deadline:
    """An administrative deadline: a rule on when something has to be entered, with its legal basis (R5)."""

    title: str
    basis: str
    days: int


GROUPS = 3
"""Party groups of a branch of 30, each with a record of its monthly meeting."""
MEETINGS_A_YEAR = 12 + 12 + 12 * GROUPS + 4 + 4 + 3
"""支委会, 主题党日, 党小组会, 党员大会, 党课, and the three yearly ones (rulebook.md, section 4)."""
BURDENS = (
    Burden(
        "meetings.meeting", "会议记录", "厅机关党委", "《中国共产党支部工作条例（试行）》第十一至十九条",
        "支委会、党小组会、主题党日每月1次，党员大会、党课每季度1次，组织生活会、民主评议、谈心谈话每年1次",
        MEETINGS_A_YEAR, 60, "不需要照片、定位和签到。",
    ),
    Burden(
        "trainings.training", "培训", "厅机关党委", "《2024—2028年全国党员教育培训工作规划》", "办班以后，约每季度1次",
        4, 60, "学时自动记到每名参训党员名下，不用另报。",
    ),
    Burden(
        "visits.visit", "走访", "各党组织自己", "本单位工作安排", "走访以后", 0, 60,
        "不需要照片和定位，不记群众个人信息。",
    ),
    Burden(
        "service_hours.service", "志愿服务", "各党组织自己", "本单位工作安排", "自愿，服务以后", 0, 30,
        "不需要照片和定位，时长自动记到每名参加的党员名下。",
    ),
    Burden(
        "articles.article", "稿件", "厅机关党委", "年度考核办法的鼓励清单", "自愿，刊发以后", 0, 30,
        "不需要截图，不统计阅读和转发。《整治形式主义为基层减负若干规定》施行以后的考核是否计入，由办法决定。",
    ),
    Burden(
        "commendations.commendation", "表彰", "厅机关党委", "各级表彰决定", "受表彰以后", 0, 30,
        "写文号即可，不需要上传证书照片。领导批示不登记、不计分。",
    ),
    Burden(
        "spot_checks.check", "抽查出示记录", "厅机关党委", "抽查公告（写明种子）", "抽到才出示，约每年1次", 1, 120,
        "不用拍照、不用上传；没抽到的什么也不用做。",
    ),
)  # fmt: skip
DEADLINES: tuple[Deadline, ...] = ()
"""None at present: late entry costs nothing, points go by the day on which something happened."""


def minutes_text(seconds: int) -> str:
    """90 -> “1.5 分钟”."""
    tenths = (seconds * 10 + 30) // 60
    return f"{tenths // 10}.{tenths % 10} 分钟" if tenths % 10 else f"{tenths // 10} 分钟"


def burden_of(form: str) -> Burden:
    """The row of a form. Raises KeyError."""
    for one in BURDENS:
        if one.form == form:
            return one
    raise KeyError(f"{form}：先在 foundation/ui/burden.py 登记由谁要求、依据、频次和用时")


def routine_seconds() -> int:
    """What all forms together ask of one branch in a month."""
    return sum(one.monthly_seconds for one in BURDENS)


def said_before_issuing(times_a_year: int, seconds: int) -> str:
    """What the issuing office is told before a new form goes out (N11)."""
    more = -(-times_a_year * seconds // MONTHS)
    after = routine_seconds() + more
    words = f"发出以后每个支部每月多约 {minutes_text(more)}，合计约 {minutes_text(after)}"
    if after > BUDGET_SECONDS:
        return f"{words}，超过每月 {minutes_text(BUDGET_SECONDS)}的上限，请减少次数或合并。"
    return f"{words}（上限 {minutes_text(BUDGET_SECONDS)}）。"
