"""Three assignments of the demonstration: done by some with what they had done anyway, one of them overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from sisiwu.activities.assignments.actions import issue, remind
from sisiwu.activities.assignments.models import Assignment, Category
from sisiwu.activities.assignments.queries import Selection
from sisiwu.demo.period import begin
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.queries import done_already
from sisiwu.register.organizations.models import Kind, Organization


@dataclass(frozen=True)
class Order:
    """What is asked; days count from the day of the demonstration."""

    title: str
    asked: str
    basis: str
    category: Category
    kinds: tuple[str, ...]
    theme: str
    issued_days: int
    due_days: int


ORDERS = (
    Order(
        "党章专题学习", "组织一次党章专题学习，全体党员参加。", "《关于开展党章专题学习的通知》（示例）", Category.STUDY,
        ("meeting.party_day", "meeting.party_lecture", "meeting.theory_study"), "党章", -20, 20,
    ),
    Order(
        "到帮扶村走访一次", "到结对帮扶村走访一次，了解帮扶户的困难。", "《今年精准扶贫工作安排》（示例）", Category.POVERTY,
        ("visit.made", "meeting.party_day"), "帮扶村", -40, -5,
    ),
    Order(
        "研究明年的主题党日安排", "支委会研究一次明年的主题党日安排。", "《关于做好明年组织生活安排的通知》（示例）",
        Category.OTHER, ("meeting.branch_committee",), "主题党日安排", -10, 3,
    ),
)  # fmt: skip
"""Invented, after the seed's 规定清单 (专题学习教育、精准扶贫等规定工作任务)."""


def assign(committee: Organization, own: Organization, today: date) -> None:
    """To every branch of the committee; what was done already this year is counted, except of ``own``."""
    staff = User.objects.get(username="zhengmin")
    selection = Selection(under=committee, kinds=(Kind.BRANCH, Kind.TEMPORARY_BRANCH))
    chosen = selection.organizations(staff)
    since = begin(today)
    for order in ORDERS:
        there = done_already(chosen, order.kinds, since, today, order.theme)
        there.pop(own.pk, None)
        one = Assignment(
            key=uuid5(NAMESPACE_URL, f"demo:{order.title}"),
            title=order.title,
            asked=order.asked,
            basis=order.basis,
            category=order.category,
            kinds=list(order.kinds),
            counts_from=since,
            due_on=today + timedelta(days=order.due_days),
            chosen=str(selection),
            issuer=committee,
        )
        issue(one, chosen, by=staff, counted=there, on=today + timedelta(days=order.issued_days))
    remind(today)
