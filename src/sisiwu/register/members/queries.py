"""Questions about members."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q, QuerySet

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import Anyone, may, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations.models import Organization

TABS = [("名册", "/members/"), ("组织关系转接", "/transfers/"), ("发展党员", "/admissions/")]
"""What concerns members, as the tabs above the lists."""


def visible(user: Anyone) -> QuerySet[Member]:
    """The members whose record a user may open: of their part of the tree, or only oneself."""
    mine = Q(user=user) if isinstance(user, User) else Q(pk__in=[])
    paths = scope(user, Verb.MEMBERS)
    if "" in paths:
        return Member.objects.all()
    branches = Organization.objects.filter(within("path", paths)).values("pk")
    return Member.objects.filter(Q(branch__in=branches) | mine) if paths else Member.objects.filter(mine)


def may_open(user: Anyone, one: Member) -> bool:
    """Whether the user may see this member's record."""
    return one.user_id == getattr(user, "pk", 0) or may(user, Verb.MEMBERS, one.branch.path)


def on_roll(branch: Organization, day: date) -> QuerySet[Member]:
    """The Party members who belonged to a branch on a day, by 姓氏笔画; applicants are not on the roll."""
    lasting = Q(memberships__until__isnull=True) | Q(memberships__until__gt=day)
    there = Q(memberships__branch=branch, memberships__since__lte=day) & lasting
    return Member.objects.filter(there, status__in=PARTY).distinct().order_by("strokes", "id")


def searched(rows: QuerySet[Member], text: str) -> QuerySet[Member]:
    """By name, code, pinyin or initials."""
    text = text.strip()
    if text.isascii():
        sound = text.lower().replace(" ", "")
        return rows.filter(Q(spoken__startswith=sound) | Q(spoken__contains=f" {sound}") | Q(code__iexact=text))
    return rows.filter(name__contains=text)


NAMES_MAX = 500


def named(text: str, user: Anyone) -> tuple[list[Member], list[str]]:
    """The members meant by names or codes, of those whose record a user may open; and what is wrong, in Chinese."""
    words = list(dict.fromkeys(one for one in re.split(r"[、，,；;\s]+", text) if one))
    if len(words) > NAMES_MAX:
        return [], [f"一次最多写 {NAMES_MAX} 人，现在有 {len(words)} 人，请分开登记。"]
    by_word: dict[str, list[Member]] = {}
    rows = visible(user).filter(Q(code__in=words) | Q(name__in=words), left_on__isnull=True)
    for one in rows.select_related("branch").order_by("pk"):
        for word in {one.code, one.name} & set(words):
            by_word.setdefault(word, []).append(one)
    found, wrong = [], []
    for word in words:
        meant = by_word.get(word, [])
        if len(meant) == 1:
            found += meant
        elif meant:
            codes = "、".join(f"{one.branch} {one.code}" for one in meant[:5])
            wrong.append(f"有 {len(meant)} 位“{word}”，请写编号：{codes}。")
        else:
            wrong.append(f"名册里没有“{word}”，请查一查姓名或编号。")
    return found, wrong
