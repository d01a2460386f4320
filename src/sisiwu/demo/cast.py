"""The standing cast (tests.md): names everybody learns in a day. All persons are invented."""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.foundation.accounts.roles import Role

BRANCH = "刑侦总队第一党支部"
NEIGHBOUR = "刑侦总队第二党支部"
TEMPORARY = "援藏警队临时党支部"
CITY = "成都市公安局机关党委"
COMMITTEE = "厅机关党委"


@dataclass(frozen=True)
class Player:
    """One of the cast: where they belong, and what they are."""

    username: str
    name: str
    role: Role
    at: str = ""
    """Name of the organization; empty: the whole tree."""
    position: int | None = None
    is_member: bool = True
    attached_to: str = ""
    """Name of the temporary branch where the person works at present."""


CAST = (
    Player("zhengmin", "郑敏", Role.COMMITTEE_STAFF, COMMITTEE, is_member=False),
    Player("hejing", "何静", Role.COMMITTEE_STAFF, is_member=False),
    Player("wangqiang", "王强", Role.SECRETARY, BRANCH, 1),
    Player("chentao", "陈涛", Role.DEPUTY, BRANCH, 2),
    Player("lina", "李娜", Role.MEMBER, BRANCH),
    Player("liuyang", "刘洋", Role.MEMBER, NEIGHBOUR),
    Player("zhaojun", "赵军", Role.MEMBER, NEIGHBOUR, attached_to=TEMPORARY),
    Player("zhoumin", "周敏", Role.CITY_DESK, CITY, is_member=False),
    Player("yangzhigang", "杨志刚", Role.LEADER, is_member=False),
    Player("sunzheng", "孙正", Role.AUDITOR, is_member=False),
    Player("xitong", "吴系统", Role.SYSTEM_OFFICER, is_member=False),
    Player("anquan", "钱安全", Role.SECURITY_OFFICER, is_member=False),
    Player("shenji", "冯审计", Role.AUDIT_OFFICER, is_member=False),
)
