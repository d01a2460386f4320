"""Pages of documents."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.documents import actions, queries
from sisiwu.foundation.documents.citations import citations
from sisiwu.foundation.documents.models import Document
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.templatetags.ui import NONE

STATES = (("yes", "现行"), ("no", "已废止"))


class DocumentFilters(Filters):
    q = django_filters.CharFilter(label="名称、文号、条文", method="of_text")
    state = django_filters.ChoiceFilter(choices=STATES, label="效力", empty_label="全部", method="of_state")

    def of_text(self, rows: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        return queries.searched(rows, value)

    def of_state(self, rows: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        now = queries.in_force(timezone.localdate())
        return rows.filter(now) if value == "yes" else rows.exclude(now)


class DocumentTable(tables.Table):
    title = tables.Column("名称")
    issuer = tables.Column("发文机关")
    number = tables.Column("文号")
    issued_on = tables.Column("发布日期")
    quoted = tables.Column("引用条款")
    state = tables.Column("效力", empty_values=(), orderable=False)

    def render_title(self, record: Document, **_: Any) -> str:
        return format_html('<a href="/documents/{}/">{}</a>', record.pk, record.title)

    def render_issued_on(self, record: Document, **_: Any) -> str:
        return f"{record.issued_on}" if record.issued_on else NONE

    def render_state(self, record: Document, **_: Any) -> str:
        look = "ok" if self.value_state(record) == "现行" else "late"
        return format_html('<span class="tag text-nowrap {}">{}</span>', look, self.value_state(record))

    def value_state(self, record: Document) -> str:
        if record.abolished_on and record.abolished_on <= timezone.localdate():
            return f"{record.abolished_on} 废止"
        return "现行"

    value_title = staticmethod(lambda record: record.title)


class DocumentDesk(Desk):
    title = "资料：文件与条款"
    verb = Verb.VIEW
    table = DocumentTable
    filters = DocumentFilters
    template = "documents/list.html"
    empty = "没有找到文件。"

    def rows(self) -> QuerySet[Document]:
        return Document.objects.annotate(quoted=Count("clauses")).order_by("-issued_on", "title", "pk")

    @property
    def may_sync(self) -> bool:
        return may(self.request.user, Verb.REGISTER)


@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One document: the clauses that schemes quote, and the list items of the schemes in force that stand on each."""
    if not may(request.user, Verb.VIEW):
        raise PermissionDenied
    one = get_object_or_404(Document.objects.select_related("replaced_by"), pk=pk)
    cited = citations(one.code)
    clauses = [(clause, [each for each in cited if each.article == clause.article]) for clause in one.clauses.all()]
    context = {
        "title": one.title,
        "one": one,
        "clauses": clauses,
        "replaces": one.replaces.all(),
        "cited": cited,
        "today": timezone.localdate(),
    }
    return render(request, "documents/detail.html", context)


@login_required
@require_POST
def sync(request: Request) -> HttpResponse:
    """Read the registers of the schemes again."""
    documents, clauses = actions.sync(request.user)
    messages.success(request, f"已按考核办法更新：{documents} 份文件，{clauses} 条引用的条文。")
    return redirect("documents:list")
