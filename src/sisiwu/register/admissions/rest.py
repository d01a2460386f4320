"""The HTTP API of admissions (发展党员)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from ninja import Status as Answer
from pydantic import Field

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Choice, Code, Day, Id, Line, Named, Page, Paging, Words, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.admissions import actions, queries
from sisiwu.register.admissions.facts import Course
from sisiwu.register.admissions.models import Admission, State
from sisiwu.register.admissions.steps import steps

router = Router(tags=["发展党员"])
STATES: dict[str, State] = {"done": State.DONE, "stopped": State.STOPPED, "left": State.LEFT}
CODES = {State.OPEN: "open", **{state: code for code, state in STATES.items()}}
STATE_WORDS = "、".join(f"{code} {State(state).label}" for state, code in CODES.items())


Number = Annotated[int, Path(description="第几步")]


class AdmissionRow(Schema):
    """One admission, and what comes next."""

    id: int
    member: Named
    branch: Named
    status: Choice = Field(description="现在的党籍")
    state: Literal["open", "done", "stopped", "left"] = Field(description=STATE_WORDS)
    next_number: int | None = Field(description="下一步是第几步")
    next_title: str
    next_opens_on: date | None = Field(description="最早可办")
    next_due_on: date | None = Field(description="最晚办结")
    closed_on: date | None
    closed_why: str


class StepRow(Schema):
    """One of the 25 steps of the rule."""

    number: int
    title: str
    phase: str
    by: Literal["branch", "superior"] = Field(description="branch 支部办，superior 上级党委办")
    who: str = Field(description="“经办人”写谁")
    source: str = Field(description="出处")
    needs: list[str] = Field(description="要达到的数，如培训天数或学时")


class DoneRow(Schema):
    """A step as it was done; with ``taken_back`` it does not count."""

    number: int
    on: date
    who: str
    remark: str
    days: int | None
    hours: int | None
    due_on: date | None
    taken_back: str = Field(description="撤销的理由；空的就是有效")


class AdmissionTold(AdmissionRow):
    """An admission with every step that was done."""

    done: list[DoneRow]
    again: list[int] = Field(description="现在还要定期重办的步骤")


class AdmissionFilters(Schema):
    q: Line = Field("", description="姓名、编号或支部")
    state: Literal["overdue", "ready", "waiting", "done", "stopped", "left"] | None = Field(
        None, description=f"overdue 已逾期、ready 现在可办、waiting 还没到时候、{STATE_WORDS}"
    )


class ApplyBody(Body):
    branch: Id
    name: Words = Field(max_length=50)
    code: Code = Field(description="编号；已在名册里的写原编号")
    on: Day = Field(description="递交申请书的日期")
    who: Words = Field(max_length=60, description="受理人")
    is_officer: bool = True


class StepBody(Body):
    on: Day
    who: Words = Field(max_length=60, description="经办人")
    remark: Line = ""
    days: int | None = Field(None, ge=0, le=999, description="培训天数（要培训的那一步）")
    hours: int | None = Field(None, ge=0, le=999, description="或培训学时")


class ProlongBody(Body):
    months: int = Field(ge=1, le=12, description="预备期上再加几个月，或审批从支部大会起一共几个月")
    on: Day = Field(description="决定日期")
    why: Words


class TakeBackBody(Body):
    why: Words = Field(max_length=150)


class StopBody(TakeBackBody):
    on: Day = Field(description="终止日期")


ROW: dict[str, Any] = {
    "id": 1, "member": {"id": 9, "name": "周舟"}, "branch": {"id": 3, "name": "刑侦总队第一党支部"},
    "status": {"code": 9, "name": "非党员"}, "state": "open", "next_number": 2, "next_title": "派人谈话",
    "next_opens_on": None, "next_due_on": "2026-12-20", "closed_on": None, "closed_why": "",
}  # fmt: skip
DONE = {
    "number": 1, "on": "2026-11-20", "who": "王强", "remark": "", "days": None, "hours": None, "due_on": None, "taken_back": "",
}  # fmt: skip
TOLD = {**ROW, "done": [DONE], "again": []}
STEP = {
    "number": 2, "title": "派人谈话", "phase": "申请入党", "by": "branch", "who": "谈话人",
    "source": "《中国共产党发展党员工作细则》第五条", "needs": [],
}  # fmt: skip


def tell(one: Admission) -> dict[str, Any]:
    """One row; member and branch are read along with it."""
    return {
        "id": one.pk,
        "member": named(one.member),
        "branch": named(one.member.branch),
        "status": {"code": one.member.status, "name": one.member.get_status_display()},
        "state": CODES[State(one.state)],
        "next_number": one.next_number,
        "next_title": one.next_title,
        "next_opens_on": one.next_opens_on,
        "next_due_on": one.next_due_on,
        "closed_on": one.closed_on,
        "closed_why": one.closed_why,
    }


def tell_all(one: Admission) -> dict[str, Any]:
    """Everything of one."""
    rows = list(one.done.order_by("on", "id"))
    course = Course.of(rows, one.extensions.all())
    return {
        **tell(one),
        "done": [
            {
                "number": row.number, "on": row.on, "who": row.who, "remark": row.note, "days": row.days,
                "hours": row.hours, "due_on": row.due_on, "taken_back": row.taken_back,
            }
            for row in rows
        ],
        "again": [step.number for step in course.again()] if one.state == State.OPEN else [],
    }  # fmt: skip


def _done(key: UUID, user: User, what: str, one: Admission, do: Callable[[], object]) -> dict[str, Any]:
    def deed() -> None:
        do()

    do_once(key, user, what, deed, Admission.objects.all(), one)
    return tell_all(get_object_or_404(queries.visible(user), pk=one.pk))


def _chosen(rows: QuerySet[Admission], chosen: AdmissionFilters, today: date) -> QuerySet[Admission]:
    if chosen.q:
        named_so = Q(member__name__contains=chosen.q) | Q(member__code__iexact=chosen.q)
        rows = rows.filter(named_so | Q(member__branch__name__contains=chosen.q))
    if chosen.state in STATES:
        return rows.filter(state=STATES[chosen.state])
    late, early = Q(next_due_on__lt=today), Q(next_opens_on__gt=today)
    not_late = Q(next_due_on__isnull=True) | Q(next_due_on__gte=today)
    not_early = Q(next_opens_on__isnull=True) | Q(next_opens_on__lte=today)
    ways = {"overdue": late, "waiting": early, "ready": not_late & not_early}
    return rows.filter(ways[chosen.state], state=State.OPEN) if chosen.state else rows


@router.get("", **reads("发展党员列表", Page[AdmissionRow], Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}, "逾期的在前，然后先到期的在前。"))  # fmt: skip
def admissions_list(request: Request, paging: Query[Paging], chosen: Query[AdmissionFilters]) -> dict[str, Any]:
    demand(request.user, Verb.MEMBERS)
    today = timezone.localdate()
    return page(_chosen(queries.listed(request.user, today), chosen, today), paging, tell)


@router.get("/steps", **reads("发展党员的 25 步", list[StepRow], Scope.READ_REGISTER, [STEP], "《发展党员工作细则》的步骤和出处。"))  # fmt: skip
def admissions_steps(request: Request) -> list[dict[str, Any]]:
    demand(request.user, Verb.VIEW)
    return [
        {
            "number": one.number, "title": one.title, "phase": one.phase, "by": "superior" if one.is_superior else "branch",
            "who": one.who, "source": one.source, "needs": [need.words for need in one.needs],
        }
        for one in steps().values()
    ]  # fmt: skip


@router.post("", **makes("登记入党申请", AdmissionTold, Scope.WRITE_REGISTER,
    {"branch": 3, "name": "周舟", "code": "M9002", "on": "2026-11-20", "who": "王强"}, TOLD,
    "不在名册里的，编入名册（非党员）。"))  # fmt: skip
def admissions_apply(request: Request, body: ApplyBody, key: Key) -> Answer[dict[str, Any]]:
    user, data = request.user, body.model_dump()
    demand(user, Verb.ROLL)
    branch = get_object_or_404(queries.admitting(user), pk=data.pop("branch"))
    rows = queries.visible(user)
    new, one = do_once(key, user, "admissions.apply", lambda: actions.apply(branch=branch, by=user, **data), rows)
    return Answer(201 if new else 200, tell_all(queries.opened(user, one.pk)))


@router.get("/{int:pk}", **reads("一个人的发展党员过程", AdmissionTold, Scope.READ_REGISTER, TOLD,
    "查看别人的会记入操作日志，本人看得到。"))  # fmt: skip
def admissions_one(request: Request, pk: int) -> dict[str, Any]:
    one = queries.opened(request.user, pk)
    if one.member.user_id != request.user.pk:
        note("member.look", request.user, one, path=one.member.branch.path, person=one.member_id)
    return tell_all(one)


@router.post("/{int:pk}/steps/{int:number}", **does("办理一步", AdmissionTold, Scope.WRITE_REGISTER,
    {"on": "2026-11-24", "who": "王强"}, {**TOLD, "next_number": 3}, "步骤见 /admissions/steps；支部办支部的，上级办上级的。"))  # fmt: skip
def admissions_do(request: Request, pk: int, number: Number, body: StepBody, key: Key) -> dict[str, Any]:
    user, one = request.user, queries.opened(request.user, pk)
    step = steps().get(number)
    if step is None:
        raise Http404
    demand(user, actions.verb_of(step), one.member.branch.path)
    return _done(
        key, user, "admissions.do", one, lambda: actions.do(one, number, by=user, **body.model_dump())
    )  # fmt: skip


@router.post("/{int:pk}/extend", **does("延长期限", AdmissionTold, Scope.WRITE_REGISTER,
    {"months": 6, "on": "2026-11-24", "why": "表现需继续考察"}, TOLD, "只有上级审批和预备期可以延长，一次。"))  # fmt: skip
def admissions_extend(request: Request, pk: int, body: ProlongBody, key: Key) -> dict[str, Any]:
    user, one = request.user, queries.opened(request.user, pk)
    step = Course.of(one.done.all(), one.extensions.all()).following
    demand(user, actions.verb_of(step) if step else Verb.ROLL, one.member.branch.path)
    return _done(key, user, "admissions.extend", one, lambda: actions.extend(one, by=user, **body.model_dump()))


@router.post("/{int:pk}/back", **does("撤销上一步", AdmissionTold, Scope.WRITE_REGISTER,
    {"why": "日期录错"}, TOLD, "记录保留；按实际情况重新办这一步。"))  # fmt: skip
def admissions_take_back(request: Request, pk: int, body: TakeBackBody, key: Key) -> dict[str, Any]:
    user, one = request.user, queries.opened(request.user, pk)
    last = queries.last_done(one)
    demand(user, actions.verb_of(steps()[last.number]) if last else Verb.ROLL, one.member.branch.path)
    return _done(key, user, "admissions.take_back", one, lambda: actions.take_back(one, why=body.why, by=user))


@router.post("/{int:pk}/stop", **does("终止发展党员", AdmissionTold, Scope.WRITE_REGISTER,
    {"on": "2026-11-24", "why": "本人提出"}, {**TOLD, "state": "stopped", "closed_on": "2026-11-24", "closed_why": "本人提出"},
    "记录保留。"))  # fmt: skip
def admissions_stop(request: Request, pk: int, body: StopBody, key: Key) -> dict[str, Any]:
    user, one = request.user, queries.opened(request.user, pk)
    demand(user, Verb.ROLL, one.member.branch.path)
    return _done(key, user, "admissions.stop", one, lambda: actions.stop(one, by=user, **body.model_dump()))
