"""Entering members, moving them between branches, what they are to the Party, leaving and coming back.

``demanded``: the calling verb of another room has asked for the right that its own duty needs (the
secretary who confirms a transfer), so that the user is noted here without being asked again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sisiwu.foundation.accounts.actions import grant, withdraw
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.values.names import spoken_keys, stroke_key
from sisiwu.register.members.models import PARTY, Member, Membership
from sisiwu.register.organizations.models import Organization


@transaction.atomic
def enter(
    *,
    code: str,
    name: str,
    branch: Organization,
    since: date,
    by: User | None,
    demanded: bool = False,
    why: str = "录入名册",
    **more: Any,
) -> Member:
    """A person into the register of a branch. Raises ValidationError and PermissionDenied."""
    if by is not None and not demanded:
        demand(by, Verb.REGISTER, branch.path)
    _standing(branch)
    one = Member(code=code, name=name, branch=branch, spoken=spoken_keys(name), strokes=stroke_key(name), **more)
    one.full_clean()
    one.save()
    Membership.objects.create(member=one, branch=branch, since=since, why=why)
    note("member.enter", by, one, path=branch.path, person=one.pk, branch=branch.name)
    return one


@transaction.atomic
def move(one: Member, branch: Organization, *, on: date, why: str, by: User | None, demanded: bool = False) -> None:
    """From a day on the member belongs to another branch; the earlier one stays on record.

    Without a letter (``transfers`` has those) only who keeps the register of both branches may do it. Raises
    ValidationError (a dissolved branch, somebody who left, a day that is too early) and PermissionDenied.
    """
    if by is not None and not demanded:
        demand(by, Verb.REGISTER, one.branch.path)
        demand(by, Verb.REGISTER, branch.path)
    _standing(branch)
    last = _open_membership(one, on)
    Membership.objects.filter(pk=last.pk).update(until=on)
    Membership.objects.create(member=one, branch=branch, since=on, why=why)
    was, one.branch = one.branch, branch
    one.save(update_fields=["branch"])
    if one.user:
        withdraw(f"member:{one.pk}", on)
        grant(one.user, Role.MEMBER, branch.path, since=on, source=f"member:{one.pk}")
    note("member.move", by, one, path=branch.path, person=one.pk, was=was.name, branch=branch.name, on=str(on))


@transaction.atomic
def amend(one: Member, *, by: User | None, **told: Any) -> None:
    """Puts right what the register says of a person: ``name``, ``status``, ``is_officer``, ``joined_on``.

    What it said before is in the log. Raises ValidationError and PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.REGISTER, one.branch.path)
    was = {name: getattr(one, name) for name in told}
    for name, value in told.items():
        setattr(one, name, value)
    one.spoken, one.strokes = spoken_keys(one.name), stroke_key(one.name)
    one.full_clean()
    one.save(update_fields=[*told, "spoken", "strokes"])
    changed = {name: [str(was[name]), str(value)] for name, value in told.items()}
    note("member.amend", by, one, path=one.branch.path, person=one.pk, changed=changed)


@transaction.atomic
def link(one: Member, user: User, *, since: date, by: User | None = None) -> None:
    """The member may sign in and see what is theirs.

    Raises ValidationError when the account belongs to somebody else or the member has one, PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.REGISTER, one.branch.path)
    if one.user_id and one.user_id != user.pk:
        raise ValidationError(f"{one}已关联账号“{one.user.username if one.user else ''}”。")
    other = Member.objects.filter(user=user).exclude(pk=one.pk).first()
    if other:
        raise ValidationError({"username": f"账号“{user.username}”已关联{other}，一个账号只属于一个人。"})
    one.user = user
    one.save(update_fields=["user"])
    grant(user, Role.MEMBER, one.branch.path, since=since, source=f"member:{one.pk}")
    if by is not None:
        note("member.link", by, one, path=one.branch.path, person=one.pk, username=user.username)


@transaction.atomic
def leave(one: Member, *, on: date, why: str, by: User | None, demanded: bool = False) -> None:
    """From a day on the member belongs to no branch of this register; what was stays on record."""
    if by is not None and not demanded:
        demand(by, Verb.REGISTER, one.branch.path)
    last = _open_membership(one, on)
    Membership.objects.filter(pk=last.pk).update(until=on)
    one.left_on = on
    one.save(update_fields=["left_on"])
    withdraw(f"member:{one.pk}", on)
    note("member.leave", by, one, path=one.branch.path, person=one.pk, on=str(on), why=why)


@transaction.atomic
def rejoin(one: Member, branch: Organization, *, on: date, why: str, by: User | None, demanded: bool = False) -> None:
    """Somebody who left belongs to a branch again from a day on. Raises ValidationError and PermissionDenied."""
    if by is not None and not demanded:
        demand(by, Verb.REGISTER, branch.path)
    _standing(branch)
    if one.left_on is None:
        raise ValidationError(f"{one}还在“{one.branch}”的名册里，不用重新编入。")
    if on < one.left_on:
        raise ValidationError({"on": f"不能早于转出日期 {one.left_on}。"})
    Membership.objects.create(member=one, branch=branch, since=on, why=why[:60])
    one.branch, one.left_on = branch, None
    one.save(update_fields=["branch", "left_on"])
    if one.user:
        grant(one.user, Role.MEMBER, branch.path, since=on, source=f"member:{one.pk}")
    note("member.rejoin", by, one, path=branch.path, person=one.pk, branch=branch.name, on=str(on))


@transaction.atomic
def set_status(
    one: Member,
    status: int,
    *,
    on: date,
    why: str,
    by: User | None,
    joined_on: date | None = None,
    demanded: bool = False,
) -> None:
    """What the person is to the Party from a day on; ``joined_on`` when this makes a member, or unmakes one.

    A member keeps the day of joining; a person who is no member has none.
    """
    if by is not None and not demanded:
        demand(by, Verb.REGISTER, one.branch.path)
    was, one.status = one.get_status_display(), status
    one.joined_on = (joined_on or one.joined_on) if status in PARTY else None
    one.full_clean(exclude=["user"])
    one.save(update_fields=["status", "joined_on"])
    now = one.get_status_display()
    note("member.status", by, one, path=one.branch.path, person=one.pk, was=was, now=now, on=str(on), why=why)


def _standing(branch: Organization) -> None:
    if branch.dissolved_on:
        raise ValidationError({"branch": f"“{branch}”已于 {branch.dissolved_on} 撤销。"})


def _open_membership(one: Member, on: date) -> Membership:
    """Where the member belongs. Raises ValidationError for somebody who left, and for a day that is too early."""
    last = one.memberships.select_related("branch").filter(until__isnull=True).first()
    if last is None:
        raise ValidationError(f"{one}已于 {one.left_on} 转出，不在名册里。")
    if on <= last.since:
        raise ValidationError({"on": f"应晚于编入“{last.branch}”的日期 {last.since}。"})
    return last


def look(one: Member, *, by: User) -> None:
    """Somebody opened a member's record; looks of others are noted and shown to the member (谁看过我)."""
    if one.user_id != by.pk:
        note("member.look", by, one, path=one.branch.path, person=one.pk)
