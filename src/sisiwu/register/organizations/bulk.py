"""Founding thousands at once: what ``actions.found`` does and guarantees, in a few statements."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note_many
from sisiwu.foundation.values.names import spoken_keys
from sisiwu.register.organizations.models import SEGMENT, Organization, Version

BATCH = 500


@transaction.atomic
def found_many(news: Sequence[Organization], *, by: User | None) -> None:
    """Founds unsaved organizations whose parents are saved; afterwards each has its number and path.

    Raises ValidationError (with the organization it is about) and PermissionDenied, as ``found`` does;
    then nothing is kept.
    """
    if by is not None:
        for path in {one.parent.path if one.parent else "" for one in news}:
            demand(by, Verb.REGISTER, path)
    _check(news)
    for one in news:
        one.spoken = spoken_keys(one.name, person=False)
        one.path = f"~{one.code}"
    Organization.objects.bulk_create(news, batch_size=BATCH)
    for one in news:
        one.path = (one.parent.path if one.parent else "") + f"{one.pk:0{SEGMENT}d}"
    Organization.objects.bulk_update(news, ["path"], batch_size=BATCH)
    Version.objects.bulk_create(
        (
            Version(
                organization=one, since=one.founded_on, name=one.name, kind=one.kind, parent=one.parent,
                region=one.region, why="成立",
            )
            for one in news
        ),
        batch_size=BATCH,
    )  # fmt: skip
    note_many("organization.found", by, ((one, one.path, None, {"on": str(one.founded_on)}) for one in news))


def _check(news: Sequence[Organization]) -> None:
    codes, places = set(), set()
    for at in range(0, len(news), BATCH):
        part = news[at : at + BATCH]
        codes |= set(Organization.objects.filter(code__in=[one.code for one in part]).values_list("code", flat=True))
        named = Organization.objects.filter(name__in=[one.name for one in part], dissolved_on__isnull=True)
        places |= set(named.values_list("parent", "name"))
    for one in news:
        one.clean_fields(exclude=["parent", "path", "spoken"])
        if one.code in codes:
            raise ValidationError({"code": f"“{one}”的编号 {one.code} 已有。"})
        if (one.parent_id, one.name) in places:
            raise ValidationError({"name": f"“{one.name}”已有，同一上级下名称不能重复。"})
        if one.parent and one.founded_on < one.parent.founded_on:
            raise ValidationError({"founded_on": f"“{one}”不能早于上级的成立日期 {one.parent.founded_on}。"})
        codes.add(one.code)
        places.add((one.parent_id, one.name))
