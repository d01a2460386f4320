"""Entering a meeting, once; mending one that was returned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from django.core.exceptions import ValidationError

from sisiwu.activities.entries.submitting import How, submit
from sisiwu.activities.meetings.facts import facts_of
from sisiwu.activities.meetings.models import Attendance, Gathering, Kind, Meeting
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import Entry
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.positions.models import Position
from sisiwu.register.positions.queries import holders


def enter(
    meeting: Meeting,
    presences: Mapping[int, str],
    *,
    by: User | None,
    prepared: Gathering | None = None,
    **how: Unpack[How],
) -> Entry:
    """Save a meeting with its attendance (member id -> presence) and submit it to the ledger.

    What was ``prepared`` for signing in is forgotten with it: the attendance is the record.
    Raises what ``submit`` raises, and ValidationError for somebody who was not on the roll.
    """

    def on_roll(one: Meeting) -> None:
        roll = set(roll_call(one.organization, one.on).values_list("pk", flat=True))
        if strangers := set(presences) - roll:
            raise ValidationError(f"有 {len(strangers)} 人当天不在本支部名册上，请刷新名单。")

    def attended(one: Meeting) -> None:
        one.attendances.all().delete()
        Attendance.objects.bulk_create(
            [Attendance(meeting=one, member_id=pk, presence=presence) for pk, presence in presences.items()]
        )
        if prepared:
            prepared.delete()
        if not one.organization.place and one.place:
            type(one.organization).objects.filter(pk=one.organization_id).update(place=one.place)

    return submit(
        meeting,
        how,
        by=by,
        title=f"{meeting.get_kind_display()}：{meeting.title}",
        check=on_roll,
        fill=attended,
        facts=lambda one: facts_of(one, by_secretary=_by_secretary(one)),
    )


def _by_secretary(meeting: Meeting) -> bool:
    if meeting.kind != Kind.PARTY_LECTURE or meeting.lecturer_id is None:
        return False
    posts = holders(meeting.organization, meeting.on)
    return posts.filter(position=Position.SECRETARY, member=meeting.lecturer_id).exists()
