"""The HTTP API of transfers (组织关系转接)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
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
from sisiwu.register.members import queries as members
from sisiwu.register.members.models import PARTY
from sisiwu.register.members.models import Status as Standing
from sisiwu.register.organizations.models import Organization
from sisiwu.register.transfers import actions, queries
from sisiwu.register.transfers.models import State, Transfer, Type, Way

router = Router(tags=["组织关系转接"])

WAYS = "方向代码：" + "、".join(f"{one.value} {one.label}" for one in Way)
TYPES = "类型代码：" + "、".join(f"{one.value} {one.label}" for one in Type)
STATES: dict[str, State] = {
    "pending": State.PENDING, "received": State.RECEIVED, "refused": State.REFUSED, "withdrawn": State.WITHDRAWN,
}  # fmt: skip
CODES = {state: code for code, state in STATES.items()}
STATE_WORDS = "、".join(f"{code} {state.label}" for code, state in STATES.items())
Days = Annotated[int | None, Field(ge=1, le=92, description="有效期（天）；不写按最长的三个月")]


class TransferRow(Schema):
    """One transfer; ``from`` and ``to`` are names, inside or outside."""

    id: int
    number: str = Field(description="介绍信编号")
    name: str
    code: str
    member: int | None = Field(description="名册里的 id；系统外转入的，接收以后才有")
    way: Choice
    type: Choice
    from_words: str = Field(description="从哪里转出")
    to_words: str = Field(description="转到哪里")
    issued_on: date
    valid_until: date
    state: Literal["pending", "received", "refused", "withdrawn"] = Field(description=STATE_WORDS)
    is_expired: bool = Field(description="过期未接收")
    closed_on: date | None
    closed_why: str


class LetterRow(Schema):
    """A letter that another one replaced."""

    number: str
    issued_on: date
    valid_until: date
    why: str


class TransferTold(TransferRow):
    """A transfer with what stands in its letter."""

    status: Choice = Field(description="党籍")
    joined_on: date | None
    source: Named | None
    target: Named | None
    outside: str
    why: str
    dues_until: str
    issuer: str = Field(description="介绍信以谁的名义开")
    receiver: str = Field(description="介绍信写给谁")
    former_letters: list[LetterRow]


class TransferFilters(Schema):
    q: Line = Field("", description="姓名、编号或介绍信号")
    state: Literal["pending", "overdue", "received", "refused", "withdrawn"] | None = Field(
        None, description=f"{STATE_WORDS}、overdue 过期未接收"
    )
    way: Way | None = Field(None, description=WAYS)
    type: Type | None = Field(None, description=TYPES)


class IssueTransferBody(Body):
    member: Id = Field(description="党员的 id")
    to: Id | None = Field(None, description="转到本系统的支部（id）；与 outside 只写一个")
    outside: Line = Field("", max_length=100, description="或转到系统外的党组织（全称）")
    why: Words = Field("工作调动", max_length=60)
    dues_until: Line = Field("", max_length=20, description="党费交至，例如 2026年11月")
    issued_on: Day
    valid_days: Days = None


class ExpectTransferBody(Body):
    name: Words = Field(max_length=50)
    code: Code = Field(description="编入名册的编号；以前在本系统的，写原来的编号")
    status: Standing = Field(description="党籍代码：" + "、".join(f"{one.value} {one.label}" for one in PARTY))
    joined_on: Day
    is_officer: bool = True
    to: Id = Field(description="编入哪个支部（id）")
    outside: Words = Field(description="从哪里转来（对方党委的全称）")
    number: Words = Field(max_length=40, description="介绍信编号")
    why: Words = Field("工作调动", max_length=60)
    dues_until: Line = Field("", max_length=20)
    issued_on: Day
    valid_days: Days = None


class ReceiveTransferBody(Body):
    on: Day = Field(description="接收日期（转往系统外的：回执日期）")


class TransferWhyBody(Body):
    why: Words = Field(max_length=150)


class ReissueTransferBody(Body):
    number: Line = Field("", max_length=40, description="对方新开的介绍信编号；只有系统外转入的写")
    issued_on: Day
    valid_days: Days = None


ROW: dict[str, Any] = {
    "id": 1, "number": "转字〔2026〕0001号", "name": "李娜", "code": "M00003", "member": 3,
    "way": {"code": 1, "name": "系统内"}, "type": {"code": 1, "name": "处内"}, "from_words": "刑侦总队第一党支部",
    "to_words": "刑侦总队第二党支部", "issued_on": "2026-11-20", "valid_until": "2027-02-20", "state": "pending",
    "is_expired": False, "closed_on": None, "closed_why": "",
}  # fmt: skip
TOLD = {
    **ROW, "status": {"code": 1, "name": "正式党员"}, "joined_on": "2012-07-01",
    "source": {"id": 3, "name": "刑侦总队第一党支部"}, "target": {"id": 4, "name": "刑侦总队第二党支部"}, "outside": "",
    "why": "工作调动", "dues_until": "2026年11月", "issuer": "厅机关党委", "receiver": "厅机关党委", "former_letters": [],
}  # fmt: skip
RECEIVED = {**TOLD, "state": "received", "closed_on": "2026-11-24"}
EXPECT = {
    "name": "单雄信", "code": "M9001", "status": 1, "joined_on": "2015-07-01", "to": 3, "outside": "成都市公安局党委",
    "number": "成公组〔2026〕8号", "issued_on": "2026-11-20",
}  # fmt: skip


def tell(one: Transfer) -> dict[str, Any]:
    """One row; both ends are read along with it."""
    return {
        "id": one.pk,
        "number": one.number,
        "name": one.name,
        "code": one.code,
        "member": one.member_id,
        "way": {"code": one.way, "name": one.get_way_display()},
        "type": {"code": one.type, "name": one.get_type_display()},
        "from_words": one.from_words,
        "to_words": one.to_words,
        "issued_on": one.issued_on,
        "valid_until": one.valid_until,
        "state": CODES[State(one.state)],
        "is_expired": one.is_expired,
        "closed_on": one.closed_on,
        "closed_why": one.closed_why,
    }


def tell_all(one: Transfer) -> dict[str, Any]:
    """Everything of one."""
    return {
        **tell(one),
        "status": {"code": one.status, "name": one.get_status_display()},
        "joined_on": one.joined_on,
        "source": named(one.source),
        "target": named(one.target),
        "outside": one.outside,
        "why": one.why,
        "dues_until": one.dues_until,
        "issuer": queries.issuer(one),
        "receiver": queries.receiving_committee(one),
        "former_letters": [
            {"number": row.number, "issued_on": row.issued_on, "valid_until": row.valid_until, "why": row.why}
            for row in one.former_letters.order_by("pk")
        ],
    }


def _target(pk: int | None) -> Organization | None:
    """Any branch of the register: the sending side need not look at it."""
    if pk is None:
        return None
    one = Organization.objects.filter(pk=pk).first()
    if one is None:
        raise ValidationError({"to": "没有这个党组织。"})
    return one


def _made(key: UUID, user: User, what: str, do: Callable[[], Transfer]) -> Status[dict[str, Any]]:
    new, one = do_once(key, user, what, do, queries.visible(user))
    return Status(201 if new else 200, tell_all(queries.opened(user, one.pk)))


def _received_here(user: User, pk: int) -> Transfer:
    """For whoever may confirm; others who see it are refused."""
    one = queries.opened(user, pk)
    demand(user, Verb.ROLL if one.target else Verb.REGISTER, one.receiver.path)
    return one


def _kept_here(user: User, pk: int) -> Transfer:
    """For whoever answers for the letter; others who see it are refused."""
    one = queries.opened(user, pk)
    demand(user, Verb.REGISTER, one.home.path)
    return one


def _done(key: UUID, user: User, what: str, one: Transfer, do: Callable[[], None]) -> dict[str, Any]:
    do_once(key, user, what, do, Transfer.objects.all(), one)
    return tell_all(get_object_or_404(Transfer.objects.select_related("source", "target"), pk=one.pk))


def _chosen(rows: QuerySet[Transfer], chosen: TransferFilters) -> QuerySet[Transfer]:
    if chosen.q:
        rows = rows.filter(Q(name__contains=chosen.q) | Q(code__iexact=chosen.q) | Q(number__contains=chosen.q))
    if chosen.state == "overdue":
        rows = rows.filter(state=State.PENDING, valid_until__lt=timezone.localdate())
    elif chosen.state:
        rows = rows.filter(state=STATES[chosen.state])
    for field in ("way", "type"):
        if getattr(chosen, field) is not None:
            rows = rows.filter(**{field: getattr(chosen, field)})
    return rows


@router.get("", **reads("组织关系转接列表", Page[TransferRow], Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}, "等着办的在前，过期最久的最前。"))  # fmt: skip
def transfers_list(request: Request, paging: Query[Paging], chosen: Query[TransferFilters]) -> dict[str, Any]:
    demand(request.user, Verb.MEMBERS)
    return page(_chosen(queries.listed(request.user), chosen), paging, tell)


@router.post("", **makes("开具组织关系介绍信", TransferTold, Scope.WRITE_REGISTER,
    {"member": 3, "to": 4, "issued_on": "2026-11-20"}, TOLD, "接收以前组织关系不动；接收支部的待办里有提醒。"))  # fmt: skip
def transfers_issue(request: Request, body: IssueTransferBody, key: Key) -> Status[dict[str, Any]]:
    user, data = request.user, body.model_dump()
    demand(user, Verb.REGISTER)
    member = get_object_or_404(members.visible(user).select_related("branch"), pk=data.pop("member"))
    data["to"] = _target(data["to"])
    return _made(key, user, "transfers.issue", lambda: actions.issue(member, by=user, **data))


@router.post("/incoming", **makes("登记系统外转入的介绍信", TransferTold, Scope.WRITE_REGISTER,
    EXPECT, {**TOLD, "member": None, "source": None, "outside": "成都市公安局党委"}, "支部接收的那天编入名册。"))  # fmt: skip
def transfers_expect(request: Request, body: ExpectTransferBody, key: Key) -> Status[dict[str, Any]]:
    user, data = request.user, body.model_dump()
    demand(user, Verb.REGISTER)
    data["to"] = _target(data["to"])
    return _made(key, user, "transfers.expect", lambda: actions.expect(by=user, **data))


@router.get("/{int:pk}", **reads("一件转接和它的介绍信", TransferTold, Scope.READ_REGISTER, TOLD))
def transfers_one(request: Request, pk: int) -> dict[str, Any]:
    return tell_all(queries.opened(request.user, pk))


@router.post("/{int:pk}/receive", **does("接收组织关系（系统外的：登记回执）", TransferTold, Scope.WRITE_REGISTER,
    {"on": "2026-11-24"}, RECEIVED, "从这一天起组织关系转接过来。"))  # fmt: skip
def transfers_receive(request: Request, pk: int, body: ReceiveTransferBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _received_here(request.user, pk)
    return _done(key, user, "transfers.receive", one, lambda: actions.receive(one, on=body.on, by=user))


@router.post("/{int:pk}/refuse", **does("退回组织关系", TransferTold, Scope.WRITE_REGISTER,
    {"why": "介绍信抬头写错"}, {**RECEIVED, "state": "refused", "closed_why": "介绍信抬头写错"}))  # fmt: skip
def transfers_refuse(request: Request, pk: int, body: TransferWhyBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _received_here(request.user, pk)
    return _done(key, user, "transfers.refuse", one, lambda: actions.refuse(one, why=body.why, by=user))


@router.post("/{int:pk}/withdraw", **does("撤回介绍信", TransferTold, Scope.WRITE_REGISTER,
    {"why": "不再调动"}, {**RECEIVED, "state": "withdrawn", "closed_why": "不再调动"}, "组织关系没有动，记录保留。"))  # fmt: skip
def transfers_withdraw(request: Request, pk: int, body: TransferWhyBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _kept_here(request.user, pk)
    return _done(key, user, "transfers.withdraw", one, lambda: actions.withdraw(one, why=body.why, by=user))


@router.post("/{int:pk}/reissue", **does("重新开具介绍信", TransferTold, Scope.WRITE_REGISTER,
    {"issued_on": "2026-11-24"}, TOLD, "过期或退回以后才能重开；原介绍信作废，存根保留。"))  # fmt: skip
def transfers_reissue(request: Request, pk: int, body: ReissueTransferBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _kept_here(request.user, pk)
    return _done(key, user, "transfers.reissue", one, lambda: actions.reissue(one, by=user, **body.model_dump()))
