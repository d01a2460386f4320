"""The HTTP API of what waits: what others were asked for, marking it urgent, how one is reminded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.inbox import actions, queries
from sisiwu.foundation.inbox.channels import CHANNELS
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Line, Named, Page, Paging, named, page
from sisiwu.foundation.rest.spec import does, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request

router = Router(tags=["待办和提醒"])
WORDS = "、".join(f"{name} {one.title}" for name, one in CHANNELS.items()) + "；空的是不要"


class AskedRow(Schema):
    """What waits for an organization that you verify."""

    id: int
    title: str
    url: str = Field(description="网页地址")
    due_on: date | None
    raised_at: datetime
    urgent_by: Named | None = Field(description="谁标为急件")


class AskedFilters(Schema):
    q: Line = Field("", description="事项")


class PreferenceTold(Schema):
    channel: str = Field(description=WORDS)


class PreferenceBody(Body):
    channel: Line = Field(description=WORDS)


ASKED: dict[str, Any] = {
    "id": 1, "title": "抽查：请出示“主题党日：学习党章”的原始记录", "url": "/spot-checks/check/1/", "due_on": "2026-12-01",
    "raised_at": "2026-11-20T09:00:00+08:00", "urgent_by": None,
}  # fmt: skip


def tell(one: Task) -> dict[str, Any]:
    return {
        "id": one.pk, "title": one.title, "url": one.url, "due_on": one.due_on, "raised_at": one.raised_at,
        "urgent_by": named(one.urgent_by),
    }  # fmt: skip


@router.get("/asked", **reads("发给支部的待办", Page[AskedRow], Scope.VERIFY,
    {"count": 1, "limit": 50, "offset": 0, "items": [ASKED]}))  # fmt: skip
def inbox_asked(request: Request, paging: Query[Paging], chosen: Query[AskedFilters]) -> dict[str, Any]:
    demand(request.user, Verb.VERIFY)
    rows = queries.asked_by(request.user)
    return page(rows.filter(title__contains=chosen.q) if chosen.q else rows, paging, tell)


@router.post("/{int:pk}/hasten", **does("标为急件", AskedRow, Scope.VERIFY, None,
    {**ASKED, "urgent_by": {"id": 1, "name": "郑敏"}}, "下班时间和节假日也会提醒一次。"))  # fmt: skip
def inbox_hasten(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.VERIFY)
    rows = queries.asked_by(user)
    one = get_object_or_404(rows, pk=pk)
    do_once(key, user, "inbox.hasten", lambda: actions.hasten(one, by=user), rows, one)
    return tell(rows.get(pk=pk))


@router.get("/reminding", **reads("我的提醒方式", PreferenceTold, None, {"channel": "site"}))
def inbox_preference(request: Request) -> dict[str, str]:
    return {"channel": queries.preference(request.user)}


@router.put("/reminding", **does("改我的提醒方式", PreferenceTold, Scope.WRITE_OWN, {"channel": ""}, {"channel": ""},
    "每天最多一次，只在工作日的工作时间。"))  # fmt: skip
def inbox_prefer(request: Request, body: PreferenceBody) -> dict[str, str]:
    actions.prefer(request.user, body.channel)
    return {"channel": queries.preference(request.user)}
