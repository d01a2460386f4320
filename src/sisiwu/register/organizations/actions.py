"""Founding, renaming, moving, merging and dissolving organizations."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from sisiwu.foundation.accounts import actions as accounts
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox import actions as inbox
from sisiwu.foundation.values.names import spoken_keys
from sisiwu.register.organizations.models import SEGMENT, Organization, Version


@transaction.atomic
def found(
    *, code: str, name: str, kind: int, parent: Organization | None, on: date, by: User | None, **more: Any
) -> Organization:
    """A new organization under a parent. ``by`` None: set-up by the program.

    Raises ValidationError (a code or name that is taken, a day before its parent's founding) and
    PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.REGISTER, parent.path if parent else "")
    if parent and on < parent.founded_on:
        raise ValidationError({"founded_on": f"不能早于上级“{parent}”的成立日期 {parent.founded_on}。"})
    _standing(parent)
    _free_name(name, parent)
    one = Organization(
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        founded_on=on,
        path=uuid4().hex,  # until the id is known; digits alone could be the path of another
        spoken=spoken_keys(name, person=False),
        **more,
    )
    one.full_clean(exclude=["path"])
    one.save()
    one.path = (parent.path if parent else "") + f"{one.pk:0{SEGMENT}d}"
    one.save(update_fields=["path"])
    _version(one, on, "成立")
    note("organization.found", by, one, path=one.path, on=str(on))
    return one


@transaction.atomic
def change(
    one: Organization,
    *,
    on: date,
    why: str,
    by: User | None,
    name: str | None = None,
    kind: int | None = None,
    region: int | None = None,
    parent: Organization | None = None,
    seen: int | None = None,
) -> None:
    """Rename, change the kind or region, or move under another parent from a day on; the past stays readable.

    ``seen`` is the version that was on the screen: when there is a newer one it is told and nothing is done.
    Raises ValidationError (a name that is taken where it stands afterwards, a parent that is dissolved or below it,
    a day that is too early) and PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.REGISTER, one.path)
    if one.dissolved_on:
        raise ValidationError("已撤销的组织不能变更。")
    last = one.versions.select_for_update().get(until__isnull=True)
    if seen is not None and seen != last.pk:
        now = f"“{last.name}”，{last.get_kind_display()}，上级{last.parent or '无'}（{last.since} 起，{last.why}）"
        raise ValidationError(f"别的同志刚刚变更过，现在是{now}。您填的内容还在下面，请对照后刷新页面再变更。")
    if on <= last.since:
        raise ValidationError({"on": f"变更日期应晚于上一次变更（{last.since}）。"})
    moves, renamed = parent is not None and parent.pk != one.parent_id, name or one.name
    if moves or renamed != one.name:
        _free_name(renamed, parent if moves else one.parent)
    if parent is not None and moves:
        if by is not None:
            demand(by, Verb.REGISTER, parent.path)
        if parent.path.startswith(one.path):
            raise ValidationError({"parent": "不能移到自己的下级里。"})
        _standing(parent)
        _move(one, parent)
    if renamed != one.name:
        one.name, one.spoken = renamed, spoken_keys(renamed, person=False)
    one.kind = kind or one.kind
    one.region = region or one.region
    one.full_clean()
    one.save()
    Version.objects.filter(pk=last.pk).update(until=on)
    _version(one, on, why)
    note("organization.change", by, one, path=one.path, on=str(on), why=why, was=last.name)


@transaction.atomic
def describe(one: Organization, *, by: User | None, **marks: Any) -> None:
    """Sets what has no history: ``place``, ``is_grassroots``, ``is_window``."""
    if by is not None:
        demand(by, Verb.REGISTER, one.path)
    was = {name: getattr(one, name) for name in marks}
    for name, value in marks.items():
        setattr(one, name, value)
    one.full_clean()
    one.save(update_fields=list(marks))
    note("organization.describe", by, one, path=one.path, was=was, **marks)


@transaction.atomic
def dissolve(one: Organization, *, on: date, why: str, by: User) -> None:
    """The organization ends on a day; it keeps its past.

    Raises ValidationError while an organization is under it or a member belongs to it: they would be nowhere.
    """
    demand(by, Verb.REGISTER, one.path)
    below = one.children.filter(dissolved_on__isnull=True).count()
    if below:
        raise ValidationError(f"还有 {below} 个下级组织，请先移出或撤销。")
    if one.dissolved_on:
        raise ValidationError(f"已于 {one.dissolved_on} 撤销。")
    people = one.memberships.filter(until__isnull=True).count() + one.attachments.filter(until__isnull=True).count()
    if people:
        raise ValidationError(f"还有 {people} 名党员在这里，请先转出、归建，或改用“合并到别的组织”。")
    last = one.versions.get(until__isnull=True)
    if on <= last.since:
        raise ValidationError({"on": f"撤销日期应晚于上一次变更（{last.since}）。"})
    one.dissolved_on = on
    one.save(update_fields=["dissolved_on"])
    Version.objects.filter(pk=last.pk).update(until=on)
    note("organization.dissolve", by, one, path=one.path, on=str(on), why=why)


def _version(one: Organization, on: date, why: str) -> None:
    Version.objects.create(
        organization=one, since=on, name=one.name, kind=one.kind, parent=one.parent, region=one.region, why=why
    )


def _free_name(name: str, parent: Organization | None) -> None:
    if Organization.objects.filter(name=name, parent=parent, dissolved_on__isnull=True).exists():
        raise ValidationError({"name": f"“{name}”已有，同一上级下名称不能重复。"})


def _standing(parent: Organization | None) -> None:
    if parent and parent.dissolved_on:
        raise ValidationError({"parent": f"“{parent}”已于 {parent.dissolved_on} 撤销，不能再有下级。"})


def _move(one: Organization, parent: Organization) -> None:
    """The whole subtree moves; one statement."""
    old, new = one.path, parent.path + f"{one.pk:0{SEGMENT}d}"
    Organization.objects.filter(path__gte=old, path__lt=f"{old}z").update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
    accounts.follow(old, new)
    inbox.follow(old, new)
    one.parent, one.path = parent, new
