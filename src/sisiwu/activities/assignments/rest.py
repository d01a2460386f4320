"""The HTTP API of assignments: issue one after a preview, see how far it is, excuse, extend, withdraw.

It is answered by entering an activity with its ``assignment``, as on the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja import Status as Answered
from pydantic import Field

from sisiwu.activities.assignments import actions, queries
from sisiwu.activities.assignments.models import Assignment, Category, Status, Target
from sisiwu.activities.assignments.queries import Selection
from sisiwu.activities.entries.doors import doors
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import Anyone, demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Day, Id, Line, Named, Page, Paging, Words, inline, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.queries import done_already
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.organizations.queries import visible as visible_organizations

router = Router(tags=["任务"])
THERE_MAX = 200
CATEGORIES = "、".join(f"{one.value} {one.label}" for one in Category)
STATUSES = "、".join(f"{one.value} {one.label}" for one in Status)


class AssignmentRow(Schema):
    """One assignment, counted over the organizations you may look at."""

    id: int
    title: str
    category: str = Field(description=CATEGORIES)
    due_on: date
    issuer: Named
    asked_of: int = Field(description="要几个党组织完成")
    finished: int
    late: int = Field(description="逾期未完成")
    withdrawn_on: date | None
    url: str


class AssignmentTold(AssignmentRow):
    """An assignment with what it asks."""

    asked: str
    basis: str
    kinds: list[str] = Field(description="用什么活动完成（事实类型）")
    counts_from: date
    chosen: str = Field(description="对象")
    issued_on: date
    withdrawn_because: str


class TargetRow(Schema):
    """One organization's part of an assignment."""

    id: int
    assignment: Named
    organization: Named
    status: str = Field(description=STATUSES)
    is_overdue: bool
    due_on: date
    done_on: date | None
    excused_because: str
    answer: str | None = Field(description="用哪次活动完成")
    answer_on: date | None
    answer_url: str | None


class TargetFilters(Schema):
    q: Line = Field("", description="党组织名称")
    status: Literal["open", "overdue", "answered", "done", "excused", "withdrawn"] | None = Field(
        None, description=f"{STATUSES}、overdue 逾期未完成"
    )


class AssignmentFilters(Schema):
    q: Line = Field("", description="任务")


class SelectionBody(Body):
    """Whom it is for; what is not filled in does not narrow."""

    under: Id | None = Field(None, description="哪个党组织及所属")
    organization_kinds: list[Kind] = Field([], max_length=50, description="组织类别代码")
    region: int | None = Field(None, ge=0, le=999_999)
    is_grassroots: bool = Field(default=False, description="只限基层一线单位")
    is_window: bool = Field(default=False, description="只限窗口单位")
    picked: list[Id] = Field([], max_length=5000, description="点名；填了这里，上面的范围就不看了")


class PreviewBody(SelectionBody):
    kinds: list[Line] = Field(min_length=1, max_length=50, description="用什么活动完成（事实类型，见 /feeds/kinds）")
    counts_from: Day = Field(description="从哪天起的活动算数")
    theme: Line = Field("", max_length=40, description="只用来找已经做过的活动")


class IssueBody(PreviewBody):
    title: Words = Field(max_length=80)
    asked: Words = Field(max_length=200, description="一句话写清要做什么")
    basis: Words = Field(max_length=120, description="依据：文件名称和文号")
    category: Annotated[Category, inline(Category)] = Field(Category.STUDY, description=CATEGORIES)
    due_on: Day
    count: bool = Field(default=True, description="已经做过的直接算完成")
    again: list[Id] = Field([], max_length=5000, description="已经做过、仍要再做的党组织")


class ThereRow(Schema):
    """What an organization has done already."""

    organization: Named
    entry: int
    title: str
    on: date


class Preview(Schema):
    """For whom it would be, and what is there already."""

    number: int
    chosen: str = Field(description="对象")
    names: list[Named] = Field(description="前 200 个")
    there_number: int = Field(description="已经做过的")
    there: list[ThereRow] = Field(description="前 200 个")


class ExcuseBody(Body):
    why: Words = Field(max_length=200)


class ExtendBody(ExcuseBody):
    until: Day = Field(description="新的完成时限")


ROW: dict[str, Any] = {
    "id": 1, "title": "党章专题学习", "category": "study", "due_on": "2026-12-31", "issuer": {"id": 2, "name": "厅机关党委"},
    "asked_of": 12, "finished": 3, "late": 0, "withdrawn_on": None, "url": "/assignments/1/",
}  # fmt: skip
TOLD = {
    **ROW, "asked": "年底以前学习一次党章", "basis": "川公直党〔2026〕12号", "kinds": ["meeting.party_day"],
    "counts_from": "2026-11-01", "chosen": "范围内全部；党支部", "issued_on": "2026-11-20", "withdrawn_because": "",
}  # fmt: skip
TARGET: dict[str, Any] = {
    "id": 1, "assignment": {"id": 1, "name": "党章专题学习"}, "organization": {"id": 3, "name": "刑侦总队第一党支部"},
    "status": "open", "is_overdue": False, "due_on": "2026-12-31", "done_on": None, "excused_because": "", "answer": None,
    "answer_on": None, "answer_url": None,
}  # fmt: skip
PREVIEW = {"kinds": ["meeting.party_day"], "counts_from": "2026-11-01", "theme": "党章", "organization_kinds": [631]}
ISSUE = {
    **PREVIEW, "title": "党章专题学习", "asked": "年底以前学习一次党章", "basis": "川公直党〔2026〕12号", "category": "study",
    "due_on": "2026-12-31",
}  # fmt: skip


def tell(one: Any) -> dict[str, Any]:
    """One row of ``queries.listed``."""
    return {
        "id": one.pk, "title": one.title, "category": one.category, "due_on": one.due_on, "issuer": named(one.issuer),
        "asked_of": one.asked_of, "finished": one.finished, "late": one.late, "withdrawn_on": one.withdrawn_on,
        "url": f"/assignments/{one.pk}/",
    }  # fmt: skip


def tell_all(user: Anyone, pk: int) -> dict[str, Any]:
    """Everything of one."""
    one = get_object_or_404(queries.listed(user, timezone.localdate()), pk=pk)
    more = ("asked", "basis", "kinds", "counts_from", "chosen", "issued_on", "withdrawn_because")
    return {**tell(one), **{name: getattr(one, name) for name in more}}


def tell_target(one: Any) -> dict[str, Any]:
    """One organization's part, of ``queries.with_answer``."""
    return {
        "id": one.pk, "assignment": named(one.assignment), "organization": named(one.organization), "status": one.status,
        "is_overdue": one.is_overdue(timezone.localdate()), "due_on": one.due_on, "done_on": one.done_on,
        "excused_because": one.excused_because, "answer": one.answer_title, "answer_on": one.answer_on,
        "answer_url": one.answer_url,
    }  # fmt: skip


def _selection(user: User, body: PreviewBody) -> Selection:
    if strange := set(body.kinds) - {door.kind for door in doors()}:
        raise ValidationError({"kinds": f"没有一种活动能录入：{'、'.join(sorted(strange)[:5])}。"})
    seen = visible_organizations(user, Verb.ASSIGN).filter(dissolved_on__isnull=True)
    under = seen.filter(pk=body.under).first() if body.under else None
    if body.under and under is None:
        raise ValidationError({"under": "这个党组织不在您的范围内。"})
    if body.picked and seen.filter(pk__in=body.picked).count() != len(set(body.picked)):
        raise ValidationError({"picked": "点名的里面有不在您范围内的，请查一查。"})
    kinds = tuple(int(kind) for kind in body.organization_kinds)
    return Selection(under, kinds, body.region, body.is_grassroots, body.is_window, tuple(body.picked))


def _there(body: PreviewBody, chosen: QuerySet[Organization]) -> dict[int, Any]:
    return done_already(chosen, body.kinds, body.counts_from, timezone.localdate(), body.theme)


def _targets(user: Anyone) -> QuerySet[Target]:
    return queries.with_answer(queries.targets(user)).order_by("organization__path")


def _issued_by(user: User, pk: int) -> Assignment:
    one = get_object_or_404(queries.listed(user, timezone.localdate()), pk=pk)
    demand(user, Verb.ASSIGN, one.issuer.path)
    return one


def _changeable(user: User, pk: int) -> Target:
    one = get_object_or_404(queries.targets(user).select_related("assignment__issuer"), pk=pk)
    demand(user, Verb.ASSIGN, one.assignment.issuer.path)
    return one


def _changed[M: Model](key: UUID, user: User, what: str, one: M, do: Callable[[], None]) -> None:
    do_once(key, user, what, do, type(one)._default_manager.all(), one)


@router.get("", **reads("任务列表", Page[AssignmentRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}))  # fmt: skip
def assignments_list(request: Request, paging: Query[Paging], chosen: Query[AssignmentFilters]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    rows = queries.listed(request.user, timezone.localdate()).order_by("-id")
    return page(rows.filter(title__contains=chosen.q) if chosen.q else rows, paging, tell)


@router.get("/todo", **reads("要做的任务", Page[TargetRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [TARGET]},
    "先到期的在前。录入活动时把 assignment 写成这里的 id，就算完成这项任务。"))  # fmt: skip
def assignments_todo(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    demand(request.user, Verb.ANSWER)
    return page(queries.with_answer(queries.to_do(request.user)), paging, tell_target)


@router.post("/preview", **does("布置以前先看一看", Preview, Scope.ASSIGN, PREVIEW,
    {"number": 1, "chosen": "范围内全部；党支部", "names": [{"id": 3, "name": "刑侦总队第一党支部"}], "there_number": 1,
     "there": [{"organization": {"id": 3, "name": "刑侦总队第一党支部"}, "entry": 12, "title": "主题党日：学习党章", "on": "2026-11-20"}]},
    "给几个党组织，哪些已经做过。什么也不改，不用 Idempotency-Key。"))  # fmt: skip
def assignments_preview(request: Request, body: PreviewBody) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.ASSIGN)
    selection = _selection(user, body)
    chosen = selection.organizations(user)
    there = _there(body, chosen)
    return {
        "number": chosen.count(),
        "chosen": str(selection),
        "names": [named(one) for one in chosen.order_by("path")[:THERE_MAX]],
        "there_number": len(there),
        "there": [
            {"organization": named(one.organization), "entry": one.pk, "title": one.title, "on": one.occurred_on}
            for one in list(there.values())[:THERE_MAX]
        ],
    }


@router.post("", **makes("布置任务", AssignmentTold, Scope.ASSIGN, ISSUE, TOLD,
    "已经做过的直接算完成，除非 count 为 false 或写在 again 里。"))  # fmt: skip
def assignments_issue(request: Request, body: IssueBody, key: Key) -> Answered[dict[str, Any]]:
    user = request.user
    demand(user, Verb.ASSIGN)
    issuer, selection = queries.issuer_of(user), _selection(user, body)
    if issuer is None:
        raise PermissionDenied
    chosen = selection.organizations(user)
    there = _there(body, chosen) if body.count else {}
    counted = {pk: entry for pk, entry in there.items() if pk not in set(body.again)}
    data = body.model_dump(include={"title", "asked", "basis", "category", "kinds", "due_on", "counts_from"})
    one = Assignment(key=key, issuer=issuer, chosen=str(selection), **data)
    new, made = do_once(
        key, user, "assignments.issue", lambda: actions.issue(one, chosen, by=user, counted=counted),
        Assignment.objects.all(),
    )  # fmt: skip
    return Answered(201 if new else 200, tell_all(user, made.pk))


@router.get("/{int:pk}", **reads("一项任务", AssignmentTold, Scope.READ_ACTIVITIES, TOLD))
def assignments_one(request: Request, pk: int) -> dict[str, Any]:
    return tell_all(request.user, pk)


@router.get("/{int:pk}/targets", **reads("一项任务的完成情况", Page[TargetRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [TARGET]}))  # fmt: skip
def assignments_targets(
    request: Request, pk: int, paging: Query[Paging], chosen: Query[TargetFilters]
) -> dict[str, Any]:
    today = timezone.localdate()
    rows = _targets(request.user).filter(assignment=get_object_or_404(queries.listed(request.user, today), pk=pk).pk)
    if chosen.q:
        rows = rows.filter(organization__name__contains=chosen.q)
    if chosen.status:
        rows = rows.filter(queries.overdue(today)) if chosen.status == "overdue" else rows.filter(status=chosen.status)
    return page(rows, paging, tell_target)


@router.post("/{int:pk}/extend", **does("延期（全部）", AssignmentTold, Scope.ASSIGN,
    {"until": "2027-01-15", "why": "年底任务重"}, {**TOLD, "due_on": "2027-01-15"}))  # fmt: skip
def assignments_extend(request: Request, pk: int, body: ExtendBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _issued_by(request.user, pk)
    _changed(key, user, "assignments.extend", one, lambda: actions.extend(one, until=body.until, why=body.why, by=user))
    return tell_all(user, pk)


@router.post("/{int:pk}/withdraw", **does("撤销任务", AssignmentTold, Scope.ASSIGN,
    {"why": "与别的任务重复"}, {**TOLD, "withdrawn_on": "2026-11-24", "withdrawn_because": "与别的任务重复"}))  # fmt: skip
def assignments_withdraw(request: Request, pk: int, body: ExcuseBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _issued_by(request.user, pk)
    _changed(key, user, "assignments.withdraw", one, lambda: actions.withdraw(one, why=body.why, by=user))
    return tell_all(user, pk)


@router.get("/targets/{int:pk}", **reads("一个党组织的任务", TargetRow, Scope.READ_ACTIVITIES, TARGET))
def assignments_target(request: Request, pk: int) -> dict[str, Any]:
    return tell_target(get_object_or_404(_targets(request.user), pk=pk))


@router.post("/targets/{int:pk}/excuse", **does("免除一个党组织", TargetRow, Scope.ASSIGN,
    {"why": "9月在藏区执勤"}, {**TARGET, "status": "excused", "excused_because": "9月在藏区执勤"}))  # fmt: skip
def assignments_excuse(request: Request, pk: int, body: ExcuseBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _changeable(request.user, pk)
    _changed(key, user, "assignments.excuse", one, lambda: actions.excuse(one, why=body.why, by=user))
    return tell_target(_targets(user).get(pk=pk))


@router.post("/targets/{int:pk}/extend", **does("延期（一个党组织）", TargetRow, Scope.ASSIGN,
    {"until": "2027-01-15", "why": "执勤"}, {**TARGET, "due_on": "2027-01-15"}))  # fmt: skip
def assignments_extend_one(request: Request, pk: int, body: ExtendBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _changeable(request.user, pk)
    _changed(
        key, user, "assignments.extend_one", one,
        lambda: actions.extend(one.assignment, until=body.until, why=body.why, by=user, only=one),
    )  # fmt: skip
    return tell_target(_targets(user).get(pk=pk))
