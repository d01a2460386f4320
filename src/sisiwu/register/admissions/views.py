"""Pages of admissions: the list, one person's 25 steps, and doing one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from sisiwu.foundation.accounts.policies import demand, may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.register.admissions import actions, queries
from sisiwu.register.admissions.facts import Course
from sisiwu.register.admissions.forms import ApplyForm, ExtendForm, StepForm, StopForm, WhyForm
from sisiwu.register.admissions.models import Admission, Done, State
from sisiwu.register.admissions.steps import Step, phases, steps
from sisiwu.register.members.queries import TABS

STATES = [("overdue", "已逾期"), ("ready", "现在可办"), ("waiting", "还没到时候"), *State.choices[1:]]


def state_of(one: Admission) -> tuple[str, str]:
    """Where it stands in words, and how it looks."""
    today = timezone.localdate()
    if one.state != State.OPEN:
        return one.get_state_display(), "ok" if one.state == State.DONE else "late"
    if one.next_due_on and one.next_due_on < today:
        return f"逾期 {(today - one.next_due_on).days} 天", "back"
    if one.next_opens_on and one.next_opens_on > today:
        return "还没到时候", "late"
    return "现在可办", "wait"


class AdmissionFilters(Filters):
    q = django_filters.CharFilter(method="search", label="姓名、编号或支部")
    state = django_filters.ChoiceFilter(choices=STATES, method="in_state", label="状态", empty_label="全部")
    phase = django_filters.ChoiceFilter(
        choices=[(str(at), title) for at, title in enumerate(phases())],
        method="in_phase",
        label="阶段",
        empty_label="全部",
    )

    def search(self, rows: QuerySet[Admission], _name: str, text: str) -> QuerySet[Admission]:
        text = text.strip()
        branch = Q(member__branch__name__contains=text)
        return rows.filter(Q(member__name__contains=text) | Q(member__code__iexact=text) | branch)

    def in_state(self, rows: QuerySet[Admission], _name: str, value: str) -> QuerySet[Admission]:
        today = timezone.localdate()
        late, early = Q(next_due_on__lt=today), Q(next_opens_on__gt=today)
        chosen = {"overdue": late, "waiting": early, "ready": ~late & ~early}
        if value not in chosen:
            return rows.filter(state=value)
        not_late = Q(next_due_on__isnull=True) | Q(next_due_on__gte=today)
        not_early = Q(next_opens_on__isnull=True) | Q(next_opens_on__lte=today)
        return rows.filter(not_late & not_early if value == "ready" else chosen[value], state=State.OPEN)

    def in_phase(self, rows: QuerySet[Admission], _name: str, value: str) -> QuerySet[Admission]:
        title = phases()[int(value)]
        return rows.filter(next_number__in=[one.number for one in steps().values() if one.phase == title])


class AdmissionTable(tables.Table):
    name = tables.Column("姓名", accessor="member", order_by="member__spoken")
    branch = tables.Column("党支部", accessor="member__branch", orderable=False)
    status = tables.Column("现在是", accessor="member", orderable=False)
    next_title = tables.Column("下一步", order_by="next_number")
    next_opens_on = tables.Column("最早可办")
    next_due_on = tables.Column("最晚办结")
    state = tables.Column("状态", orderable=False)

    def render_name(self, record: Admission, **_: Any) -> str:
        return format_html('<a href="/admissions/{}/">{}</a>', record.pk, record.member)

    def render_status(self, record: Admission, **_: Any) -> str:
        return str(record.member.get_status_display())

    def render_state(self, record: Admission, **_: Any) -> str:
        words, look = state_of(record)
        return format_html('<span class="tag {}">{}</span>', look, words)

    value_name = staticmethod(lambda record: record.member.name)
    value_state = staticmethod(lambda record: state_of(record)[0])


class AdmissionDesk(Desk):
    title = "发展党员"
    verb = Verb.MEMBERS
    table = AdmissionTable
    filters = AdmissionFilters
    empty = "没有办理中的发展党员。"
    tabs = TABS

    def rows(self) -> QuerySet[Admission]:
        return queries.listed(self.request.user, timezone.localdate())

    def actions(self) -> list[tuple[str, str]]:
        return [("登记入党申请", reverse("admissions:new"))] if may(self.request.user, Verb.ROLL) else []


@login_required
def new(request: Request) -> HttpResponse:
    """Take an application."""
    demand(request.user, Verb.ROLL)
    choices = list(queries.admitting(request.user)[:2])
    asked = request.GET.get("branch", "")
    branch = choices[0] if len(choices) == 1 else asked
    return carry_out(
        request,
        ApplyForm(request.POST or None, initial={"branch": branch}),
        lambda data: actions.apply(by=request.user, **data),
        title="登记入党申请",
        said="已登记，申请人编入名册（非党员）。一个月内派人谈话，到时待办里有提醒。",
        back=reverse("admissions:list"),
        button="登记",
    )


@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One person's 25 steps: done, next with its days, later. A look of others is noted as one at the record."""
    one = queries.opened(request.user, pk)
    if one.member.user_id != request.user.pk:
        note("member.look", request.user, one, path=one.member.branch.path, person=one.member_id)
    rows, extensions = list(one.done.all()), list(one.extensions.all())
    course = Course.of(rows, extensions)
    found = course.next() if one.state == State.OPEN else None
    words, look = state_of(one)
    path, following = one.member.branch.path, course.following
    can = [step for step in [following, *course.again()] if step and may(request.user, actions.verb_of(step), path)]
    stretch = following is not None and bool(following.prolong or (following.due and following.due.at_most))
    context = {
        "title": f"发展党员：{one.member}",
        "one": one,
        "state": words,
        "look": look,
        "next": found,
        "timeline": _timeline(rows, course, found[0] if found else None),
        "can": {step.number for step in can} if one.state == State.OPEN else set(),
        "may_extend": stretch and one.state == State.OPEN and following in can,
        "may_stop": one.state == State.OPEN and may(request.user, Verb.ROLL, path),
        "may_take_back": one.state == State.OPEN and len(course.days) > 1 and may(request.user, _last_verb(one), path),
        "extensions": [(steps()[row.number], row) for row in extensions],
        "taken_back": [(steps()[row.number], row) for row in rows if row.taken_back],
        "count": len(course.days),
    }
    return render(request, "admissions/detail.html", context)


def _last_verb(one: Admission) -> Verb:
    """What is needed to take the latest step back: the same as to do it."""
    last = queries.last_done(one)
    return actions.verb_of(steps()[last.number]) if last else Verb.ROLL


def _timeline(rows: list[Done], course: Course, coming: Step | None) -> list[dict[str, Any]]:
    """The steps in their phases, each with what was done and its days."""
    again = course.again()
    made: list[dict[str, Any]] = [
        {
            "step": step,
            "done": [row for row in rows if row.number == step.number and not row.taken_back],
            "is_next": step == coming,
            "is_open": step == course.following or step in again,
            "window": course.window(step),
        }
        for step in steps().values()
    ]
    parts = []
    for title in phases():
        own = [one for one in made if one["step"].phase == title]
        count = sum(1 for one in own if one["done"])
        closed = count == len(own) and not any(one["is_open"] for one in own)
        parts.append({"title": title, "steps": own, "count": count, "is_done": closed})
    return parts


def _task(
    request: Request, one: Admission, form: forms.Form, verb: Callable[[dict[str, Any]], object], **words: str
) -> HttpResponse:
    return carry_out(request, form, verb, back=reverse("admissions:detail", args=[one.pk]), **words)


@login_required
def do(request: Request, pk: int, number: int) -> HttpResponse:
    """Write down a step."""
    one = queries.opened(request.user, pk)
    step = steps().get(number)
    if step is None:
        raise Http404
    demand(request.user, actions.verb_of(step), one.member.branch.path)
    form = StepForm(request.POST or None, step=step)
    return _task(
        request, one, form, lambda data: actions.do(one, number, by=request.user, **data),
        title=f"{one.member}：{step}", said=f"已记下：{step.title}。",
    )  # fmt: skip


@login_required
def extend(request: Request, pk: int) -> HttpResponse:
    """Make the period of the next step longer."""
    one = queries.opened(request.user, pk)
    step = Course.of(one.done.all(), one.extensions.all()).following
    demand(request.user, actions.verb_of(step) if step else Verb.ROLL, one.member.branch.path)
    form = ExtendForm(request.POST or None, step=step)
    return _task(
        request, one, form, lambda data: actions.extend(one, by=request.user, **data),
        title=f"延长期限：{one.member}", said="已延长。",
    )  # fmt: skip


@login_required
def take_back(request: Request, pk: int) -> HttpResponse:
    """The last step was entered wrongly."""
    one = queries.opened(request.user, pk)
    demand(request.user, _last_verb(one), one.member.branch.path)
    form = WhyForm(request.POST or None)
    return _task(
        request, one, form, lambda data: actions.take_back(one, why=data["why"], by=request.user),
        title=f"撤销上一步：{one.member}", button="撤销", said="已撤销，记录保留；请按实际情况重新办这一步。",
    )  # fmt: skip


@login_required
def stop(request: Request, pk: int) -> HttpResponse:
    """It goes no further."""
    one = queries.opened(request.user, pk)
    demand(request.user, Verb.ROLL, one.member.branch.path)
    form = StopForm(request.POST or None)
    return _task(
        request, one, form, lambda data: actions.stop(one, by=request.user, **data),
        title=f"终止发展党员：{one.member}", button="终止", said="已终止，记录保留。",
    )  # fmt: skip
