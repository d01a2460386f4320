"""Questions about organizations."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from sisiwu.foundation.accounts.policies import Anyone, demand, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.officers.places import Place
from sisiwu.register.organizations.models import SEGMENT, Organization, Version

TABS = [
    ("列表", "/organizations/"),
    ("组织树", "/organizations/tree/"),
    ("按地区", "/organizations/regions/"),
    ("换届日历", "/positions/calendar/"),
]
"""The ways to look at organizations, as the tabs above the lists."""


def visible(user: Anyone, verb: str) -> QuerySet[Organization]:
    """The organizations where a user may do something."""
    return Organization.objects.filter(within("path", scope(user, verb)))


def as_of(one: Organization, day: date) -> Version | None:
    """How an organization was on a day; None before its founding and after its end."""
    return one.versions.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day).first()


def ancestors(one: Organization) -> list[Organization]:
    """From the root down to the organization's parent."""
    ids = [int(one.path[at : at + SEGMENT]) for at in range(0, len(one.path) - SEGMENT, SEGMENT)]
    found = Organization.objects.in_bulk(ids)
    return [found[id_] for id_ in ids]


def searched(rows: QuerySet[Organization], text: str) -> QuerySet[Organization]:
    """By name, code, pinyin or initials."""
    text = text.strip()
    return rows.filter(
        Q(name__contains=text) | Q(code__iexact=text) | Q(spoken__contains=text.lower().replace(" ", ""))
    )


def looked_after(user: Anyone, pk: int) -> Organization:
    """The organization, for somebody who keeps its register.

    Raises Http404 when the user may not see it, PermissionDenied when only seeing is allowed.
    """
    one = get_object_or_404(visible(user, Verb.VIEW), pk=pk)
    demand(user, Verb.REGISTER, one.path)
    return one


def place_of(path: str, named: str) -> Place:
    """The organization at a path, or of a code or name, as a place. Raises ValidationError in Chinese."""
    if path:
        found = Organization.objects.filter(path=path).first()
        return Place(path, found.name if found else "（已不在名册）")
    rows = list(Organization.objects.filter(Q(code=named) | Q(name=named), dissolved_on__isnull=True)[:6])
    if not rows:
        raise ValidationError(f"没有编号或名称为“{named}”的在册组织，请在党组织列表里查。")
    if len(rows) > 1:
        raise ValidationError(f"有几个组织叫“{named}”，请写编号：{'、'.join(one.code for one in rows)}。")
    return Place(rows[0].path, rows[0].name)
