"""Pages of organizations: the list, and changing one. What is shown of one is assembled in faces/web."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html

from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.organizations import actions, queries
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.organizations.regions import REGIONS


class OrganizationFilters(Filters):
    q = django_filters.CharFilter(method="search", label="名称、拼音或编号")
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="类别", empty_label="全部")
    region = django_filters.ChoiceFilter(choices=REGIONS, label="地区", empty_label="全部")

    def search(self, rows: QuerySet[Organization], _name: str, text: str) -> QuerySet[Organization]:
        return queries.searched(rows, text)


class OrganizationTable(tables.Table):
    name = tables.Column("名称", order_by="spoken")
    kind = tables.Column("类别")
    parent = tables.Column("上级", orderable=False)
    region = tables.Column("地区")
    founded_on = tables.DateColumn(verbose_name="成立日期")
    dissolved_on = tables.DateColumn(verbose_name="撤销日期")

    def render_name(self, record: Organization, **_: Any) -> str:
        return format_html('<a href="/organizations/{}/">{}</a>', record.pk, record.name)

    def render_kind(self, record: Organization, **_: Any) -> str:
        return str(record.get_kind_display())

    def render_region(self, value: int, **_: Any) -> str:
        return dict(REGIONS).get(value, str(value))

    value_name = staticmethod(lambda record: record.name)


class OrganizationDesk(Desk):
    title = "党组织"
    verb = Verb.VIEW
    table = OrganizationTable
    filters = OrganizationFilters

    def rows(self) -> QuerySet[Organization]:
        return queries.visible(self.request.user, Verb.VIEW).select_related("parent")


class ChangeForm(FormMixin, forms.Form):
    """Rename or move; what is left as it is stays."""

    name = forms.CharField(label="名称", max_length=100)
    kind = forms.TypedChoiceField(label="类别", choices=Kind.choices, coerce=int)
    parent = forms.CharField(label="上级（编号）", required=False, help_text="移到别的上级时改写；写上级的编号")
    on = DayField(label="从哪一天起")
    why = forms.CharField(label="依据或事由", max_length=100, help_text="例如：批复文号")

    def clean_parent(self) -> Organization | None:
        code = self.cleaned_data["parent"]
        if not code:
            return None
        one = Organization.objects.filter(code=code, dissolved_on__isnull=True).first()
        if one is None:
            raise ValidationError(f"没有编号为“{code}”的组织，请在党组织列表里查编号。")
        return one


class EndForm(FormMixin, forms.Form):
    """Dissolve."""

    on = DayField(label="撤销日期")
    why = forms.CharField(label="依据或事由", max_length=100)


@login_required
def change(request: Request, pk: int) -> HttpResponse:
    """Rename, move or change the kind from a day on."""
    one = _registered(request, pk)
    initial = {"name": one.name, "kind": one.kind, "parent": one.parent.code if one.parent else ""}
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(one, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, "；".join(error.messages))
        else:
            messages.success(request, "已变更；以前的名称和隶属仍可按日期查到。")
            return redirect(f"/organizations/{pk}/")
    return render(request, "ui/task.html", {"title": f"变更：{one}", "form": form, "back": f"/organizations/{pk}/"})


@login_required
def dissolve(request: Request, pk: int) -> HttpResponse:
    """The organization ends."""
    one = _registered(request, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dissolve(one, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, "；".join(error.messages))
        else:
            messages.success(request, "已撤销；过去的记录都保留。")
            return redirect(f"/organizations/{pk}/")
    context = {"title": f"撤销：{one}", "form": form, "button": "撤销", "back": f"/organizations/{pk}/"}
    return render(request, "ui/task.html", context)


def _registered(request: Request, pk: int) -> Organization:
    one = get_object_or_404(queries.visible(request.user, Verb.VIEW), pk=pk)
    if not may(request.user, Verb.REGISTER, one.path):
        raise PermissionDenied
    return one
