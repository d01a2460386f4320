"""Entering a commendation, once."""

from __future__ import annotations

from typing import Unpack

from django.core.exceptions import ValidationError

from sisiwu.activities.commendations.facts import facts_of
from sisiwu.activities.commendations.models import OF_PERSONS, Commendation, Kind
from sisiwu.activities.entries.queries import standing
from sisiwu.activities.entries.submitting import How, submit
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import Entry


def enter(commendation: Commendation, *, by: User | None, **how: Unpack[How]) -> Entry:
    """Save a commendation and submit it.

    Raises what ``submit`` raises, and ValidationError when person, level and kind do not go together, or
    when the same honour of the same subject is there.
    """
    who = commendation.member or commendation.organization
    title = f"表彰：{who} {commendation.title}（{commendation.granted_by}）"
    return submit(commendation, how, by=by, title=title, check=_consistent, facts=facts_of)


def _consistent(one: Commendation) -> None:
    personal = one.kind == Kind.PERSON
    if personal and one.member is None:
        raise ValidationError({"member": "表彰个人请选受表彰的同志。"})
    if not personal:
        one.member = None
    if personal != (one.level in OF_PERSONS):
        raise ValidationError({"level": "级别与表彰对象不符：嘉奖、记功给个人，其余级别给党组织。"})
    rows = Commendation.objects.filter(
        organization=one.organization, member=one.member, title=one.title, on__year=one.on.year, level=one.level
    )
    there = standing(rows.exclude(pk=one.pk))
    if there:
        raise ValidationError({"title": f"这项表彰已经有了：{there.on:%Y年%-m月%-d日}，{there.granted_by}。不用再报。"})
