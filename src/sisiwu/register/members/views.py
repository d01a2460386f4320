"""Pages of members: the list, and entering one. What is shown of one is assembled in faces/web."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import format_html

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.register.members import actions, queries
from sisiwu.register.members.models import Member, Status
from sisiwu.register.organizations import queries as organizations


class MemberFilters(Filters):
    q = django_filters.CharFilter(method="search", label="姓名、拼音或编号")
    status = django_filters.ChoiceFilter(choices=Status.choices, label="党籍", empty_label="全部")
    order = django_filters.ChoiceFilter(
        choices=[("spoken", "拼音"), ("strokes", "姓氏笔画")], label="排序", method="arrange", empty_label=None
    )

    def search(self, rows: QuerySet[Member], _name: str, text: str) -> QuerySet[Member]:
        return queries.searched(rows, text)

    def arrange(self, rows: QuerySet[Member], _name: str, value: str) -> QuerySet[Member]:
        return rows.order_by(value, "id")


class MemberTable(tables.Table):
    name = tables.Column("姓名", order_by="spoken")
    code = tables.Column("编号")
    branch = tables.Column("所在支部", orderable=False)
    status = tables.Column("党籍")
    joined_on = tables.DateColumn(verbose_name="入党日期")

    def render_name(self, record: Member, **_: Any) -> str:
        return format_html('<a href="/members/{}/">{}</a>', record.pk, record.name)

    def render_status(self, record: Member, **_: Any) -> str:
        return str(record.get_status_display())

    value_name = staticmethod(lambda record: record.name)


class EnterForm(FormMixin, forms.Form):
    """A person into the register of a branch."""

    name = forms.CharField(label="姓名", max_length=50)
    code = forms.CharField(label="编号", max_length=20, help_text="例如 M00123，不能与别人相同")
    status = forms.TypedChoiceField(label="党籍", choices=Status.choices, coerce=int)
    joined_on = DayField(label="入党日期", required=False)
    is_officer = forms.BooleanField(label="民警", required=False, initial=True)
    since = DayField(label="编入本支部的日期")


@login_required
def enter(request: Request, pk: int) -> HttpResponse:
    """A person into this branch."""
    branch = organizations.looked_after(request.user, pk)
    return carry_out(
        request,
        EnterForm(request.POST or None),
        lambda data: actions.enter(branch=branch, by=request.user, **data),
        title=f"录入党员：{branch}",
        said="已录入名册。",
        back=f"/organizations/{pk}/",
    )


class LinkForm(FormMixin, forms.Form):
    """Which account is the member's."""

    username = forms.CharField(label="用户名", help_text="由系统管理员开通；关联后本人能看到自己的档案和积分")

    def clean_username(self) -> User:
        user = User.objects.filter(username=self.cleaned_data["username"].strip(), is_active=True).first()
        if user is None:
            raise forms.ValidationError("没有这个可用的账号，请核对用户名，或请系统管理员先开通。")
        return user


@login_required
def link(request: Request, pk: int) -> HttpResponse:
    """A member's account."""
    one = get_object_or_404(queries.visible(request.user).select_related("branch"), pk=pk)
    demand(request.user, Verb.REGISTER, one.branch.path)
    return carry_out(
        request,
        LinkForm(request.POST or None),
        lambda data: actions.link(one, data["username"], since=timezone.localdate(), by=request.user),
        title=f"关联账号：{one}",
        said="已关联，本人现在可以登录查看。",
        back=f"/members/{pk}/",
        button="关联",
    )


class MemberDesk(Desk):
    title = "党员"
    table = MemberTable
    filters = MemberFilters
    empty = "没有找到。看不到的党员不在您的管理范围内。"
    tabs = queries.TABS

    def rows(self) -> QuerySet[Member]:
        return queries.visible(self.request.user).select_related("branch")
