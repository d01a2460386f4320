"""The HTTP API of spot checks: draw, show the record, say whether it conforms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from sisiwu.activities.spot_checks import actions, queries
from sisiwu.activities.spot_checks.models import Check, Draw
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand, scope
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Day, Line, Named, Page, Paging, Words, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.organizations.queries import visible as organizations

router = Router(tags=["抽查"])


class DrawRow(Schema):
    """One draw of a period."""

    id: int
    organization: Named = Field(description="范围")
    first: date
    last: date
    count: int = Field(description="抽几条")
    population: int = Field(description="从几条里抽")
    conforming: int = Field(description="相符几条")
    failing: int = Field(description="不相符几条")
    drawn_at: datetime
    by: Named


class CheckRow(Schema):
    """One drawn record; the title only where you may look."""

    id: int
    place: int = Field(description="抽到的次序")
    entry: int = Field(description="台账里录入的 id")
    title: str | None
    organization: Named | None
    digest: str = Field(description="排序用的摘要")
    shown: str | None = Field(description="支部说原始记录在哪里")
    shown_on: date | None
    conforms: bool | None
    remark: str | None
    checked_on: date | None


class DrawTold(DrawRow):
    """A draw with its seed, so that anybody can draw again."""

    seed: str
    same: bool = Field(description="现在按同一种子重抽，结果相同")
    checks: list[CheckRow]


class DrawBody(Body):
    first: Day = Field(description="期间从")
    last: Day = Field(description="期间到（已经结束的一期）")
    seed_on: Day = Field(description="种子：日期")
    phrase: Words = Field(max_length=60, description="种子：公开的短句，例如当天的气温")
    count: int = Field(ge=1, le=actions.COUNT_MAX)


class ShowBody(Body):
    shown: Words = Field(max_length=200, description="记录在哪里，例如“会议记录本第12页”")


class FindBody(Body):
    conforms: bool
    remark: Line = Field("", max_length=300, description="不相符的写明哪里不相符")


ROW: dict[str, Any] = {
    "id": 1, "organization": {"id": 1, "name": "省公安厅党委"}, "first": "2026-10-01", "last": "2026-10-31", "count": 5,
    "population": 120, "conforming": 0, "failing": 0, "drawn_at": "2026-11-02T09:00:00+08:00", "by": {"id": 1, "name": "郑敏"},
}  # fmt: skip
CHECK: dict[str, Any] = {
    "id": 1, "place": 1, "entry": 12, "title": "主题党日：学习党章", "organization": {"id": 3, "name": "刑侦总队第一党支部"},
    "digest": "00ab", "shown": "", "shown_on": None, "conforms": None, "remark": "", "checked_on": None,
}  # fmt: skip
TOLD = {**ROW, "seed": "2026-11-02 成都最高气温12度", "same": True, "checks": [CHECK]}


def tell(one: Draw) -> dict[str, Any]:
    """One row, of ``queries.listed``."""
    return {
        "id": one.pk, "organization": named(one.organization), "first": one.first, "last": one.last, "count": one.count,
        "population": one.population, "conforming": getattr(one, "conforming", 0), "failing": getattr(one, "failing", 0),
        "drawn_at": one.drawn_at, "by": named(one.by),
    }  # fmt: skip


def tell_check(one: Check, *, seen: bool = True) -> dict[str, Any]:
    """One drawn record; who may not look at its branch is told the number alone."""
    return {
        "id": one.pk, "place": one.place, "entry": one.entry_id, "digest": one.digest,
        "title": one.entry.title if seen else None, "organization": named(one.entry.organization) if seen else None,
        "shown": one.shown if seen else None, "shown_on": one.shown_on if seen else None,
        "conforms": one.conforms, "remark": one.note if seen else None, "checked_on": one.on,
    }  # fmt: skip


def tell_all(user: User, pk: int) -> dict[str, Any]:
    """Everything of one draw."""
    one = get_object_or_404(queries.listed(user), pk=pk)
    paths, rows = scope(user, Verb.VIEW), list(one.checks.select_related("entry__organization").order_by("place"))
    again = [number for number, _ in queries.redrawn(one)]
    return {
        **tell(one),
        "seed": one.seed,
        "same": again == [row.entry_id for row in rows],
        "checks": [tell_check(row, seen=any(row.entry.path.startswith(path) for path in paths)) for row in rows],
    }


@router.get("", **reads("抽查列表", Page[DrawRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}))  # fmt: skip
def spot_checks_list(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    return page(queries.listed(request.user), paging, tell)


@router.post("", **makes("抽查一期", DrawTold, Scope.VERIFY,
    {"first": "2026-10-01", "last": "2026-10-31", "seed_on": "2026-11-02", "phrase": "成都最高气温12度", "count": 5}, TOLD,
    "同一期只抽一次；抽到的支部收到待办，没抽到的什么也不用做。"))  # fmt: skip
def spot_checks_draw(request: Request, body: DrawBody, key: Key) -> Status[dict[str, Any]]:
    user = request.user
    top = organizations(user, Verb.VERIFY).order_by("path").first()
    if top is None:
        raise PermissionDenied
    new, one = do_once(
        key, user, "spot_checks.draw",
        lambda: actions.draw(
            top, body.first, body.last, seed_on=body.seed_on, phrase=body.phrase, count=body.count, by=user
        ),
        queries.visible(user),
    )  # fmt: skip
    return Status(201 if new else 200, tell_all(user, one.pk))


@router.get("/{int:pk}", **reads("一次抽查", DrawTold, Scope.READ_ACTIVITIES, TOLD))
def spot_checks_one(request: Request, pk: int) -> dict[str, Any]:
    return tell_all(request.user, pk)


@router.get("/{int:pk}/numbers", **reads("从哪些录入里抽的", list[int], Scope.READ_ACTIVITIES, [3, 5, 12],
    "当时的全部编号，按次序；拿种子可以照着重抽。"))  # fmt: skip
def spot_checks_numbers(request: Request, pk: int) -> list[int]:
    return queries.numbers(get_object_or_404(queries.visible(request.user), pk=pk))


@router.get("/checks/{int:pk}", **reads("抽到的一条", CheckRow, Scope.READ_ACTIVITIES, CHECK))
def spot_checks_check(request: Request, pk: int) -> dict[str, Any]:
    return tell_check(get_object_or_404(queries.checks(request.user), pk=pk))


@router.post("/checks/{int:pk}/show", **does("出示原始记录", CheckRow, Scope.WRITE_ACTIVITIES,
    {"shown": "会议记录本第12页，可到支部查看"}, {**CHECK, "shown": "会议记录本第12页，可到支部查看", "shown_on": "2026-11-24"},
    "只写在哪里，不用拍照、不用上传。"))  # fmt: skip
def spot_checks_show(request: Request, pk: int, body: ShowBody, key: Key) -> dict[str, Any]:
    user, one = request.user, get_object_or_404(queries.checks(request.user), pk=pk)
    demand(user, Verb.ENTER, one.entry.path)
    do_once(key, user, "spot_checks.show", lambda: actions.show(one, body.shown, by=user), Check.objects.all(), one)
    return tell_check(queries.checks(user).get(pk=pk))


@router.post("/checks/{int:pk}/find", **does("记录核查结果", CheckRow, Scope.VERIFY,
    {"conforms": True}, {**CHECK, "conforms": True, "checked_on": "2026-11-24"}, "得分不变；事实有误的，另行冲正。"))  # fmt: skip
def spot_checks_find(request: Request, pk: int, body: FindBody, key: Key) -> dict[str, Any]:
    user, one = request.user, get_object_or_404(queries.checks(request.user), pk=pk)
    demand(user, Verb.VERIFY, one.entry.path)
    do_once(
        key, user, "spot_checks.find",
        lambda: actions.find(one, conforms=body.conforms, words=body.remark, by=user), Check.objects.all(), one,
    )  # fmt: skip
    return tell_check(queries.checks(user).get(pk=pk))
