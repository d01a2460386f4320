"""The HTTP API of organizations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Choice, Code, Day, Id, Line, Named, Page, Paging, Words, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.organizations import actions, queries, trees
from sisiwu.register.organizations.models import Kind, Organization, Version
from sisiwu.register.organizations.regions import REGIONS

router = Router(tags=["党组织"])
WHAT = "organizations"
NAMES = dict(REGIONS)
KINDS = "类别代码：" + "、".join(f"{one.value} {one.label}" for one in Kind)


class OrganizationRow(Schema):
    """An organization as it stands today."""

    id: int
    code: str
    name: str
    kind: Choice
    parent: Named | None
    region: Choice
    place: str
    is_window: bool
    is_grassroots: bool
    founded_on: date
    dissolved_on: date | None


class VersionRow(Schema):
    """How an organization was for a while; ``until`` is the first day on which it was otherwise."""

    since: date
    until: date | None
    name: str
    kind: Choice
    parent: Named | None
    region: Choice
    why: str


class OrganizationTold(OrganizationRow):
    """An organization with what is above it and what it was."""

    above: list[Named] = Field(description="从最上级到直接上级")
    on: date = Field(description="as_of 是这一天的样子")
    as_of: VersionRow | None = Field(description="那一天的名称、类别、隶属；成立以前和撤销以后为空")
    versions: list[VersionRow] = Field(description="全部沿革，最近的在前")


class NodeRow(OrganizationRow):
    """An organization in the tree."""

    below: int = Field(description="下面有几个党组织（不含已撤销的）")
    party_members: int = Field(description="它和下面一共有几名党员")


class TreeQuestion(Schema):
    at: Id | None = Field(None, description="哪个党组织的直接下级；不写就从您的范围的最上面起")


class RegionRow(Schema):
    """A region with its organizations by kind."""

    code: int
    name: str
    total: int
    counts: dict[str, int] = Field(description="各类党组织的个数")
    tops: list[Named] = Field(description="上级在别处的几个")


class OrganizationFilters(Schema):
    q: Line = Field("", description="名称、编号、拼音或首字母")
    kind: Kind | None = Field(None, description=KINDS)
    region: int | None = Field(None, ge=0, le=999_999, description="地区代码（GB/T 2260），如 510100")
    parent: Id | None = Field(None, description="上级的 id：只列直接下级")
    dissolved: bool | None = Field(None, description="true 只列已撤销的，false 只列现存的")


class FoundBody(Body):
    parent: Id = Field(description="上级党组织的 id")
    name: Words
    code: Code = Field(description="编号，不能与别的组织相同")
    kind: Kind = Field(Kind.BRANCH, description=KINDS)
    region: int = Field(510_000, ge=0, le=999_999, description="地区代码，如 510000 省直")
    place: Line = Field("", max_length=60, description="常用地点")
    is_grassroots: bool = False
    is_window: bool = False
    on: Day = Field(description="成立日期")


class ChangeBody(Body):
    on: Day = Field(description="从哪一天起")
    why: Words = Field(description="依据或事由，例如批复文号")
    name: Words | None = None
    kind: Kind | None = Field(None, description=KINDS)
    region: int | None = Field(None, ge=0, le=999_999)
    parent: Id | None = Field(None, description="新的上级；不写就不动")


class DissolveBody(Body):
    on: Day = Field(description="撤销日期")
    why: Words


ROW: dict[str, Any] = {
    "id": 3, "code": "DZ0003", "name": "刑侦总队第一党支部", "kind": {"code": 631, "name": "党支部"},
    "parent": {"id": 2, "name": "厅机关党委"}, "region": {"code": 510000, "name": "省直"}, "place": "刑侦总队会议室",
    "is_window": False, "is_grassroots": True, "founded_on": "2018-01-01", "dissolved_on": None,
}  # fmt: skip
VERSION = {
    "since": "2018-01-01", "until": None, "name": "刑侦总队第一党支部", "kind": {"code": 631, "name": "党支部"},
    "parent": {"id": 2, "name": "厅机关党委"}, "region": {"code": 510000, "name": "省直"}, "why": "成立",
}  # fmt: skip
TOLD = {
    **ROW,
    "above": [{"id": 1, "name": "省公安厅党委"}, {"id": 2, "name": "厅机关党委"}],
    "on": "2026-05-01",
    "as_of": VERSION,
    "versions": [VERSION],
}
FOUND = {
    "parent": 2, "name": "援疆警队临时党支部", "code": "DZ9001", "kind": 931, "region": 510000, "place": "援疆驻地",
    "on": "2026-11-20",
}  # fmt: skip


def _region(code: int) -> dict[str, Any]:
    return {"code": code, "name": NAMES.get(code, str(code))}


def tell(one: Organization) -> dict[str, Any]:
    """One row of a list; the parent is read along with it."""
    return {
        "id": one.pk,
        "code": one.code,
        "name": one.name,
        "kind": {"code": one.kind, "name": one.get_kind_display()},
        "parent": named(one.parent),
        "region": _region(one.region),
        "place": one.place,
        "is_window": one.is_window,
        "is_grassroots": one.is_grassroots,
        "founded_on": one.founded_on,
        "dissolved_on": one.dissolved_on,
    }


def _tell_version(one: Version) -> dict[str, Any]:
    return {
        "since": one.since,
        "until": one.until,
        "name": one.name,
        "kind": {"code": one.kind, "name": one.get_kind_display()},
        "parent": named(one.parent),
        "region": _region(one.region),
        "why": one.why,
    }


def tell_all(one: Organization, day: date | None = None) -> dict[str, Any]:
    """Everything of one organization, as of a day."""
    day = day or timezone.localdate()
    versions = list(one.versions.select_related("parent").order_by("-since", "-id"))
    there = next((v for v in versions if v.since <= day and (v.until is None or day < v.until)), None)
    return {
        **tell(one),
        "above": [named(other) for other in queries.ancestors(one)],
        "on": day,
        "as_of": _tell_version(there) if there else None,
        "versions": [_tell_version(other) for other in versions],
    }


@router.get("", **reads("党组织列表", Page[OrganizationRow], Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}, "您能看到的党组织，按隶属关系排。"))  # fmt: skip
def organizations_list(request: Request, paging: Query[Paging], chosen: Query[OrganizationFilters]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    rows = queries.visible(request.user, Verb.VIEW).select_related("parent").order_by("path")
    if chosen.q:
        rows = queries.searched(rows, chosen.q)
    for field in ("kind", "region", "parent"):
        if getattr(chosen, field) is not None:
            rows = rows.filter(**{field: getattr(chosen, field)})
    if chosen.dissolved is not None:
        rows = rows.filter(dissolved_on__isnull=not chosen.dissolved)
    return page(rows, paging, tell)


@router.post("", **makes("成立党组织", OrganizationTold, Scope.WRITE_REGISTER, FOUND, TOLD))
def organizations_found(request: Request, body: FoundBody, key: Key) -> Status[dict[str, Any]]:
    user, data = request.user, body.model_dump()
    parent = queries.looked_after(user, data.pop("parent"))
    rows = queries.visible(user, Verb.VIEW).select_related("parent")
    new, one = do_once(key, user, f"{WHAT}.found", lambda: actions.found(parent=parent, by=user, **data), rows)
    return Status(201 if new else 200, tell_all(one))


@router.get("/{int:pk}", **reads("一个党组织（可看某一天的样子）", OrganizationTold, Scope.READ_REGISTER, TOLD,
    "写 on=2026-05-01 就能看到那一天的名称、类别和隶属。"))  # fmt: skip
def organizations_one(request: Request, pk: int, on: Day | None = None) -> dict[str, Any]:
    rows = queries.visible(request.user, Verb.VIEW).select_related("parent")
    return tell_all(get_object_or_404(rows, pk=pk), on)


@router.post("/{int:pk}/change", **does("变更党组织（改名、类别、地区、隶属）", OrganizationTold, Scope.WRITE_REGISTER,
    {"on": "2026-11-20", "why": "川公直党〔2026〕12号", "name": "刑事侦查总队第一党支部"}, TOLD,
    "从某一天起变更；以前的样子仍可按日期查到。"))  # fmt: skip
def organizations_change(request: Request, pk: int, body: ChangeBody, key: Key) -> dict[str, Any]:
    user, one = request.user, queries.looked_after(request.user, pk)
    data = body.model_dump(exclude={"parent"})
    parent = queries.looked_after(user, body.parent) if body.parent else None
    rows = queries.visible(user, Verb.VIEW).select_related("parent")
    do_once(key, user, f"{WHAT}.change", lambda: actions.change(one, parent=parent, by=user, **data), rows, one)
    return tell_all(rows.get(pk=pk))


@router.post("/{int:pk}/dissolve", **does("撤销党组织", OrganizationTold, Scope.WRITE_REGISTER,
    {"on": "2026-11-20", "why": "任务完成"}, {**TOLD, "dissolved_on": "2026-11-20"}))  # fmt: skip
def organizations_dissolve(request: Request, pk: int, body: DissolveBody, key: Key) -> dict[str, Any]:
    user, one = request.user, queries.looked_after(request.user, pk)
    rows = queries.visible(user, Verb.VIEW).select_related("parent")
    do_once(key, user, f"{WHAT}.dissolve", lambda: actions.dissolve(one, by=user, **body.model_dump()), rows, one)
    return tell_all(rows.get(pk=pk))


@router.get("/tree", **reads("组织树：直接下级和下面的个数", Page[NodeRow], Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [{**ROW, "below": 0, "party_members": 8}]}))  # fmt: skip
def organizations_tree(request: Request, paging: Query[Paging], chosen: Query[TreeQuestion]) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.VIEW)
    one = get_object_or_404(queries.visible(user, Verb.VIEW), pk=chosen.at) if chosen.at else None
    rows = (trees.children(one) if one else trees.tops(user)).select_related("parent")
    count, part = rows.count(), list(rows[paging.offset : paging.offset + paging.limit])
    items = [
        {**tell(node.organization), "below": node.below, "party_members": node.members} for node in trees.nodes(part)
    ]
    return {"count": count, "limit": paging.limit, "offset": paging.offset, "items": items}


@router.get("/regions", **reads("按地区看党组织", list[RegionRow], Scope.READ_REGISTER,
    [{"code": 510_100, "name": "成都", "total": 12, "counts": {"党支部": 9}, "tops": [{"id": 9, "name": "成都市公安局党委"}]}],
    "条块结合：每个地区各类党组织的个数。"))  # fmt: skip
def organizations_regions(request: Request) -> list[dict[str, Any]]:
    demand(request.user, Verb.VIEW)
    titles = [title for title, _ in trees.GROUPS]
    return [
        {
            "code": one.code, "name": one.name, "total": one.total, "counts": dict(zip(titles, one.counts, strict=True)),
            "tops": [named(top) for top in one.tops[: trees.TOPS_MAX]],
        }
        for one in trees.by_region(request.user)
    ]  # fmt: skip
