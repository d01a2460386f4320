"""Two organizations become one from a day on."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox import actions as inbox
from sisiwu.foundation.values.dates import spoken_day
from sisiwu.register.members import actions as members
from sisiwu.register.members.models import Membership
from sisiwu.register.organizations import actions as organizations
from sisiwu.register.organizations.models import TEMPORARY, Organization
from sisiwu.register.positions.actions import relieve
from sisiwu.register.positions.models import Holding
from sisiwu.register.transfers.models import State, Transfer

NAMED_MAX = 5


@transaction.atomic
def merge(one: Organization, into: Organization, *, on: date, why: str, by: User) -> None:
    """From a day on the children and members of one belong to another, its offices end, and it is dissolved.

    Raises ValidationError, keyed by field, with what stands in the way (all of it, as far as it is known), and
    PermissionDenied; then nothing has changed.
    """
    demand(by, Verb.REGISTER, one.path)
    demand(by, Verb.REGISTER, into.path)
    _can_merge(one, into, on)
    was = one.path
    for child in one.children.filter(dissolved_on__isnull=True):
        child.parent = one
        organizations.change(child, on=on, why=why, parent=into, by=by)
    for held in Holding.objects.filter(organization=one, until__isnull=True).select_related("organization", "member"):
        relieve(held, on=on, by=by)
    belonging = Membership.objects.filter(branch=one, until__isnull=True).select_related(
        "member__branch", "member__user"
    )
    moved = [row.member for row in belonging]
    for member in moved:
        members.move(member, into, on=on, why=f"{one}并入{into}"[:60], by=by, demanded=True)
    inbox.follow(was, into.path)
    organizations.dissolve(one, on=on, why=f"并入{into}：{why}"[:100], by=by)
    note("organization.merge", by, f"{one}→{into}", path=into.path, on=str(on), why=why, members=len(moved))


def _can_merge(one: Organization, into: Organization, on: date) -> None:
    if one.pk == into.pk:
        raise ValidationError({"into": "不能并入自己。"})
    if one.dissolved_on or into.dissolved_on:
        raise ValidationError({"into": "已撤销的组织不能合并。"})
    if into.path.startswith(one.path):
        raise ValidationError({"into": f"“{into}”是“{one}”的下级，请先把它移出来。"})
    if (one.kind in TEMPORARY) != (into.kind in TEMPORARY):
        raise ValidationError({"into": "临时党组织编入的党员组织关系在原支部，不能和其他党组织合并；任务结束请撤销。"})
    if on < into.founded_on:
        raise ValidationError({"on": f"不能早于“{into}”的成立日期{spoken_day(into.founded_on)}。"})
    waiting = Transfer.objects.filter(state=State.PENDING)
    for rows, words in ((waiting.filter(target=one), "转入"), (waiting.filter(source=one), "转出")):
        if number := rows.count():
            raise ValidationError(f"还有 {number} 件组织关系{words}没有办完，请先接收、退回或撤回。")
    open_attachments = one.attachments.filter(until__isnull=True).count()
    if open_attachments:
        raise ValidationError(f"还有 {open_attachments} 名编入的党员没有归建，请先归建。")
    names = set(into.children.filter(dissolved_on__isnull=True).values_list("name", flat=True))
    same = [child.name for child in one.children.filter(dissolved_on__isnull=True) if child.name in names]
    if same:
        raise ValidationError(f"两边的下级里都有“{'、'.join(same[:NAMED_MAX])}”，请先改名。")
    late = Membership.objects.filter(branch=one, until__isnull=True, since__gte=on).select_related("member")
    if names_late := [str(row.member) for row in late[:NAMED_MAX]]:
        raise ValidationError({"on": f"{'、'.join(names_late)}是这一天或以后才编入的，请改用更晚的日期。"})
    offices = Holding.objects.filter(organization=one, until__isnull=True, since__gte=on).select_related("member")
    if held := [str(row) for row in offices[:NAMED_MAX]]:
        raise ValidationError({"on": f"{'、'.join(held)}是这一天或以后才任职的，请改用更晚的日期。"})
