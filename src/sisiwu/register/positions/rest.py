"""The HTTP API of positions and terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from sisiwu.foundation.accounts.policies import Anyone, demand, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Choice, Day, Id, Line, Named, Page, Paging, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.members import queries as members
from sisiwu.register.organizations import queries as organizations
from sisiwu.register.positions import actions, queries
from sisiwu.register.positions.models import Holding, Position, Term

router = Router(tags=["任职和换届"])
POSITIONS = "职务代码：" + "、".join(f"{one.value} {one.label}" for one in Position)


class HoldingRow(Schema):
    """Who held which position where; ``until`` is the first day without it."""

    id: int
    member: Named
    organization: Named
    position: Choice
    since: date
    until: date | None


class TermRow(Schema):
    """One term of a committee."""

    id: int
    organization: Named
    number: int
    elected_on: date
    due_on: date


class MonthRow(Schema):
    """How many terms end in a month."""

    name: str = Field(description="2026-11；overdue 已逾期")
    start: date = Field(description="从哪一天（已逾期的为 0001-01-01）")
    end: date = Field(description="到哪一天（不含）")
    count: int


class CalendarPage(Page[TermRow]):
    """The calendar of a year: its months, and the terms of those asked for."""

    months: list[MonthRow]


class CalendarFilters(Schema):
    q: Line = Field("", description="党组织名称")
    under: Id | None = Field(None, description="哪个党组织及所属")
    month: Line = Field("", description="只列一个月的：2026-11，或 overdue 已逾期")


class HoldingFilters(Schema):
    organization: Id | None = Field(None, description="党组织的 id")
    member: Id | None = Field(None, description="党员的 id（要能看这名党员的档案）")
    on: Day | None = Field(None, description="那一天在任的；不写就是今天")
    ended: bool = Field(default=False, description="true：连已免去的也列出")


class AppointBody(Body):
    organization: Id
    member: Id
    position: Position = Field(description=POSITIONS)
    since: Day = Field(description="任职日期")


class OnBody(Body):
    on: Day


class ElectBody(Body):
    organization: Id
    on: Day = Field(description="选举日期")


HELD: dict[str, Any] = {
    "id": 1, "member": {"id": 1, "name": "王强"}, "organization": {"id": 3, "name": "刑侦总队第一党支部"},
    "position": {"code": 1, "name": "书记"}, "since": "2024-06-01", "until": None,
}  # fmt: skip
TERM = {
    "id": 1, "organization": {"id": 3, "name": "刑侦总队第一党支部"}, "number": 1, "elected_on": "2024-06-01",
    "due_on": "2027-06-01",
}  # fmt: skip


def tell(one: Holding) -> dict[str, Any]:
    return {
        "id": one.pk,
        "member": named(one.member),
        "organization": named(one.organization),
        "position": {"code": one.position, "name": one.get_position_display()},
        "since": one.since,
        "until": one.until,
    }


def tell_term(one: Term) -> dict[str, Any]:
    return {
        "id": one.pk,
        "organization": named(one.organization),
        "number": one.number,
        "elected_on": one.elected_on,
        "due_on": one.due_on,
    }


def _of(user: Anyone, chosen: HoldingFilters) -> QuerySet[Holding]:
    """Positions at organizations one may look at; of a member whose record one may open."""
    seen = organizations.visible(user, Verb.VIEW)
    rows = Holding.objects.select_related("member", "organization")
    if chosen.member:
        rows = rows.filter(member=get_object_or_404(members.visible(user), pk=chosen.member))
    else:
        rows = rows.filter(organization__in=seen.values("pk"))
    if chosen.organization:
        rows = rows.filter(organization=get_object_or_404(seen, pk=chosen.organization))
    day = chosen.on or timezone.localdate()
    if not chosen.ended:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    return rows.order_by("organization__path", "position", "-since", "id")


@router.get("", **reads("任职列表", Page[HoldingRow], Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [HELD]}, "某一天谁担任什么职务。"))  # fmt: skip
def positions_list(request: Request, paging: Query[Paging], chosen: Query[HoldingFilters]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    return page(_of(request.user, chosen), paging, tell)


@router.post("", **makes("任职", HoldingRow, Scope.WRITE_REGISTER,
    {"organization": 3, "member": 5, "position": 7, "since": "2026-11-20"}, HELD,
    "书记、副书记的权限随任职生效。"))  # fmt: skip
def positions_appoint(request: Request, body: AppointBody, key: Key) -> Status[dict[str, Any]]:
    user = request.user
    at = organizations.looked_after(user, body.organization)
    member = members.visible(user).filter(pk=body.member, branch__path__startswith=at.path).first()
    if member is None:
        raise ValidationError({"member": "这名党员不在这个党组织的名册上。"})
    rows = Holding.objects.select_related("member", "organization")
    new, one = do_once(
        key, user, "positions.appoint",
        lambda: actions.appoint(member, body.position, since=body.since, at=at, by=user), rows,
    )  # fmt: skip
    return Status(201 if new else 200, tell(one))


@router.post("/{int:pk}/relieve", **does("免职", HoldingRow, Scope.WRITE_REGISTER,
    {"on": "2026-11-20"}, {**HELD, "until": "2026-11-20"}, "以前的任职仍可按日期查到。"))  # fmt: skip
def positions_relieve(request: Request, pk: int, body: OnBody, key: Key) -> dict[str, Any]:
    rows = Holding.objects.select_related("member", "organization")
    one = get_object_or_404(rows, pk=pk)
    organizations.looked_after(request.user, one.organization_id)
    do_once(
        key, request.user, "positions.relieve", lambda: actions.relieve(one, on=body.on, by=request.user), rows, one
    )
    return tell(rows.get(pk=pk))


@router.get("/terms", **reads("届满将到的换届", Page[TermRow], Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [TERM]}, "六个月内届满或已经届满的。"))  # fmt: skip
def positions_terms(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    return page(queries.falling_due(request.user, timezone.localdate()).order_by("due_on", "id"), paging, tell_term)


@router.post("/terms", **makes("登记换届", TermRow, Scope.WRITE_REGISTER,
    {"organization": 3, "on": "2026-11-20"}, TERM))  # fmt: skip
def positions_elect(request: Request, body: ElectBody, key: Key) -> Status[dict[str, Any]]:
    user, at = request.user, organizations.looked_after(request.user, body.organization)
    rows = Term.objects.select_related("organization")
    new, one = do_once(key, user, "positions.elect", lambda: actions.elect(at, on=body.on, by=user), rows)
    return Status(201 if new else 200, tell_term(one))


@router.get("/calendar", **reads("换届日历", CalendarPage, Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [TERM],
     "months": [{"name": "2027-06", "start": "2027-06-01", "end": "2027-07-01", "count": 1}]},
    "今天起一年，每月有几个届满；已逾期的在最前。"))  # fmt: skip
def positions_calendar(request: Request, paging: Query[Paging], chosen: Query[CalendarFilters]) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.VIEW)
    rows = queries.visible(user)
    if chosen.q:
        rows = rows.filter(organization__name__contains=chosen.q)
    if chosen.under:
        top = get_object_or_404(organizations.visible(user, Verb.VIEW), pk=chosen.under)
        rows = rows.filter(within("organization__path", [top.path]))
    months = queries.by_month(rows, timezone.localdate())
    shown = rows.filter(due_on__lt=months[-1].end)
    if chosen.month:
        one = next((one for one in months if one.name == chosen.month), None)
        if one is None:
            raise ValidationError({"month": f"没有这个月，可用：{'、'.join(one.name for one in months)}。"})
        shown = rows.filter(due_on__gte=one.start, due_on__lt=one.end)
    told = [{"name": one.name, "start": one.start, "end": one.end, "count": one.count} for one in months]
    return {**page(shown, paging, tell_term), "months": told}
