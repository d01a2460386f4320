"""Entering a meeting, once; mending one that was returned."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from sisiwu.activities.entries.mending import free_to_mend
from sisiwu.activities.meetings.facts import facts_of
from sisiwu.activities.meetings.models import Attendance, Kind, Meeting
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.inbox.actions import settle
from sisiwu.ledger import actions as ledger
from sisiwu.ledger.actions import Entry
from sisiwu.ledger.queries import sent
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.positions.models import Position
from sisiwu.register.positions.queries import holders


@transaction.atomic
def enter(
    meeting: Meeting,
    presences: Mapping[int, str],
    *,
    by: User | None,
    key: UUID,
    is_late: bool = False,
    late_because: str = "",
    version: int | None = None,
) -> Entry:
    """Save a meeting with its attendance (member id -> presence) and submit it to the ledger.

    Sent twice with the same key it is entered once. Raises ValidationError (somebody who was not on
    the roll, a submission that waits or was accepted, an older version) and PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.ENTER, meeting.organization.path)
    before = sent(key)
    if before:
        return before
    if meeting.pk:
        free_to_mend(meeting, version)
        meeting.version += 1
    else:
        meeting.created_by = by
    roll = set(roll_call(meeting.organization, meeting.on).values_list("pk", flat=True))
    if strangers := set(presences) - roll:
        raise ValidationError(f"有 {len(strangers)} 人当天不在本支部名册上，请刷新名单。")
    meeting.full_clean()
    meeting.save()
    meeting.attendances.all().delete()
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, member_id=pk, presence=presence) for pk, presence in presences.items()]
    )
    if not meeting.organization.place and meeting.place:
        type(meeting.organization).objects.filter(pk=meeting.organization_id).update(place=meeting.place)
    settle(f"returned:{meeting.source}")
    return ledger.record(
        key=key,
        source=meeting.source,
        title=f"{meeting.get_kind_display()}：{meeting.title}",
        url=reverse("meetings:detail", args=[meeting.pk]),
        organization=meeting.organization,
        on=meeting.on,
        facts=facts_of(meeting, by_secretary=_by_secretary(meeting)),
        by=by,
        is_late=is_late,
        late_because=late_because,
    )


def _by_secretary(meeting: Meeting) -> bool:
    if meeting.kind != Kind.PARTY_LECTURE or meeting.lecturer_id is None:
        return False
    posts = holders(meeting.organization, meeting.on)
    return posts.filter(position=Position.SECRETARY, member=meeting.lecturer_id).exists()
