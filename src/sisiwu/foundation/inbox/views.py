"""How one is reminded, and what others were asked for."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.inbox import actions, queries
from sisiwu.foundation.inbox.forms import PreferenceForm
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out


@login_required
def reminding(request: Request) -> HttpResponse:
    """On the site, or not at all."""
    form = PreferenceForm(request.POST or None, initial={"channel": queries.preference(request.user)})
    return carry_out(
        request,
        form,
        lambda typed: actions.prefer(request.user, typed["channel"]),
        title="提醒方式",
        said="已保存。",
        back="/",
    )


class AskedFilters(Filters):
    q = django_filters.CharFilter(field_name="title", lookup_expr="contains", label="事项")


class AskedTable(tables.Table):
    title = tables.Column("事项")
    due_on = tables.Column("期限")
    raised_at = tables.Column("提出时间")
    urgent = tables.Column("急件", empty_values=(), orderable=False)

    def render_raised_at(self, record: Task, **_: Any) -> str:
        return f"{record.raised_at:%Y-%m-%d}"

    def render_urgent(self, record: Task, **_: Any) -> str:
        if record.urgent_by:
            return format_html('<span class="tag wait">急件</span> {}', record.urgent_by)
        return format_html('<a href="/inbox/{}/hasten/">标为急件</a>', record.pk)

    def value_urgent(self, record: Task) -> str:
        return str(record.urgent_by or "")


class AskedDesk(Desk):
    title = "发给支部的待办"
    verb = Verb.VERIFY
    table = AskedTable
    filters = AskedFilters
    empty = "没有等支部办理的事项。"

    def rows(self) -> QuerySet[Task]:
        return queries.asked_by(self.request.user)


@login_required
def hasten(request: Request, pk: int) -> HttpResponse:
    """Mark one as urgent."""
    demand(request.user, Verb.VERIFY)
    task = get_object_or_404(queries.asked_by(request.user), pk=pk)
    return carry_out(
        request,
        Form(request.POST if request.method == "POST" else None),
        lambda _typed: actions.hasten(task, by=request.user),
        title=f"标为急件：{task.title}",
        said="已标为急件：下班时间和节假日也会提醒一次。",
        back="/inbox/asked/",
        button="标为急件",
    )
