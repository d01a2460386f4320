"""The HTTP API of meetings: everybody on the roll is present unless the body says otherwise."""

from __future__ import annotations

from typing import Any, Literal

from django.core.exceptions import ValidationError
from ninja import Schema
from pydantic import Field

from sisiwu.activities.entries.rest import Recorded, router_of
from sisiwu.activities.meetings import actions
from sisiwu.activities.meetings.forms import MeetingForm
from sisiwu.activities.meetings.models import Meeting, Presence
from sisiwu.foundation.accounts.policies import Anyone, may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.shapes import Body, Id, Named, named
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.organizations.models import Organization

WORDS = "、".join(f"{value} {label}" for value, label in Presence.choices)


class Absence(Body):
    """Somebody who was late or not there."""

    member: Id
    presence: Literal["late", "duty", "sick", "private", "absent"] = Field(description=WORDS)


class AttendanceRow(Schema):
    """Whether a member was there."""

    member: Named
    presence: str = Field(description=WORDS)


def spread(body: Any, organization: Organization) -> dict[str, str]:
    """The roll as the page sends it: ticked, or not ticked with the reason."""
    why = {one.member: one.presence for one in body.absences}
    roll = list(roll_call(organization, body.on).values_list("pk", flat=True))
    if strangers := sorted(set(why) - set(roll)):
        raise ValidationError({"absences": f"当天不在名册上：{'、'.join(map(str, strangers))}。"})
    return {f"w{pk}": why[pk] for pk in why} | {f"m{pk}": "on" for pk in roll if pk not in why}


def details(one: Meeting, user: Anyone) -> dict[str, Any]:
    """Who was there, as far as the user may see it, and the numbers."""
    seen = one.attendances.select_related("member").order_by("member__strokes")
    if not may(user, Verb.MEMBERS, one.organization.path):
        seen = seen.filter(member__user=user.pk)
    there = (Presence.PRESENT, Presence.LATE)
    return {
        "attendance": [{"member": named(row.member), "presence": row.presence} for row in seen],
        "due": one.attendances.count(),
        "present": one.attendances.filter(presence__in=there).count(),
    }


router = router_of(
    Recorded(
        name="meetings",
        title="会议",
        form=MeetingForm,
        send=lambda form, by: actions.enter(form.instance, form.presences(), by=by, **form.how()),
        example={
            "organization": 3, "kind": "meeting.party_day", "title": "学习党章第六章", "on": "2026-11-20",
            "place": "刑侦总队会议室", "host": 1, "absences": [{"member": 5, "presence": "duty"}],
        },
        more={"absences": (list[Absence], Field([], max_length=1000, description="没到或迟到的；其余都算到会"))},
        spread=spread,
        also={
            "attendance": (list[AttendanceRow], Field(description="出勤：只给看得到名册的人和本人")),
            "due": (int, Field(description="应到")),
            "present": (int, Field(description="实到")),
        },
        details=details,
        told={
            "host": {"id": 1, "name": "王强"}, "lecturer": None, "minutes": "", "due": 8, "present": 7,
            "attendance": [{"member": {"id": 3, "name": "李娜"}, "presence": "present"}],
        },
    )
)  # fmt: skip
