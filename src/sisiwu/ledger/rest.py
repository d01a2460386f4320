"""The HTTP API of the ledger: entries, facts, verification, reversal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.receipts.actions import once
from sisiwu.foundation.rest.errors import by_field
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import LIMIT_MAX, Body, Day, Id, Line, Named, Page, Paging, named, page
from sisiwu.foundation.rest.spec import does, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger import actions, queries
from sisiwu.ledger.dictionary import kind_of
from sisiwu.ledger.feeds import feeds
from sisiwu.ledger.models import Decision, Entry, Fact, Reversal
from sisiwu.ledger.twins import twins

router = Router(tags=["台账"])
verification = Router(tags=["核实"])

STATES = {"waiting": Q(awaits=True, decision__isnull=True), "returned": Q(decision__accepted=False)}
STATES["accepted"] = Q(awaits=False) | Q(decision__accepted=True)
State = Literal["waiting", "accepted", "returned"]
STATE_WORDS = "waiting 待核实，accepted 已核实，returned 已退回"


class EntryRow(Schema):
    """One submission of one activity."""

    id: int
    title: str
    organization: Named
    occurred_on: date
    entered_at: datetime
    entered_by: Named | None
    is_late: bool
    late_because: str
    state: State = Field(description=STATE_WORDS)
    reason: str = Field(description="退回的理由")
    decided_by: Named | None
    source: str = Field(description="来自哪个活动，如 meetings.meeting:12")
    url: str = Field(description="网页地址")


class FactRow(Schema):
    """Something that happened to one organization or one member. Quantities are hundredths."""

    id: int
    entry: int
    kind: str
    title: str
    level: str | None
    organization: Named | None
    member: Named | None
    occurred_on: date
    quantity_centi: int = Field(description="数量，百分之一")
    matter: str | None
    marks: list[str]
    recorded_at: datetime
    reversed_on: date | None = Field(description="从哪一天起不再计算（冲正）")
    reversed_because: str


class FeedRow(Schema):
    """One place where a kind of fact counts."""

    scheme: str = Field(description="办法")
    list: str = Field(description="清单")
    item: str = Field(description="条目")
    clause: str = Field(description="条款")


class EntryTold(EntryRow):
    """An entry with the facts you may see and the places where they count."""

    facts: list[FactRow]
    feeds: list[FeedRow]


class TwinTold(Schema):
    """The entry that is probably the same matter."""

    twin: EntryRow | None


class EntryFilters(Schema):
    q: Line = Field("", description="事项或党组织名称")
    organization: Id | None = None
    state: State | None = Field(None, description=STATE_WORDS)
    since: Day | None = Field(None, description="发生日期从")
    until: Day | None = Field(None, description="发生日期到（含）")


class FactFilters(Schema):
    kind: Line = Field("", description="事实类型，如 meeting.party_day")
    organization: Id | None = Field(None, description="记在哪个党组织名下")
    member: Id | None = Field(None, description="记在哪名党员名下")
    since: Day | None = None
    until: Day | None = None


class DecideBody(Body):
    accepted: bool = Field(description="true 核实通过，false 退回")
    reason: Line = Field("", description="退回必须写理由")


class DecideManyBody(DecideBody):
    entries: list[Id] = Field(min_length=1, max_length=LIMIT_MAX, description="录入的 id")


class Decided(Schema):
    """What became of one of several."""

    entry: int
    done: bool
    detail: str = Field(description="没有处理的原因")


class MergeBody(Body):
    into: Id = Field(description="并入哪一次录入")


class ReverseBody(Body):
    why: Line = Field(min_length=1, description="冲正的原因")


ENTRY: dict[str, Any] = {
    "id": 1, "title": "主题党日：学习党章", "organization": {"id": 3, "name": "刑侦总队第一党支部"},
    "occurred_on": "2026-11-20", "entered_at": "2026-11-20T09:00:00+08:00", "entered_by": {"id": 3, "name": "王强"},
    "is_late": False, "late_because": "", "state": "accepted", "reason": "", "decided_by": {"id": 2, "name": "何静"},
    "source": "meetings.meeting:1", "url": "/meetings/1/",
}  # fmt: skip
FACT: dict[str, Any] = {
    "id": 1, "entry": 1, "kind": "meeting.party_day", "title": "主题党日", "level": None,
    "organization": {"id": 3, "name": "刑侦总队第一党支部"}, "member": None, "occurred_on": "2026-11-20",
    "quantity_centi": 100, "matter": None, "marks": [], "recorded_at": "2026-11-20T09:00:00+08:00",
    "reversed_on": None, "reversed_because": "",
}  # fmt: skip
FEED = {"scheme": "五张责任清单考核办法", "list": "基本清单", "item": "主题党日", "clause": "第六条"}


def state_of(entry: Entry) -> str:
    """Whether it waits, counts or was returned."""
    decision = getattr(entry, "decision", None)
    if decision is None:
        return "waiting" if entry.awaits else "accepted"
    return "accepted" if decision.accepted else "returned"


def tell(one: Entry) -> dict[str, Any]:
    """One row; organization, users and decision are read along with it."""
    decision = getattr(one, "decision", None)
    state = state_of(one)
    return {
        "id": one.pk,
        "title": one.title,
        "organization": named(one.organization),
        "occurred_on": one.occurred_on,
        "entered_at": one.entered_at,
        "entered_by": named(one.entered_by),
        "is_late": one.is_late,
        "late_because": one.late_because,
        "state": state,
        "reason": decision.reason if decision and state == "returned" else "",
        "decided_by": named(decision.by) if decision else None,
        "source": one.source,
        "url": one.url,
    }


def tell_fact(one: Fact) -> dict[str, Any]:
    """One fact; subject and reversal are read along with it."""
    kind, reversal = kind_of(one.kind), getattr(one, "reversal", None)
    return {
        "id": one.pk,
        "entry": one.entry_id,
        "kind": one.kind,
        "title": kind.title,
        "level": one.level,
        "organization": named(one.organization),
        "member": named(one.member),
        "occurred_on": one.occurred_on,
        "quantity_centi": one.quantity_centi,
        "matter": one.matter,
        "marks": [code for place, (code, _) in enumerate(kind.marks) if one.marks >> place & 1],
        "recorded_at": one.recorded_at,
        "reversed_on": reversal.on if reversal else None,
        "reversed_because": reversal.reason if reversal else "",
    }


def tell_feeds(kinds: list[str]) -> list[dict[str, str]]:
    """Where kinds of fact count."""
    return [{"scheme": f.scheme, "list": f.list, "item": f.item, "clause": f.clause} for f in feeds(kinds)]


_RELATED = ("organization", "entered_by", "decision__by")
_FACT_RELATED = ("organization", "member", "reversal")


@router.get("", **reads("录入列表", Page[EntryRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [ENTRY]}, "您能看到的党组织的录入，最近的在前。"))  # fmt: skip
def ledger_entries(request: Request, paging: Query[Paging], chosen: Query[EntryFilters]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    rows = queries.entries(request.user).select_related(*_RELATED)
    if chosen.q:
        rows = rows.filter(Q(title__contains=chosen.q) | Q(organization__name__contains=chosen.q))
    if chosen.organization:
        rows = rows.filter(organization=chosen.organization)
    if chosen.state:
        rows = rows.filter(STATES[chosen.state])
    if chosen.since:
        rows = rows.filter(occurred_on__gte=chosen.since)
    if chosen.until:
        rows = rows.filter(occurred_on__lte=chosen.until)
    return page(rows.order_by("-id"), paging, tell)


@router.get("/{int:pk}", **reads("一次录入和它的事实", EntryTold, Scope.READ_ACTIVITIES,
    {**ENTRY, "facts": [FACT], "feeds": [FEED]}, "党员名下的事实，只给看得到名册的人和本人。"))  # fmt: skip
def ledger_entry(request: Request, pk: int) -> dict[str, Any]:
    one = get_object_or_404(queries.entries(request.user).select_related(*_RELATED), pk=pk)
    facts = queries.facts(request.user).filter(entry=one).select_related(*_FACT_RELATED).order_by("pk")
    kinds = list(one.facts.order_by("kind").values_list("kind", flat=True).distinct())
    return {**tell(one), "facts": [tell_fact(fact) for fact in facts], "feeds": tell_feeds(kinds)}


@router.get("/facts", **reads("事实列表", Page[FactRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [FACT]}))  # fmt: skip
def ledger_facts(request: Request, paging: Query[Paging], chosen: Query[FactFilters]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    rows = queries.facts(request.user).select_related(*_FACT_RELATED)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.organization:
        rows = rows.filter(organization=chosen.organization)
    if chosen.member:
        rows = rows.filter(member=chosen.member)
    if chosen.since:
        rows = rows.filter(occurred_on__gte=chosen.since)
    if chosen.until:
        rows = rows.filter(occurred_on__lte=chosen.until)
    return page(rows.order_by("-id"), paging, tell_fact)


@router.get("/facts/{int:pk}", **reads("一条事实", FactRow, Scope.READ_ACTIVITIES, FACT))
def ledger_fact(request: Request, pk: int) -> dict[str, Any]:
    return tell_fact(get_object_or_404(queries.facts(request.user).select_related(*_FACT_RELATED), pk=pk))


@router.post("/facts/{int:pk}/reverse", **does("冲正一条事实", FactRow, Scope.VERIFY,
    {"why": "登记重复"}, {**FACT, "reversed_on": "2026-11-24", "reversed_because": "登记重复"},
    "原来的事实留在台账里，从今天起不再计算。"))  # fmt: skip
def ledger_reverse(request: Request, pk: int, body: ReverseBody, key: Key) -> dict[str, Any]:
    rows = Fact.objects.filter(entry__in=queries.entries(request.user)).select_related("entry", *_FACT_RELATED)
    fact = get_object_or_404(rows, pk=pk)
    reversals = Reversal.objects.filter(fact=fact)
    do_once(
        key, request.user, "ledger.reverse", lambda: actions.reverse(fact, why=body.why, by=request.user), reversals
    )
    return tell_fact(rows.get(pk=pk))


@verification.get("", **reads("待核实的录入", Page[EntryRow], Scope.VERIFY,
    {"count": 1, "limit": 50, "offset": 0, "items": [{**ENTRY, "state": "waiting", "decided_by": None}]},
    "早的在前；自己录入的由别人核实，不在其中。"))  # fmt: skip
def verification_pending(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    demand(request.user, Verb.VERIFY)
    return page(queries.pending(request.user).select_related(*_RELATED), paging, tell)


@verification.post("/{int:pk}", **does("核实或退回一次录入", EntryRow, Scope.VERIFY,
    {"accepted": False, "reason": "主题写得太简单，请补一句内容"},
    {**ENTRY, "state": "returned", "reason": "主题写得太简单，请补一句内容"}))  # fmt: skip
def verification_decide(request: Request, pk: int, body: DecideBody, key: Key) -> dict[str, Any]:
    user = request.user
    one = get_object_or_404(queries.entries(user).select_related("organization"), pk=pk)
    do_once(
        key, user, "verification.decide",
        lambda: actions.decide(one, accepted=body.accepted, reason=body.reason, by=user), Decision.objects.all(),
    )  # fmt: skip
    return tell(queries.entries(user).select_related(*_RELATED).get(pk=pk))


@verification.post("", **does("核实或退回多次录入", list[Decided], Scope.VERIFY,
    {"entries": [1, 2], "accepted": True},
    [{"entry": 1, "done": True, "detail": ""}, {"entry": 2, "done": False, "detail": "何静已经处理过：通过。"}],
    "逐条处理，处理不了的说明原因，不影响别的。"))  # fmt: skip
def verification_decide_many(request: Request, body: DecideManyBody, key: Key) -> list[dict[str, Any]]:
    user = request.user
    demand(user, Verb.VERIFY)
    with transaction.atomic():
        if once(key, user, "verification.decide_many"):
            return _decide(request, body)
    mine = dict(
        Decision.objects.filter(entry__in=body.entries, by=user, accepted=body.accepted).values_list("entry", "pk")
    )
    return [
        {"entry": pk, "done": pk in mine, "detail": "" if pk in mine else "上一次没有处理。"}
        for pk in dict.fromkeys(body.entries)
    ]


@verification.get("/{int:pk}/twin", **reads("可能重复的那一次录入", TwinTold, Scope.VERIFY,
    {"twin": {**ENTRY, "id": 2}}, "同一件事可能录了两遍；确实是的，用合并。"))  # fmt: skip
def verification_twin(request: Request, pk: int) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.VERIFY)
    one = get_object_or_404(queries.entries(user, Verb.VERIFY), pk=pk)
    found = twins([one]).get(one.pk)
    seen = queries.entries(user).select_related(*_RELATED).filter(pk=found.pk).first() if found else None
    return {"twin": tell(seen) if seen else None}


@verification.post("/{int:pk}/merge", **does("合并重复的录入", EntryRow, Scope.VERIFY,
    {"into": 1}, {**ENTRY, "id": 2, "state": "returned", "reason": "与“主题党日：学习党章”是同一件事，已合并到那一条，不用再报。"},
    "这一次退回，材料移到那一次旁边；不重复计算，支部不用再改。"))  # fmt: skip
def verification_merge(request: Request, pk: int, body: MergeBody, key: Key) -> dict[str, Any]:
    user = request.user
    rows = queries.entries(user).select_related("organization")
    one, into = get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=body.into)
    decisions = Decision.objects.all()
    do_once(key, user, "verification.merge", lambda: actions.merge(one, into, by=user), decisions)
    return tell(queries.entries(user).select_related(*_RELATED).get(pk=pk))


def _decide(request: Request, body: DecideManyBody) -> list[dict[str, Any]]:
    rows = queries.entries(request.user, Verb.VERIFY).select_related("organization")
    found, told = rows.in_bulk(body.entries), []
    for pk in dict.fromkeys(body.entries):
        words = ""
        try:
            if pk not in found:
                words = "没有这次录入，或它不在您的核实范围内。"
            else:
                actions.decide(found[pk], accepted=body.accepted, reason=body.reason, by=request.user)
        except ValidationError as error:
            words = by_field(error)[0]
        except PermissionDenied as error:
            words = str(error)
        told.append({"entry": pk, "done": not words, "detail": words})
    return told
