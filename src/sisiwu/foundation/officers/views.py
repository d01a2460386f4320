"""Pages of the system officer and the security officer."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.officers import actions
from sisiwu.foundation.officers.places import Place, place
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out, tell


class AccountFilters(Filters):
    q = django_filters.CharFilter(method="search", label="姓名或用户名")

    def search(self, rows: QuerySet[User], _name: str, text: str) -> QuerySet[User]:
        return rows.filter(Q(name__contains=text.strip()) | Q(username__icontains=text.strip()))


class AccountTable(tables.Table):
    name = tables.Column("姓名")
    username = tables.Column("用户名")
    is_active = tables.Column("状态")

    def render_name(self, record: User, **_: Any) -> str:
        return format_html('<a href="/accounts/people/{}/">{}</a>', record.pk, record.name)

    def render_is_active(self, record: User, **_: Any) -> str:
        word, look = ("可用", "ok") if record.is_active else ("已停用", "back")
        return format_html('<span class="tag {}">{}</span>', look, word)

    value_name = staticmethod(lambda record: record.name)
    value_is_active = staticmethod(lambda record: "可用" if record.is_active else "已停用")


class AccountDesk(Desk):
    title = "账号"
    table, filters = AccountTable, AccountFilters
    empty = "没有找到这个账号。"

    def rows(self) -> QuerySet[User]:
        if not _works_here(self.request):
            raise PermissionDenied
        return User.objects.order_by("name", "pk")

    def actions(self) -> list[tuple[str, str]]:
        return [("开通账号", "/accounts/people/open/")] if may(self.request.user, Verb.ACCOUNTS) else []


def _works_here(request: Any) -> bool:
    return may(request.user, Verb.ACCOUNTS) or may(request.user, Verb.GRANTS)


class OpenForm(FormMixin, forms.Form):
    """Whose account, and how they sign in."""

    name = forms.CharField(label="姓名", max_length=50)
    username = forms.RegexField(
        r"^[\w.@+-]+$", label="用户名", max_length=150, help_text="字母、数字和 . _ - @",
        error_messages={"invalid": "用户名只能用字母、数字和 . _ - @，中间没有空格。"},
    )  # fmt: skip


@login_required
def open_account(request: Request) -> HttpResponse:
    """Open an account; its first password is shown once."""
    if not may(request.user, Verb.ACCOUNTS):
        raise PermissionDenied
    form, status = OpenForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                user, password = actions.open_account(**form.cleaned_data, by=request.user)
            except ValidationError as error:
                tell(form, error)
            else:
                return _handed_over(request, user, password)
    context = {"title": "开通账号", "form": form, "button": "开通", "back": "/accounts/people/"}
    return render(request, "ui/task.html", context, status=status)


def _handed_over(request: Request, user: User, password: str) -> HttpResponse:
    answer = render(request, "officers/password.html", {"title": "初始密码", "person": user, "password": password})
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
def account(request: Request, pk: int) -> HttpResponse:
    """One account: state, roles and where they come from."""
    if not _works_here(request):
        raise PermissionDenied
    user = get_object_or_404(User, pk=pk)
    today = timezone.localdate()
    grants = list(user.grants.order_by("until", "since", "pk"))
    places = {one.path: place(one.path) for one in grants}
    context = {
        "title": user.name, "person": user, "today": today,
        "grants": [(one, places[one.path], one.until is None or one.until > today) for one in grants],
        "may_accounts": may(request.user, Verb.ACCOUNTS) and user != request.user,
        "may_grants": may(request.user, Verb.GRANTS) and user != request.user,
    }  # fmt: skip
    return render(request, "officers/account.html", context)


@login_required
@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Reset, close or reopen."""
    user = get_object_or_404(User, pk=pk)
    if not may(request.user, Verb.ACCOUNTS):
        raise PermissionDenied
    do = request.POST.get("do")
    if do == "reset":
        return _handed_over(request, user, actions.reset(user, by=request.user))
    if do == "close":
        actions.close(user, by=request.user)
        messages.success(request, "已停用，登录已全部退出；做过的事都在。")
    elif do == "reopen":
        actions.reopen(user, by=request.user)
        messages.success(request, "已恢复使用。")
    return redirect("officers:account", pk)


class GiveForm(FormMixin, forms.Form):
    """Which role, where, for how long."""

    role = forms.ChoiceField(label="角色", choices=Role.choices)
    at = forms.CharField(
        label="范围", required=False, help_text="写党组织的编号或名称；全系统留空（三员不用填）", max_length=100
    )
    since = DayField(label="从哪一天起")
    until = DayField(label="到哪一天止（不含当天）", required=False)

    def clean_at(self) -> Place:
        return place(named=self.cleaned_data["at"].strip())


@login_required
def give(request: Request, pk: int) -> HttpResponse:
    """Give a role."""
    if not may(request.user, Verb.GRANTS):
        raise PermissionDenied
    user = get_object_or_404(User, pk=pk)
    return carry_out(
        request,
        GiveForm(request.POST or None, initial={"since": timezone.localdate()}),
        lambda data: actions.give(
            user, data["role"], data["at"].path, since=data["since"], until=data["until"], by=request.user
        ),
        title=f"授予角色：{user}",
        said="已授予。",
        back=f"/accounts/people/{pk}/",
        button="授予",
    )


@login_required
@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    """Withdraw a role."""
    given = get_object_or_404(Grant.objects.select_related("user"), pk=pk)
    if not may(request.user, Verb.GRANTS):
        raise PermissionDenied
    try:
        actions.take(given, by=request.user)
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
    else:
        messages.success(request, "已收回。")
    return redirect("officers:account", given.user_id)
