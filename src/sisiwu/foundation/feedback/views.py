"""Pages of suggestions: saying something (signed in or not), the list of staff, one with its answer."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.feedback import actions, queries
from sisiwu.foundation.feedback.forms import AnswerForm, SuggestionForm
from sisiwu.foundation.feedback.models import Category, Suggestion
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import tell

OPEN = (("open", "待答复"), ("answered", "已答复"), ("closed", "已办结"))


class SuggestionFilters(Filters):
    q = django_filters.CharFilter(field_name="text", lookup_expr="contains", label="内容")
    category = django_filters.ChoiceFilter(choices=Category.choices, label="类别", empty_label="全部")
    state = django_filters.ChoiceFilter(choices=OPEN, label="状态", empty_label="全部", method="of_state")

    def of_state(self, rows: QuerySet[Suggestion], _name: str, value: str) -> QuerySet[Suggestion]:
        if value == "closed":
            return rows.filter(closed_on__isnull=False)
        return rows.filter(closed_on__isnull=True, answered_on__isnull=value == "open")


class SuggestionTable(tables.Table):
    on = tables.Column("日期")
    category = tables.Column("类别")
    text = tables.Column("内容")
    page = tables.Column("所在页面")
    by = tables.Column("提出人", orderable=False)
    state = tables.Column("状态", empty_values=(), orderable=False)

    def render_text(self, record: Suggestion, **_: Any) -> str:
        return format_html('<a href="/feedback/{}/">{}</a>', record.pk, record.text[:60])

    def render_on(self, record: Suggestion, **_: Any) -> str:
        return f"{record.on}"

    def render_by(self, record: Suggestion, **_: Any) -> str:
        return str(record.by or "匿名")

    def render_state(self, record: Suggestion, **_: Any) -> str:
        look = {"待答复": "wait", "已答复": "ok", "已办结": "late"}[record.state]
        return format_html('<span class="tag {}">{}</span>', look, record.state)

    value_text = staticmethod(lambda record: record.text)
    value_state = staticmethod(lambda record: record.state)


class SuggestionDesk(Desk):
    title = "意见建议"
    verb = Verb.VERIFY
    table = SuggestionTable
    filters = SuggestionFilters
    empty = "还没有人提意见。"

    def rows(self) -> QuerySet[Suggestion]:
        return queries.visible(self.request.user)

    def actions(self) -> list[tuple[str, str]]:
        return [("提一条意见", reverse("feedback:new"))]


def new(request: HttpRequest) -> HttpResponse:
    """Say something; the address one came from is filled in. Open to everybody, signed in or not (R14)."""
    user = request.user
    origin = request.GET.get("from", "")
    form = SuggestionForm(request.POST or None, initial={"page": origin if origin.startswith("/") else ""})
    if not user.is_authenticated:
        form.fields["anonymous"].initial = True
        form.fields["anonymous"].disabled = True
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                one = actions.suggest(
                    typed["category"],
                    typed["text"],
                    key=typed["key"],
                    by=user,
                    anonymous=typed["anonymous"],
                    page=typed["page"],
                )
            except ValidationError as error:
                tell(form, error)
            else:
                if one.by is None:
                    return render(request, "feedback/thanks.html", {"title": "已收到", "one": one})
                messages.success(request, "已收到，答复后会出现在您的待办里。")
                return redirect("feedback:detail", one.pk)
    context = {"title": "意见建议", "form": form, "mine": queries.mine(user)[:20], "staff": may(user, Verb.VERIFY)}
    return render(request, "feedback/new.html", context, status=status)


def code(request: HttpRequest) -> HttpResponse:
    """The answer to something said without a name."""
    asked = request.POST.get("code", "")
    one = queries.by_code(asked)
    context = {"title": "凭查询码看答复", "one": one, "asked": asked}
    return render(request, "feedback/code.html", context, status=200 if one or not asked else 404)


@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One suggestion: for who said it, and for staff to answer and close."""
    one = get_object_or_404(queries.visible(request.user), pk=pk)
    staff = may(request.user, Verb.VERIFY)
    form = AnswerForm(request.POST or None, initial={"answer": one.answer}) if staff and not one.closed_on else None
    status = 200
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            if request.POST.get("do") == "close":
                actions.close(one, by=request.user)
                said = "已办结。"
            else:
                actions.answer(one, form.cleaned_data["answer"], by=request.user)
                said = "已答复。"
        except ValidationError as error:
            tell(form, error)
            status = 422
        else:
            messages.success(request, said)
            return redirect("feedback:detail", one.pk)
    actions.read(one, request.user)
    context = {"title": "意见建议", "one": one, "form": form, "staff": staff}
    return render(request, "feedback/detail.html", context, status=status)
