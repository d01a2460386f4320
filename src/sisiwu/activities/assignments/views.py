"""Pages of assignments: for those who issue them, and for those who do them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from sisiwu.activities.assignments import actions, queries
from sisiwu.activities.assignments.forms import ExtendForm, IssueForm, WhyForm
from sisiwu.activities.assignments.models import Assignment, Status, Target
from sisiwu.activities.entries.doors import ways
from sisiwu.activities.entries.queries import TABS
from sisiwu.foundation.accounts.policies import demand, may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out, tell
from sisiwu.ledger.actions import Entry
from sisiwu.ledger.dictionary import kind_of
from sisiwu.ledger.queries import done_already

NAMES_SHOWN, THERE_SHOWN, PER_PAGE = 40, 200, 20
LOOKS = {
    Status.OPEN: "wait", Status.ANSWERED: "late", Status.DONE: "ok", Status.EXCUSED: "late", Status.WITHDRAWN: "late",
}  # fmt: skip
STATES = [
    ("open", "未完成"), ("overdue", "逾期未完成"), ("answered", "已报，待核实"), ("done", "已完成"), ("excused", "已免除"),
]  # fmt: skip


def state(one: Target, today: date) -> tuple[str, str]:
    """The words of a target's state and how its tag looks."""
    if one.is_overdue(today):
        return "逾期未完成", "back"
    if one.status == Status.DONE and one.done_on and one.done_on > one.due_on:
        return "逾期完成", "late"
    return str(one.get_status_display()), LOOKS[Status(one.status)]


class AssignmentFilters(Filters):
    q = django_filters.CharFilter(field_name="title", lookup_expr="contains", label="任务")


class AssignmentTable(tables.Table):
    title = tables.Column("任务")
    category = tables.Column("类别")
    due_on = tables.Column("完成时限")
    progress = tables.Column("进度", empty_values=(), orderable=False)
    late = tables.Column("逾期", orderable=False)
    issuer = tables.Column("布置单位", orderable=False)

    def render_title(self, record: Assignment, **_: Any) -> str:
        withdrawn = format_html(' <span class="tag late">已撤销</span>') if record.withdrawn_on else ""
        return format_html('<a href="/assignments/{}/">{}</a>{}', record.pk, record.title, withdrawn)

    def render_progress(self, record: Any, **_: Any) -> str:
        return f"{record.finished} / {record.asked_of}"

    def render_late(self, record: Any, **_: Any) -> str:
        return format_html('<span class="tag back">{}</span>', record.late) if record.late else "—"

    value_title = staticmethod(lambda record: record.title)
    value_late = staticmethod(lambda record: record.late)


class AssignmentDesk(Desk):
    title = "活动：任务"
    verb = Verb.VIEW
    table = AssignmentTable
    filters = AssignmentFilters
    empty = "还没有任务。"
    tabs = TABS

    def rows(self) -> QuerySet[Assignment]:
        return queries.listed(self.request.user, timezone.localdate())

    def actions(self) -> list[tuple[str, str]]:
        shown = [("布置一项任务", reverse("assignments:new"))] if may(self.request.user, Verb.ASSIGN) else []
        return shown + ([("要做的任务", reverse("assignments:todo"))] if may(self.request.user, Verb.ANSWER) else [])


class TargetFilters(Filters):
    q = django_filters.CharFilter(field_name="organization__name", lookup_expr="contains", label="党组织")
    status = django_filters.ChoiceFilter(choices=STATES, label="状态", empty_label="全部", method="in_state")

    def in_state(self, rows: QuerySet[Target], _name: str, value: str) -> QuerySet[Target]:
        return rows.filter(queries.overdue(timezone.localdate())) if value == "overdue" else rows.filter(status=value)


class TargetTable(tables.Table):
    organization = tables.Column("党组织", order_by="organization__path")
    state = tables.Column("状态", empty_values=(), orderable=False)
    due_on = tables.Column("完成时限")
    answer = tables.Column("完成情况", empty_values=(), orderable=False)

    def render_organization(self, record: Target, **_: Any) -> str:
        return format_html('<a href="/assignments/targets/{}/">{}</a>', record.pk, record.organization)

    def render_state(self, record: Target, **_: Any) -> str:
        word, look = state(record, timezone.localdate())
        return format_html('<span class="tag {}">{}</span>', look, word)

    def render_answer(self, record: Any, **_: Any) -> str:
        if record.answer_title:
            day = f"{record.answer_on:%-m月%-d日}"
            return format_html('<a href="{}">{}</a> {}', record.answer_url, record.answer_title, day)
        return record.excused_because or "—"

    value_organization = staticmethod(lambda record: str(record.organization))

    def value_state(self, record: Target) -> str:
        return state(record, timezone.localdate())[0]

    def value_answer(self, record: Any) -> str:
        return f"{record.answer_on} {record.answer_title}" if record.answer_title else record.excused_because


class TargetDesk(Desk):
    """One assignment with its targets."""

    verb = Verb.VIEW
    table = TargetTable
    filters = TargetFilters
    template = "assignments/detail.html"
    fragment = "ui/list.html#rows"
    empty = "没有这样的党组织。"
    one: Any

    def get(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        rows = queries.listed(request.user, timezone.localdate())
        self.one = get_object_or_404(rows, pk=parts["pk"])
        self.title = f"任务：{self.one.title}"  # type: ignore[misc]
        self.may_change = may(request.user, Verb.ASSIGN, self.one.issuer.path) and not self.one.withdrawn_on
        return super().get(request, **parts)

    def rows(self) -> QuerySet[Target]:
        shown = queries.targets(self.request.user).filter(assignment=self.one)
        return queries.with_answer(shown).order_by("organization__path")


@login_required
def new(request: Request) -> HttpResponse:
    """Issue an assignment: filled in, looked at (how many, what is there already), issued."""
    demand(request.user, Verb.ASSIGN)
    form = IssueForm(request.POST or None, user=request.user)
    context: dict[str, Any] = {"title": "布置一项任务", "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = 200
            chosen = form.selection().organizations(request.user)
            there = _there(form, chosen)
            if request.POST.get("do") == "issue":
                try:
                    one = _issued(request, form, there)
                except ValidationError as error:
                    tell(form, error)
                    status = 422
                else:
                    messages.success(request, f"已布置：{one.title}。各党组织首页的待办里已有，填一次活动就算完成。")
                    return redirect("assignments:detail", one.pk)
            context |= {
                "number": chosen.count(),
                "warnings": warnings(form.cleaned_data["kinds"]),
                "names": chosen.order_by("path")[:NAMES_SHOWN],
                "there": list(there.values())[:THERE_SHOWN],
                "there_number": len(there),
                "again": set(request.POST.getlist("again")),
                "asks_again": request.POST.get("count") == "no",
            }
    return render(request, "assignments/new.html", context, status=status)


def warnings(kinds: Collection[str]) -> list[str]:
    """What the rules on burden say against demanding some kinds of activity; shown before it is issued."""
    told = []
    if any(kind_of(kind).nature == "media" for kind in kinds):
        told.append(
            "《整治形式主义为基层减负若干规定》不得把在报刊、媒体刊发稿件作为督查检查考核内容：稿件可以用来完成任务，不能要求必须刊发。"
        )
    if any(kind.startswith(("commendation.", "title.", "member.commended")) for kind in kinds):
        told.append("表彰由上级决定，不能要求党组织必须取得；选上只表示已有的可以算完成。")
    return told


def _there(form: IssueForm, chosen: QuerySet[Any]) -> dict[int, Entry]:
    """What the chosen have done already."""
    data = form.cleaned_data
    return done_already(chosen, data["kinds"], data["counts_from"], timezone.localdate(), data["theme"])


def _issued(request: Request, form: IssueForm, there: dict[int, Entry]) -> Assignment:
    issuer, selection = queries.issuer_of(request.user), form.selection()
    if issuer is None:
        raise PermissionDenied
    one = form.instance
    one.key, one.issuer, one.chosen = form.cleaned_data["key"], issuer, str(selection)
    again = set(request.POST.getlist("again"))
    counted = {pk: entry for pk, entry in there.items() if str(pk) not in again}
    if request.POST.get("count") == "no":
        counted = {}
    return actions.issue(one, selection.organizations(request.user), by=request.user, counted=counted)


@login_required
def to_do(request: Request) -> HttpResponse:
    """What the branch has to do, each with the button that opens the right form."""
    demand(request.user, Verb.ANSWER)
    page = Paginator(queries.with_answer(queries.to_do(request.user)), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    shown = [(one, state(one, today)) for one in page.object_list]
    return render(request, "assignments/todo.html", {"title": "要做的任务", "page": page, "shown": shown})


@login_required
def target(request: Request, pk: int) -> HttpResponse:
    """One organization's part of an assignment, and what answers it."""
    one = get_object_or_404(queries.targets(request.user).select_related("assignment__issuer"), pk=pk)
    context = {
        "title": one.assignment.title,
        "one": one,
        "state": state(one, timezone.localdate()),
        "answers": one.answers.all(),
        "may_change": may(request.user, Verb.ASSIGN, one.assignment.issuer.path),
        "may_answer": one.status == Status.OPEN and may(request.user, Verb.ENTER, one.organization.path),
        "is_open": one.status in (Status.OPEN, Status.ANSWERED),
    }
    return render(request, "assignments/target.html", context)


@login_required
def answer(request: Request, pk: int) -> HttpResponse:
    """Open the form that does it, prefilled; when several can, ask which."""
    one = get_object_or_404(queries.targets(request.user), pk=pk)
    demand(request.user, Verb.ENTER, one.organization.path)
    if one.status != Status.OPEN:
        return redirect("assignments:target", pk)
    forms = ways(one.assignment.kinds, assignment=one.pk, organization=one.organization_id)
    if len(forms) == 1:
        return redirect(forms[0][1])
    return render(request, "assignments/ways.html", {"title": one.assignment.title, "one": one, "ways": forms})


@login_required
def excuse(request: Request, pk: int) -> HttpResponse:
    """This organization need not do it."""
    one = _changeable(request, pk)
    return carry_out(
        request,
        WhyForm(request.POST or None),
        lambda data: actions.excuse(one, why=data["why"], by=request.user),
        title=f"免除：{one}",
        said="已免除，不再要求这个党组织完成。",
        back=reverse("assignments:detail", args=[one.assignment_id]),
        button="免除",
    )


@login_required
def extend_one(request: Request, pk: int) -> HttpResponse:
    """A later day for this organization."""
    one = _changeable(request, pk)
    return carry_out(
        request,
        ExtendForm(request.POST or None),
        lambda data: actions.extend(
            one.assignment, until=data["until"], why=data["why"], by=request.user, only=one
        ),
        title=f"延期：{one}",
        said="已延期。",
        back=reverse("assignments:target", args=[pk]),
        button="延期",
    )  # fmt: skip


@login_required
def extend(request: Request, pk: int) -> HttpResponse:
    """A later day for all."""
    one = _issued_by(request, pk)
    return carry_out(
        request,
        ExtendForm(request.POST or None),
        lambda data: actions.extend(one, until=data["until"], why=data["why"], by=request.user),
        title=f"延期：{one}",
        said="已延期；没有完成的党组织都按新的期限。",
        back=reverse("assignments:detail", args=[pk]),
        button="延期",
    )


@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Nobody has to do it any more."""
    one = _issued_by(request, pk)
    return carry_out(
        request,
        WhyForm(request.POST or None),
        lambda data: actions.withdraw(one, why=data["why"], by=request.user),
        title=f"撤销任务：{one}",
        said="已撤销；已完成的留作记录，没有完成的不再要求。",
        back=reverse("assignments:detail", args=[pk]),
        button="撤销任务",
    )


def _issued_by(request: Request, pk: int) -> Assignment:
    one = get_object_or_404(queries.listed(request.user, timezone.localdate()), pk=pk)
    demand(request.user, Verb.ASSIGN, one.issuer.path)
    return one


def _changeable(request: Request, pk: int) -> Target:
    one = get_object_or_404(queries.targets(request.user).select_related("assignment__issuer"), pk=pk)
    demand(request.user, Verb.ASSIGN, one.assignment.issuer.path)
    return one
