"""Attaching and releasing."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from sisiwu.foundation.accounts.actions import grant, withdraw
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.register.detachments.models import Attachment
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations.models import TEMPORARY, Organization


@transaction.atomic
def attach(member: Member, organization: Organization, *, since: date, by: User | None) -> Attachment:
    """A member works in a temporary organization from a day on, and may see its work.

    Raises ValidationError for an organization that is not temporary or is dissolved, or a member who
    is attached already; PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.REGISTER, organization.path)
        demand(by, Verb.REGISTER, member.branch.path)
    if organization.kind not in TEMPORARY or organization.dissolved_on:
        raise ValidationError(f"“{organization}”不是在册的临时党组织，不能编入。")
    if member.status not in PARTY or member.left_on:
        raise ValidationError({"member": f"{member}不是在册的党员，不能编入。"})
    if since < organization.founded_on:
        raise ValidationError({"since": f"不能早于成立日期 {organization.founded_on}。"})
    one = Attachment(member=member, organization=organization, since=since)
    one.full_clean()
    one.save()
    if member.user:
        grant(member.user, Role.MEMBER, organization.path, since=since, source=f"attachment:{one.pk}")
    note("detachment.attach", by, one, path=organization.path, person=member.pk, since=str(since))
    return one


@transaction.atomic
def release(one: Attachment, *, on: date, by: User) -> None:
    """The member is back at home from a day on; what was done stays."""
    demand(by, Verb.REGISTER, one.organization.path)
    if one.until:
        raise ValidationError(f"已于 {one.until} 归建。")
    if on <= one.since:
        raise ValidationError({"on": f"应晚于编入日期 {one.since}。"})
    one.until = on
    one.save(update_fields=["until"])
    withdraw(f"attachment:{one.pk}", on)
    note("detachment.release", by, one, path=one.organization.path, person=one.member_id, on=str(on))
