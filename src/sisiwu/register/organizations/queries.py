"""Questions about organizations."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.register.organizations.models import SEGMENT, Organization, Version


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
