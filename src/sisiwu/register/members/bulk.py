"""Entering thousands at once: what ``actions.enter`` does and guarantees, in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note_many
from sisiwu.foundation.values.names import spoken_keys, stroke_key
from sisiwu.register.members.models import Member, Membership

BATCH = 500


@transaction.atomic
def enter_many(news: Sequence[tuple[Member, date]], *, by: User | None) -> None:
    """Enters unsaved members, each with the day since when they belong to their branch.

    Raises ValidationError (with the person it is about) and PermissionDenied, as ``enter`` does; then
    nothing is kept. Call it with some thousands at a time: memory goes with the number.
    """
    members = [one for one, _ in news]
    if by is not None:
        for path in {one.branch.path for one in members}:
            demand(by, Verb.REGISTER, path)
    taken: set[str] = set()
    for at in range(0, len(members), BATCH):
        codes = [one.code for one in members[at : at + BATCH]]
        taken |= set(Member.objects.filter(code__in=codes).values_list("code", flat=True))
    for one in members:
        one.spoken, one.strokes = spoken_keys(one.name), stroke_key(one.name)
        one.clean_fields(exclude=["branch", "user"])
        if one.code in taken:
            raise ValidationError({"code": f"“{one}”的编号 {one.code} 已有。"})
        if one.branch.dissolved_on:
            raise ValidationError({"branch": f"“{one.branch}”已于 {one.branch.dissolved_on} 撤销。"})
        taken.add(one.code)
    Member.objects.bulk_create(members, batch_size=BATCH)
    Membership.objects.bulk_create(
        (Membership(member=one, branch=one.branch, since=since, why="录入名册") for one, since in news),
        batch_size=BATCH,
    )
    lines = ((one, one.branch.path, one.pk, {"branch": one.branch.name}) for one in members)
    note_many("member.enter", by, lines)
