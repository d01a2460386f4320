"""The HTTP API of meetings: everybody on the roll is present unless the body says otherwise.

Signing in at the wall is for people in the room: a program prepares it and reads who has signed, and cannot sign.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from sisiwu.activities.entries.queries import enterable
from sisiwu.activities.entries.rest import Recorded, router_of
from sisiwu.activities.meetings import actions, gatherings
from sisiwu.activities.meetings.forms import MeetingForm
from sisiwu.activities.meetings.models import Gathering, Kind, Meeting, Presence
from sisiwu.foundation.accounts.policies import Anyone, demand, may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_gone, do_once
from sisiwu.foundation.rest.shapes import Body, Id, Line, Named, Page, Paging, inline, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
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


class GatheringRow(Schema):
    """A meeting of today that was prepared for signing in."""

    id: int
    organization: Named
    kind: str
    title: str
    on: date
    place: str
    count: int = Field(description="已签到几人")


class GatheringTold(GatheringRow):
    """The same with who has signed in."""

    due: int = Field(description="名册上几人")
    signed: list[Named] | None = Field(description="谁签到了；看不到名册的人不列名字")


class PrepareBody(Body):
    organization: Id
    kind: Annotated[Kind, inline(Kind)] = Field(
        Kind.PARTY_DAY, description="、".join(f"{one.value} {one.label}" for one in Kind)
    )
    title: Line = Field("", max_length=120)
    place: Line = Field("", max_length=60, description="不写就是党组织的常用地点")


class Dropped(Schema):
    detail: str


GATHERING: dict[str, Any] = {
    "id": 1, "organization": {"id": 3, "name": "刑侦总队第一党支部"}, "kind": "meeting.party_day", "title": "学习党章",
    "on": "2026-11-24", "place": "刑侦总队会议室", "count": 1,
}  # fmt: skip
GATHERING_TOLD = {**GATHERING, "due": 8, "signed": [{"id": 3, "name": "李娜"}]}
DROPPED = {"detail": "已取消签到；会议照常用名单记录。"}


def tell_gathering(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk, "organization": named(one.organization), "kind": one.kind, "title": one.title, "on": one.on,
        "place": one.place, "count": one.count,
    }  # fmt: skip


def _prepared(user: Anyone) -> Any:
    return gatherings.prepared(user, timezone.localdate()).annotate(count=Count("signings")).order_by("pk")


def _gathering(user: Anyone, pk: int) -> dict[str, Any]:
    one = get_object_or_404(_prepared(user), pk=pk)
    roll, people = roll_call(one.organization, one.on), None
    if may(user, Verb.MEMBERS, one.organization.path):
        there = one.signings.select_related("member").order_by("member__strokes", "pk")
        people = [named(row.member) for row in there]
    return {**tell_gathering(one), "due": roll.count(), "signed": people}


@router.get("/gatherings", **reads("今天准备了签到的会议", Page[GatheringRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [GATHERING]}))  # fmt: skip
def meetings_gatherings(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    demand(request.user, Verb.ENTER)
    return page(_prepared(request.user), paging, tell_gathering)


@router.post("/gatherings", **makes("会前：准备签到", GatheringTold, Scope.WRITE_ACTIVITIES,
    {"organization": 3, "title": "学习党章"}, GATHERING_TOLD,
    "只能为今天的会议准备；二维码在网页 /meetings/gatherings/{id}/wall/ 上。签到由本人在场办，程序不能代签。"))  # fmt: skip
def meetings_prepare(request: Request, body: PrepareBody, key: Key) -> Status[dict[str, Any]]:
    user, data = request.user, body.model_dump(exclude={"organization"})
    demand(user, Verb.ENTER)
    at = get_object_or_404(enterable(user), pk=body.organization)
    one = Gathering(organization=at, on=timezone.localdate(), **{**data, "place": data["place"] or at.place})
    new, made = do_once(
        key, user, "meetings.prepare", lambda: gatherings.prepare(one, by=user), Gathering.objects.all()
    )
    return Status(201 if new else 200, _gathering(user, made.pk))


@router.get("/gatherings/{int:pk}", **reads("谁签到了", GatheringTold, Scope.READ_ACTIVITIES, GATHERING_TOLD))
def meetings_gathering(request: Request, pk: int) -> dict[str, Any]:
    return _gathering(request.user, pk)


@router.post("/gatherings/{int:pk}/drop", **does("取消签到", Dropped, Scope.WRITE_ACTIVITIES, None, DROPPED,
    "会议照常用名单记录。"))  # fmt: skip
def meetings_drop(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.ENTER)
    do_gone(
        key, user, "meetings.drop",
        lambda: gatherings.drop(get_object_or_404(gatherings.prepared(user, timezone.localdate()), pk=pk), by=user),
    )  # fmt: skip
    return DROPPED
