"""Entering members and moving them between branches."""

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
from sisiwu.register.members.models import Member, Membership
from sisiwu.register.organizations.models import Organization


@transaction.atomic
def enter(*, code: str, name: str, branch: Organization, since: date, by: User | None, **more: Any) -> Member:
    """A person into the register of a branch. Raises ValidationError and PermissionDenied."""
    if by is not None:
        demand(by, Verb.REGISTER, branch.path)
    if branch.dissolved_on:
        raise ValidationError({"branch": f"“{branch}”已于 {branch.dissolved_on} 撤销。"})
    one = Member(code=code, name=name, branch=branch, spoken=spoken_keys(name), strokes=stroke_key(name), **more)
    one.full_clean()
    one.save()
    Membership.objects.create(member=one, branch=branch, since=since, why="录入名册")
    note("member.enter", by, one, path=branch.path, person=one.pk, branch=branch.name)
    return one


@transaction.atomic
def move(one: Member, branch: Organization, *, on: date, why: str, by: User | None) -> None:
    """From a day on the member belongs to another branch; the earlier one stays on record."""
    if by is not None:
        demand(by, Verb.REGISTER, one.branch.path)
    last = one.memberships.get(until__isnull=True)
    if on <= last.since:
        raise ValidationError({"on": f"应晚于编入“{last.branch}”的日期 {last.since}。"})
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
