"""Pages of meetings."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from sisiwu.activities.entries.actions import draft_of, drop_draft, keep_draft
from sisiwu.activities.entries.queries import TABS, chosen_organization
from sisiwu.activities.entries.views import choose
from sisiwu.activities.meetings import actions, queries
from sisiwu.activities.meetings.facts import kinds_of
from sisiwu.activities.meetings.forms import MeetingForm
from sisiwu.activities.meetings.models import Kind, Meeting, Presence
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.feeds import feeds
from sisiwu.ledger.queries import last_entry
from sisiwu.register.members.queries import may_open
from sisiwu.register.organizations.models import Organization

FORM = "meetings.meeting"


class MeetingFilters(Filters):
    q = django_filters.CharFilter(field_name="title", lookup_expr="contains", label="主题")
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="类别", empty_label="全部")
    since = django_filters.DateFilter(field_name="on", lookup_expr="gte", label="从")
    until = django_filters.DateFilter(field_name="on", lookup_expr="lte", label="到")


class MeetingTable(tables.Table):
    on = tables.Column("日期")
    kind = tables.Column("类别", accessor="kind")
    title = tables.Column("主题")
    organization = tables.Column("党组织", order_by="organization__path")
    state = tables.Column("状态", empty_values=(), orderable=False)

    def render_kind(self, record: Meeting, **_: Any) -> str:
        return str(record.get_kind_display())

    def render_title(self, record: Meeting, **_: Any) -> str:
        return format_html('<a href="/meetings/{}/">{}</a>', record.pk, record.title)

    def render_state(self, record: Any, **_: Any) -> str:
        word, look = {True: ("已核实", "ok"), False: ("已退回", "back"), None: ("待核实", "wait")}[record.accepted]
        late = format_html(' <span class="tag late">补录</span>') if record.is_late else ""
        return format_html('<span class="tag {}">{}</span>{}', look, word, late)

    def value_state(self, record: Any) -> str:
        return {True: "已核实", False: "已退回", None: "待核实"}[record.accepted]

    value_title = staticmethod(lambda record: record.title)


class MeetingDesk(Desk):
    title = "活动：会议与组织生活"
    verb = Verb.VIEW
    table = MeetingTable
    filters = MeetingFilters
    empty = "还没有会议记录。"
    tabs = TABS

    def rows(self) -> QuerySet[Meeting]:
        return queries.listed(self.request.user)

    def actions(self) -> list[tuple[str, str]]:
        return [("记录一次会议", reverse("meetings:new"))] if may(self.request.user, Verb.ENTER) else []


@login_required
def new(request: Request) -> HttpResponse:
    """Record a meeting."""
    branch = chosen_organization(request)
    if branch is None:
        return choose(request)
    if request.method == "POST":
        return _received(request, MeetingForm(request.POST, user=request.user, organization=branch), branch)
    typed = draft_of(request.user, FORM)
    if typed is not None and typed.get("organization") == str(branch.pk):
        form = MeetingForm(typed, user=request.user, organization=branch)
        form.errors.clear()
        return _page(request, form, branch, resumed=True)
    last = Meeting.objects.filter(organization=branch).order_by("-on").first()
    initial = {"kind": Kind.PARTY_DAY, "host": last.host_id if last else None}
    return _page(request, MeetingForm(initial=initial, user=request.user, organization=branch), branch)


@login_required
def mend(request: Request, pk: int) -> HttpResponse:
    """Mend a meeting that was returned."""
    meeting = get_object_or_404(queries.visible(request.user), pk=pk)
    branch = meeting.organization
    if not may(request.user, Verb.ENTER, branch.path):
        raise PermissionDenied
    typed = request.POST if request.method == "POST" else None
    form = MeetingForm(typed, instance=meeting, user=request.user, organization=branch)
    return _received(request, form, branch) if typed is not None else _page(request, form, branch)


def _received(request: Request, form: MeetingForm, branch: Organization) -> HttpResponse:
    if form.is_valid():
        data = form.cleaned_data
        try:
            entry = actions.enter(
                form.instance,
                form.presences(),
                by=request.user,
                key=data["key"],
                is_late=form.is_late(data["on"]),
                late_because=data["late_because"],
                version=data["version"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            drop_draft(request.user, FORM)
            messages.success(request, f"已提交：{entry.title}。机关党委核实后计入，不用再报第二遍。")
            return redirect(entry.url)
    return _page(request, form, branch, status=422)


@login_required
@require_POST
def draft(request: Request) -> HttpResponse:
    """Keep what is being typed; with ``drop``, forget it."""
    if "drop" in request.GET:
        drop_draft(request.user, FORM)
        return redirect("meetings:new")
    keep_draft(request.user, FORM, request.POST)
    return HttpResponse(status=204)


@login_required
def feeding(request: Request) -> HttpResponse:
    """Where a meeting of a kind will count (shown while the form is open)."""
    kind = request.GET.get("kind", "")
    if kind not in Kind.values:
        raise Http404
    return render(request, "meetings/form.html#feeds", {"feeds": feeds(kinds_of(kind))})


@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One meeting: what happened, who was there, what became of it."""
    meeting = get_object_or_404(queries.visible(request.user), pk=pk)
    path = meeting.organization.path
    present = meeting.attendances.select_related("member").order_by("member__strokes")
    if not may(request.user, Verb.MEMBERS, path):
        present = present.filter(member__user=request.user)
    entry = last_entry(meeting.source)
    decision = getattr(entry, "decision", None)
    context = {
        "title": meeting.title,
        "meeting": meeting,
        "present": present,
        "entry": entry,
        "decision": decision,
        "count": meeting.attendances.filter(presence__in=[Presence.PRESENT, Presence.LATE]).count(),
        "due": meeting.attendances.count(),
        "may_mend": decision is not None and not decision.accepted and may(request.user, Verb.ENTER, path),
        "feeds": feeds(kinds_of(meeting.kind)),
        "may_open": may_open,
    }
    return render(request, "meetings/detail.html", context)


def _page(
    request: Request, form: MeetingForm, branch: Organization, status: int = 200, *, resumed: bool = False
) -> HttpResponse:
    kind = str(form["kind"].value() or Kind.PARTY_DAY)
    context = {
        "title": "修改会议记录" if form.instance.pk else "记录一次会议",
        "form": form,
        "branch": branch,
        "feeds": feeds(kinds_of(kind)) if kind in Kind.values else [],
        "absences": [choice for choice in Presence.choices if choice[0] != Presence.PRESENT],
        "resumed": resumed,
    }
    return render(request, "meetings/form.html", context, status=status)
