"""The HTTP API of the system officer (accounts) and the security officer (roles)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.policies import demand, may
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.officers import actions
from sisiwu.foundation.officers.places import WHOLE, place
from sisiwu.foundation.receipts.actions import lead_to, once
from sisiwu.foundation.receipts.queries import where
from sisiwu.foundation.rest.errors import KeyUsedError
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Choice, Day, Line, Page, Paging, Words, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request

router = Router(tags=["账号和角色"])
ROLES = "、".join(f"{one.value} {one.label}" for one in Role)


class AccountRow(Schema):
    """An account."""

    id: int
    username: str
    name: str
    is_active: bool


class RoleRow(Schema):
    """A role over a part of the tree; ``until`` is the first day without it."""

    id: int
    role: Choice
    at: str = Field(description="范围")
    since: date
    until: date | None
    by_hand: bool = Field(description="false：随职务或组织关系而来，会自动收回")


class AccountTold(AccountRow):
    """An account with its roles."""

    roles: list[RoleRow]


class FirstPassword(AccountTold):
    """The answer to what makes a first password: it is in it once and is kept nowhere."""

    password: str | None = Field(description="初始密码，只回答这一次；用同一个 Idempotency-Key 再发就是空的")


class AccountFilters(Schema):
    q: Line = Field("", description="姓名或用户名")


class OpenBody(Body):
    name: Words = Field(max_length=50)
    username: Words = Field(max_length=150, pattern=r"^[\w.@+-]+$", description="字母、数字和 . _ - @")


class GiveBody(Body):
    role: Role = Field(description=ROLES)
    at: Line = Field("", max_length=100, description="范围：党组织的编号或名称；全系统为空（三员不用填）")
    since: Day = Field(description="从哪一天起")
    until: Day | None = Field(None, description="到哪一天止（不含）")


ROW: dict[str, Any] = {"id": 9, "username": "zhouzhou", "name": "周舟", "is_active": True}
ROLE = {
    "id": 1, "role": {"code": "committee_staff", "name": "机关党委干事"}, "at": WHOLE, "since": "2026-11-24", "until": None,
    "by_hand": True,
}  # fmt: skip
TOLD = {**ROW, "roles": [ROLE]}
FIRST = {**ROW, "roles": [], "password": "kT7mWq3xNr5e"}


def tell(one: User) -> dict[str, Any]:
    return {"id": one.pk, "username": one.username, "name": one.name, "is_active": one.is_active}


def tell_all(pk: int) -> dict[str, Any]:
    """An account with its roles."""
    one = get_object_or_404(User, pk=pk)
    grants = list(one.grants.order_by("until", "since", "pk"))
    names = {path: place(path).name for path in {grant.path for grant in grants}}
    roles = [
        {
            "id": grant.pk, "role": {"code": grant.role, "name": grant.get_role_display()}, "at": names[grant.path],
            "since": grant.since, "until": grant.until, "by_hand": grant.source in ("", "cast"),
        }
        for grant in grants
    ]  # fmt: skip
    return {**tell(one), "roles": roles}


def _works_here(user: User) -> None:
    if not (may(user, Verb.ACCOUNTS) or may(user, Verb.GRANTS)):
        raise PermissionDenied


def _with_password(key: UUID, by: User, what: str, do: Callable[[], tuple[User, str]]) -> tuple[bool, dict[str, Any]]:
    """Done once; the password is in the first answer alone."""
    demand(by, Verb.ACCOUNTS)
    with transaction.atomic():
        if once(key, by, what):
            user, password = do()
            lead_to(key, f"{what}:{user.pk}")
            return True, {**tell_all(user.pk), "password": password}
    place_, _, pk = where(key).rpartition(":")
    if place_ != what:
        raise KeyUsedError("这个 Idempotency-Key 已用于另一件事，请换一个新的 UUID。")
    return False, {**tell_all(int(pk)), "password": None}


@router.get("", **reads("账号列表", Page[AccountRow], Scope.READ_ACCOUNTS,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}))  # fmt: skip
def accounts_list(request: Request, paging: Query[Paging], chosen: Query[AccountFilters]) -> dict[str, Any]:
    _works_here(request.user)
    rows = User.objects.order_by("name", "pk")
    if chosen.q:
        rows = rows.filter(Q(name__contains=chosen.q) | Q(username__icontains=chosen.q))
    return page(rows, paging, tell)


@router.post("", **makes("开通账号", FirstPassword, Scope.WRITE_ACCOUNTS, {"name": "周舟", "username": "zhouzhou"}, FIRST,
    "初始密码只在第一次的回答里，请当面交给本人。"))  # fmt: skip
def accounts_open(request: Request, body: OpenBody, key: Key) -> Status[dict[str, Any]]:
    user = request.user
    new, told = _with_password(
        key, user, "accounts.open", lambda: actions.open_account(body.username, body.name, by=user)
    )
    return Status(201 if new else 200, told)


@router.get("/{int:pk}", **reads("一个账号和它的角色", AccountTold, Scope.READ_ACCOUNTS, TOLD))
def accounts_one(request: Request, pk: int) -> dict[str, Any]:
    _works_here(request.user)
    return tell_all(pk)


@router.post("/{int:pk}/reset", **does("重置密码", FirstPassword, Scope.WRITE_ACCOUNTS, None, FIRST,
    "两步验证去掉，登录全部退出；新密码只在第一次的回答里。"))  # fmt: skip
def accounts_reset(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.ACCOUNTS)
    one = get_object_or_404(User, pk=pk)
    return _with_password(key, user, "accounts.reset", lambda: (one, actions.reset(one, by=user)))[1]


@router.post("/{int:pk}/close", **does("停用账号", AccountTold, Scope.WRITE_ACCOUNTS, None, {**TOLD, "is_active": False},
    "登录全部退出，令牌失效；做过的事都在。"))  # fmt: skip
def accounts_close(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.ACCOUNTS)
    one = get_object_or_404(User, pk=pk)
    do_once(key, user, "accounts.close", lambda: actions.close(one, by=user), User.objects.all(), one)
    return tell_all(pk)


@router.post("/{int:pk}/reopen", **does("恢复账号", AccountTold, Scope.WRITE_ACCOUNTS, None, TOLD))
def accounts_reopen(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.ACCOUNTS)
    one = get_object_or_404(User, pk=pk)
    do_once(key, user, "accounts.reopen", lambda: actions.reopen(one, by=user), User.objects.all(), one)
    return tell_all(pk)


@router.post("/{int:pk}/roles", **makes("授予角色", AccountTold, Scope.WRITE_ROLES,
    {"role": "committee_staff", "at": "厅机关党委", "since": "2026-11-24"}, TOLD, "三员各自分开；不能给自己授予。"))  # fmt: skip
def accounts_give(request: Request, pk: int, body: GiveBody, key: Key) -> Status[dict[str, Any]]:
    user = request.user
    demand(user, Verb.GRANTS)
    one = get_object_or_404(User, pk=pk)
    at = place(named=body.at)
    new, _ = do_once(
        key, user, "accounts.give",
        lambda: actions.give(one, body.role, at.path, since=body.since, until=body.until, by=user), Grant.objects.all(),
    )  # fmt: skip
    return Status(201 if new else 200, tell_all(pk))


@router.post("/roles/{int:pk}/take", **does("收回角色", AccountTold, Scope.WRITE_ROLES, None,
    {**ROW, "roles": [{**ROLE, "until": "2026-11-24"}]}, "随职务而来的角色，在名册里免职就自动收回。"))  # fmt: skip
def accounts_take(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.GRANTS)
    one = get_object_or_404(Grant.objects.select_related("user"), pk=pk)
    do_once(key, user, "accounts.take", lambda: actions.take(one, by=user), Grant.objects.all(), one)
    return tell_all(one.user_id)
