"""The HTTP API of members."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Choice, Code, Day, Id, Line, Named, Page, Paging, Words, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.members import actions, queries
from sisiwu.register.members.models import Member
from sisiwu.register.members.models import Status as Standing
from sisiwu.register.organizations import queries as organizations

router = Router(tags=["党员"])
STATUSES = "党籍代码：" + "、".join(f"{one.value} {one.label}" for one in Standing)


class MemberRow(Schema):
    """A person of a branch."""

    id: int
    code: str
    name: str
    branch: Named
    status: Choice
    is_officer: bool
    joined_on: date | None
    left_on: date | None


class MembershipRow(Schema):
    """Where a member belonged; ``until`` is the first day elsewhere."""

    branch: Named
    since: date
    until: date | None
    why: str


class MemberTold(MemberRow):
    """A member with where they belonged when."""

    memberships: list[MembershipRow]


class MemberFilters(Schema):
    q: Line = Field("", description="姓名、编号、拼音或首字母")
    branch: Id | None = Field(None, description="支部的 id")
    on: Day | None = Field(None, description="与 branch 同用：那一天在册的党员")
    status: Standing | None = Field(None, description=STATUSES)
    order: Literal["spoken", "strokes"] = Field("spoken", description="spoken 拼音，strokes 姓氏笔画")


class EnterBody(Body):
    branch: Id = Field(description="编入哪个支部（id）")
    name: Words = Field(max_length=50)
    code: Code = Field(description="编号，不能与别人相同")
    status: Standing = Field(Standing.FULL, description=STATUSES)
    joined_on: Day | None = Field(None, description="入党日期")
    is_officer: bool = True
    since: Day = Field(description="编入本支部的日期")


class MoveBody(Body):
    branch: Id = Field(description="转到哪个支部（id）")
    on: Day = Field(description="从哪一天起")
    why: Words = Field(max_length=60)


class LinkBody(Body):
    username: Words = Field(max_length=150, description="由系统管理员开通的用户名")


ROW: dict[str, Any] = {
    "id": 3, "code": "M00003", "name": "李娜", "branch": {"id": 3, "name": "刑侦总队第一党支部"},
    "status": {"code": 1, "name": "正式党员"}, "is_officer": True, "joined_on": "2012-07-01", "left_on": None,
}  # fmt: skip
TOLD = {
    **ROW,
    "memberships": [
        {"branch": {"id": 3, "name": "刑侦总队第一党支部"}, "since": "2018-01-01", "until": None, "why": "录入名册"}
    ],
}
ENTER = {"branch": 3, "name": "单雄信", "code": "M9001", "status": 1, "since": "2026-11-20"}


def tell(one: Member) -> dict[str, Any]:
    """One row of a list; the branch is read along with it."""
    return {
        "id": one.pk,
        "code": one.code,
        "name": one.name,
        "branch": named(one.branch),
        "status": {"code": one.status, "name": one.get_status_display()},
        "is_officer": one.is_officer,
        "joined_on": one.joined_on,
        "left_on": one.left_on,
    }


def tell_all(one: Member) -> dict[str, Any]:
    """Everything the register knows of one member."""
    rows = one.memberships.select_related("branch").order_by("-since", "-id")
    memberships = [
        {"branch": named(row.branch), "since": row.since, "until": row.until, "why": row.why} for row in rows
    ]
    return {**tell(one), "memberships": memberships}


@router.get("", **reads("党员列表", Page[MemberRow], Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}, "您能打开档案的党员；普通党员只有本人。"))  # fmt: skip
def members_list(request: Request, paging: Query[Paging], chosen: Query[MemberFilters]) -> dict[str, Any]:
    rows = queries.visible(request.user).select_related("branch")
    if chosen.branch and chosen.on:
        branch = get_object_or_404(organizations.visible(request.user, Verb.MEMBERS), pk=chosen.branch)
        rows = rows.filter(pk__in=queries.on_roll(branch, chosen.on).order_by().values("pk"))
    elif chosen.branch:
        rows = rows.filter(branch=chosen.branch)
    if chosen.q:
        rows = queries.searched(rows, chosen.q)
    if chosen.status is not None:
        rows = rows.filter(status=chosen.status)
    return page(rows.order_by(chosen.order, "id"), paging, tell)


@router.post("", **makes("录入党员", MemberTold, Scope.WRITE_REGISTER, ENTER, TOLD))
def members_enter(request: Request, body: EnterBody, key: Key) -> Status[dict[str, Any]]:
    user, data = request.user, body.model_dump()
    branch = organizations.looked_after(user, data.pop("branch"))
    rows = queries.visible(user).select_related("branch")
    new, one = do_once(key, user, "members.enter", lambda: actions.enter(branch=branch, by=user, **data), rows)
    return Status(201 if new else 200, tell_all(one))


@router.get("/{int:pk}", **reads("一名党员的档案", MemberTold, Scope.READ_REGISTER, TOLD,
    "查看别人的档案会记入操作日志，本人在“谁看过我”里看得到。"))  # fmt: skip
def members_one(request: Request, pk: int) -> dict[str, Any]:
    one = get_object_or_404(queries.visible(request.user).select_related("branch"), pk=pk)
    actions.look(one, by=request.user)
    return tell_all(one)


@router.post("/{int:pk}/move", **does("转移组织关系（名册里）", MemberTold, Scope.WRITE_REGISTER,
    {"branch": 4, "on": "2026-11-20", "why": "工作调动"}, TOLD, "两个支部都要在您的管理范围内；以前的支部仍可查到。"))  # fmt: skip
def members_move(request: Request, pk: int, body: MoveBody, key: Key) -> dict[str, Any]:
    user = request.user
    rows = queries.visible(user).select_related("branch")
    one = get_object_or_404(rows, pk=pk)
    organizations.looked_after(user, one.branch_id)
    branch = organizations.looked_after(user, body.branch)
    do_once(key, user, "members.move", lambda: actions.move(one, branch, on=body.on, why=body.why, by=user), rows, one)
    return tell_all(rows.get(pk=pk))


@router.post("/{int:pk}/link", **does("关联账号", MemberTold, Scope.WRITE_REGISTER,
    {"username": "lina"}, TOLD, "关联后本人能登录看到自己的档案和积分。"))  # fmt: skip
def members_link(request: Request, pk: int, body: LinkBody, key: Key) -> dict[str, Any]:
    user = request.user
    rows = queries.visible(user).select_related("branch")
    one = get_object_or_404(rows.select_related("user"), pk=pk)
    demand(user, Verb.REGISTER, one.branch.path)
    account = User.objects.filter(username=body.username, is_active=True).first()
    if account is None:
        raise ValidationError({"username": "没有这个可用的账号，请核对用户名，或请系统管理员先开通。"})
    today = timezone.localdate()
    do_once(key, user, "members.link", lambda: actions.link(one, account, since=today, by=user), rows, one)
    return tell_all(rows.get(pk=pk))
