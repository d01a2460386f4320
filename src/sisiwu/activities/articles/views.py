"""Pages of articles."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from sisiwu.activities.articles import actions, queries
from sisiwu.activities.articles.facts import PUBLISHED
from sisiwu.activities.articles.forms import ArticleForm
from sisiwu.activities.articles.models import Article, Level
from sisiwu.activities.entries.queries import TABS, chosen_organization
from sisiwu.activities.entries.views import choose
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import tell
from sisiwu.ledger.feeds import feeds
from sisiwu.ledger.queries import last_entry
from sisiwu.register.organizations.models import Organization

STATES = {True: ("已核实", "ok"), False: ("已退回", "back"), None: ("待核实", "wait")}


class ArticleFilters(Filters):
    q = django_filters.CharFilter(field_name="title", lookup_expr="contains", label="题目")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="级别", empty_label="全部")


class ArticleTable(tables.Table):
    on = tables.Column("刊发日期")
    title = tables.Column("题目")
    medium = tables.Column("报刊")
    level = tables.Column("级别")
    organization = tables.Column("党组织", order_by="organization__path")
    state = tables.Column("状态", empty_values=(), orderable=False)

    def render_title(self, record: Article, **_: Any) -> str:
        return format_html('<a href="/articles/{}/">{}</a>', record.pk, record.title)

    def render_level(self, record: Article, **_: Any) -> str:
        return str(record.get_level_display())

    def render_state(self, record: Any, **_: Any) -> str:
        word, look = STATES[record.accepted]
        return format_html('<span class="tag {}">{}</span>', look, word)

    def value_state(self, record: Any) -> str:
        return STATES[record.accepted][0]

    value_title = staticmethod(lambda record: record.title)


class ArticleDesk(Desk):
    title = "活动：稿件"
    verb = Verb.VIEW
    table = ArticleTable
    filters = ArticleFilters
    empty = "还没有稿件。"
    tabs = TABS

    def rows(self) -> QuerySet[Article]:
        return queries.listed(self.request.user)

    def actions(self) -> list[tuple[str, str]]:
        return [("登记一篇稿件", reverse("articles:new"))] if may(self.request.user, Verb.ENTER) else []


@login_required
def new(request: Request) -> HttpResponse:
    """Enter an article."""
    branch = chosen_organization(request)
    if branch is None:
        return choose(request)
    return _form(request, ArticleForm(request.POST or None, user=request.user, organization=branch), branch)


@login_required
def mend(request: Request, pk: int) -> HttpResponse:
    """Mend an article that was returned."""
    one = get_object_or_404(queries.visible(request.user), pk=pk)
    branch = one.organization
    if not may(request.user, Verb.ENTER, branch.path):
        raise PermissionDenied
    return _form(
        request, ArticleForm(request.POST or None, instance=one, user=request.user, organization=branch), branch
    )


@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One article and what became of it."""
    one = get_object_or_404(queries.visible(request.user), pk=pk)
    entry = last_entry(one.source)
    decision = getattr(entry, "decision", None)
    returned = decision is not None and not decision.accepted
    context = {
        "title": one.title,
        "one": one,
        "entry": entry,
        "decision": decision,
        "may_mend": returned and may(request.user, Verb.ENTER, one.organization.path),
        "feeds": feeds([PUBLISHED]),
    }
    return render(request, "articles/detail.html", context)


def _form(request: Request, form: ArticleForm, branch: Organization) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                entry = actions.enter(
                    form.instance,
                    by=request.user,
                    key=data["key"],
                    is_late=form.is_late(data["on"]),
                    late_because=data["late_because"],
                    version=data["version"],
                )
            except ValidationError as error:
                tell(form, error)
            else:
                messages.success(request, f"已提交：{entry.title}。机关党委核实后计入，不用再报第二遍。")
                return redirect(entry.url)
    context = {"title": "登记一篇稿件", "form": form, "branch": branch, "feeds": feeds([PUBLISHED])}
    return render(request, "articles/form.html", context, status=status)
