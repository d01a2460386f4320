"""What brings rooms together: who I am, what waits for me, search, the log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from sisiwu.foundation.accounts.policies import demand, grants, scope, within
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.inbox.queries import waiting
from sisiwu.foundation.rest.shapes import Choice, Day, Line, Named, Page, Paging, Words, named, page
from sisiwu.foundation.rest.spec import reads
from sisiwu.foundation.tokens.models import Scope, Token
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.queries import entries
from sisiwu.register.members import queries as members
from sisiwu.register.members.models import Member
from sisiwu.register.organizations import queries as organizations

router = Router(tags=["我的、搜索、日志"])
FOUND_MAX = 20


class Me(Schema):
    """Who is asking, and what may be done."""

    id: int
    username: str
    name: str
    roles: list[Choice]
    token: str | None = Field(description="用令牌来的：令牌的名称")
    scopes: list[str] | None = Field(description="用令牌来的：令牌的用途；浏览器里是空的")


class TaskRow(Schema):
    """Something that waits."""

    id: int
    title: str
    url: str = Field(description="网页地址")
    due_on: date | None
    raised_at: datetime


class Found(Schema):
    """One thing that was found."""

    kind: str = Field(description="organization 党组织、member 党员、entry 一次录入（会议、稿件等）")
    id: int
    name: str
    at: Named | None = Field(description="在哪个党组织")
    url: str


class LogRow(Schema):
    """One act."""

    id: int
    at: datetime
    by: Named | None
    act: str
    words: str
    subject: str
    address: str | None


class LookRow(Schema):
    """A look of somebody else at my record."""

    at: datetime
    by: Named | None
    words: str


class SearchQuestion(Schema):
    q: Words = Field(description="名称、姓名、拼音、首字母或主题")


class LogFilters(Schema):
    q: Line = Field("", description="对象，或操作人的姓名")
    act: Line = Field("", description="操作的代码，如 ledger.accept")
    since: Day | None = None
    until: Day | None = None


@router.get("/me", **reads("我是谁", Me, None, {
    "id": 1, "username": "zhengmin", "name": "郑敏", "roles": [{"code": "committee_staff", "name": "机关党委干事"}],
    "token": "月报程序", "scopes": ["read:register"],
}))  # fmt: skip
def me(request: Request) -> dict[str, Any]:
    user, auth = request.user, getattr(request, "auth", None)
    held = list(dict.fromkeys(grant.role for grant in grants(user)))
    token = auth if isinstance(auth, Token) else None
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "roles": [{"code": role, "name": Role(role).label} for role in held],
        "token": token.name if token else None,
        "scopes": token.scopes if token else None,
    }


@router.get("/inbox", **reads("我的待办", Page[TaskRow], None, {"count": 1, "limit": 50, "offset": 0, "items": [{
    "id": 1, "title": "核实：刑侦总队第一党支部 主题党日：学习党章", "url": "/verify/", "due_on": None,
    "raised_at": "2026-11-20T09:00:00+08:00",
}]}, "先到期的在前。"))  # fmt: skip
def inbox(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    return page(waiting(request.user), paging, _tell_task)


def _tell_task(one: Task) -> dict[str, Any]:
    return {"id": one.pk, "title": one.title, "url": one.url, "due_on": one.due_on, "raised_at": one.raised_at}


@router.get("/search", **reads("搜索", list[Found], Scope.READ_REGISTER, [{
    "kind": "organization", "id": 3, "name": "刑侦总队第一党支部", "at": None, "url": "/organizations/3/",
}], f"党组织、党员；令牌有“看活动和台账”的，还有各类活动。每类最多 {FOUND_MAX} 条。"))  # fmt: skip
def search(request: Request, chosen: Query[SearchQuestion]) -> list[dict[str, Any]]:
    user, auth, q = request.user, getattr(request, "auth", None), chosen.q
    found: list[dict[str, Any]] = []
    for one in organizations.searched(organizations.visible(user, Verb.VIEW), q)[:FOUND_MAX]:
        found.append(_found("organization", one, None, f"/organizations/{one.pk}/"))
    for person in members.searched(members.visible(user), q).select_related("branch")[:FOUND_MAX]:
        found.append(_found("member", person, person.branch, f"/members/{person.pk}/"))
    if not isinstance(auth, Token) or Scope.READ_ACTIVITIES in auth.scopes:
        rows = entries(user).filter(title__contains=q).exclude(decision__accepted=False)
        for entry in rows.select_related("organization").order_by("-id")[:FOUND_MAX]:
            found.append(_found("entry", entry, entry.organization, entry.url))
    return found


def _found(kind: str, one: Any, at: Any, url: str) -> dict[str, Any]:
    return {"kind": kind, "id": one.pk, "name": str(one), "at": named(at), "url": url}


@router.get("/log", **reads("操作日志", Page[LogRow], Scope.READ_LOG, {"count": 1, "limit": 50, "offset": 0, "items": [{
    "id": 1, "at": "2026-11-20T09:00:00+08:00", "by": {"id": 3, "name": "王强"}, "act": "ledger.record",
    "words": "提交录入", "subject": "主题党日：学习党章", "address": "127.0.0.1",
}]}, "最近的在前。"))  # fmt: skip
def log(request: Request, paging: Query[Paging], chosen: Query[LogFilters]) -> dict[str, Any]:
    demand(request.user, Verb.AUDIT)
    rows = LogEntry.objects.filter(within("path", scope(request.user, Verb.AUDIT))).select_related("by")
    if chosen.q:
        rows = rows.filter(subject__contains=chosen.q) | rows.filter(by__name=chosen.q)
    if chosen.act:
        rows = rows.filter(act=chosen.act)
    if chosen.since:
        rows = rows.filter(at__date__gte=chosen.since)
    if chosen.until:
        rows = rows.filter(at__date__lte=chosen.until)
    return page(rows.order_by("-at", "-id"), paging, _tell_act)


def _tell_act(one: LogEntry) -> dict[str, Any]:
    return {
        "id": one.pk,
        "at": one.at,
        "by": named(one.by),
        "act": one.act,
        "words": one.words,
        "subject": one.subject,
        "address": one.address,
    }


@router.get("/me/looks", **reads("谁看过我", Page[LookRow], None, {"count": 1, "limit": 50, "offset": 0, "items": [{
    "at": "2026-11-20T09:00:00+08:00", "by": {"id": 2, "name": "何静"}, "words": "查看党员档案",
}]}, "别人每次查看我的档案。"))  # fmt: skip
def looks(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    person = get_object_or_404(Member, user=request.user)
    rows = (
        LogEntry.objects.filter(person=person.pk).exclude(by=request.user).select_related("by").order_by("-at", "-id")
    )
    return page(rows, paging, lambda one: {"at": one.at, "by": named(one.by), "words": one.words})
