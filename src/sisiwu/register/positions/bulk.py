"""Appointing thousands at once: what ``actions.appoint`` does and guarantees, in a few statements."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from sisiwu.foundation.accounts.actions import grant
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note_many
from sisiwu.register.positions.actions import ROLES
from sisiwu.register.positions.models import SOLE, Holding, Position

BATCH = 500


@transaction.atomic
def appoint_many(news: Sequence[Holding], *, by: User | None) -> None:
    """Unsaved holdings; one with ``until`` is a position held in the past.

    Raises ValidationError and PermissionDenied, as ``appoint`` does; then nothing is kept.
    """
    if by is not None:
        for path in {one.organization.path for one in news}:
            demand(by, Verb.REGISTER, path)
    alone = [one for one in news if one.position in SOLE and one.until is None]
    taken: set[tuple[int, int]] = set()
    for at in range(0, len(alone), BATCH):
        where = [one.organization_id for one in alone[at : at + BATCH]]
        held = Holding.objects.filter(organization__in=where, position__in=SOLE, until__isnull=True)
        taken |= set(held.values_list("organization", "position"))
    for one in alone:
        if (one.organization_id, one.position) in taken:
            raise ValidationError(f"“{one.organization}”已有在任的{one.get_position_display()}，请先免去。")
        taken.add((one.organization_id, one.position))
    for one in news:
        one.clean_fields(exclude=["member", "organization"])
    Holding.objects.bulk_create(news, batch_size=BATCH)
    for one in news:
        role, user = ROLES.get(Position(one.position)), one.member.user
        if role and user:
            source = f"position:{one.pk}"
            grant(user, role, one.organization.path, since=one.since, until=one.until, source=source)
    note_many("position.appoint", by, (
        (one, one.organization.path, one.member_id, {"at": one.organization.name, "since": str(one.since)}) for one in news
    ))  # fmt: skip
    note_many("position.relieve", by, (
        (one, one.organization.path, one.member_id, {"on": str(one.until)}) for one in news if one.until
    ))  # fmt: skip
