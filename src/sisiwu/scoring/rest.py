"""The HTTP API of scores: standings, and why one subject has what it has. Points are hundredths."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from sisiwu.engine.explain import Entry
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.shapes import Line, Named, Paging, named
from sisiwu.foundation.rest.spec import reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.members import queries as members
from sisiwu.register.organizations import queries as organizations
from sisiwu.scoring.in_force import period_of, scheme
from sisiwu.scoring.queries import ranked, sees_places, standings, told

router = Router(tags=["得分"])


class ListScore(Schema):
    """The points of one list."""

    id: str
    title: str
    score_centi: int


class ScoreRow(Schema):
    """The points of one organization; a place only for those who see many (减负规定，不排名)."""

    organization: Named
    code: str
    total_centi: int = Field(description="总分，百分之一分")
    place: int | None = Field(description="名次：只给看多个党组织的人，其他人是空的")
    lists: list[ListScore]


class ScoreFilters(Schema):
    q: Line = Field("", description="名称、拼音或编号")


class Standings(Schema):
    """The organizations you may see, with their points of today."""

    scheme: str
    version: str
    period: str
    on: date
    over: bool = Field(description="考核期是否已经结束；没有结束不评等级")
    count: int
    limit: int
    offset: int
    items: list[ScoreRow]


class Why(Schema):
    """One line of an explanation; the points of the lines beneath add up to its own."""

    kind: str = Field(
        description="list 清单、item 条目、rule 规则、clause 条款、fact 事实、uncounted 不计、sum、cut、note 等"
    )
    key: str
    text: str
    points_centi: int | None
    children: list[Why]


class Explained(Schema):
    """Why one organization or member has its points."""

    subject: Named
    scheme: str
    version: str
    period: str
    on: date
    total_centi: int | None = Field(description="空：不在计分范围")
    place: int | None
    grade: str = Field(description="考核期结束以后才有")
    lines: list[Why]


ROW: dict[str, Any] = {
    "organization": {"id": 3, "name": "刑侦总队第一党支部"}, "code": "DZ0003", "total_centi": 8750, "place": None,
    "lists": [{"id": "basic", "title": "基本清单", "score_centi": 3600}],
}  # fmt: skip
HEAD = {"scheme": "五张责任清单考核办法", "version": "2018", "period": "2026", "on": "2026-11-24"}
EXPLAINED = {
    "subject": {"id": 3, "name": "刑侦总队第一党支部"}, **HEAD, "total_centi": 8750, "place": None, "grade": "",
    "lines": [{
        "kind": "list", "key": "basic", "text": "基本清单", "points_centi": 3600,
        "children": [{
            "kind": "item", "key": "party_day", "text": "主题党日（满分 12）", "points_centi": 1200, "children": [],
        }],
    }],
}  # fmt: skip


def _head(name: str) -> dict[str, Any]:
    one, period = scheme(name), period_of(name)
    return {"scheme": one.title, "version": one.version, "period": period.label, "on": timezone.localdate()}


@router.get("", **reads("实时得分", Standings, Scope.READ_SCORES,
    {**HEAD, "over": False, "count": 1, "limit": 50, "offset": 0, "items": [ROW]}))  # fmt: skip
def scores_list(request: Request, paging: Query[Paging], chosen: Query[ScoreFilters]) -> dict[str, Any]:
    demand(request.user, Verb.SCORES)
    one, whole = scheme("organizations"), sees_places(request.user)
    found = ranked(request.user, chosen.q)
    items = [
        {
            "organization": named(row),
            "code": row.code,
            "total_centi": score.total_centi,
            "place": score.place if whole else None,
            "lists": [{"id": part.id, "title": part.title, "score_centi": score.lists[part.id]} for part in one.lists],
        }
        for row, score in found[paging.offset : paging.offset + paging.limit]
    ]
    over = timezone.localdate() > period_of("organizations").end
    counts = {"count": len(found), "limit": paging.limit, "offset": paging.offset}
    return {**_head("organizations"), "over": over, **counts, "items": items}


@router.get("/organizations/{int:pk}", **reads("一个党组织的得分依据", Explained, Scope.READ_SCORES, EXPLAINED,
    "规则、条款、事实和算式，逐条加得起来。"))  # fmt: skip
def scores_organization(request: Request, pk: int) -> dict[str, Any]:
    one = get_object_or_404(organizations.visible(request.user, Verb.SCORES), pk=pk)
    score = standings().get(one.pk) if sees_places(request.user) else None
    return _why("organizations", one, score.place if score else None)


@router.get("/members/{int:pk}", **reads("一名党员的得分依据", Explained, Scope.READ_SCORES,
    {**EXPLAINED, "subject": {"id": 3, "name": "李娜"}}, "只给本人、本支部书记和机关党委（R16），没有名次。"))  # fmt: skip
def scores_member(request: Request, pk: int) -> dict[str, Any]:
    one = get_object_or_404(members.visible(request.user).select_related("branch"), pk=pk)
    return _why("members", one, None)


def _why(name: str, one: Any, place: int | None) -> dict[str, Any]:
    found, over = told(name, one), timezone.localdate() > period_of(name).end
    if found is None:
        raise Http404
    lines = [
        line
        for line in found.explanation.root.children
        if over or line.points_centi is not None or line.kind == "check"
    ]
    return {
        "subject": named(one),
        **_head(name),
        "total_centi": found.result.total_centi,
        "place": place,
        "grade": (found.result.grade or "") if over else "",
        "lines": [_line(line) for line in lines],
    }


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "key": entry.key,
        "text": entry.text,
        "points_centi": entry.points_centi,
        "children": [_line(child) for child in entry.children],
    }
