"""Pages of organizations: the list, and changing one. What is shown of one is assembled in faces/web."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html

from sisiwu.foundation.accounts.policies import demand, may, scope
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import PER_PAGE, Desk, Filters
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.register.organizations import actions, queries, trees
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
    tabs = queries.TABS

    def actions(self) -> list[tuple[str, str]]:
        return [("导入、导出名册", "/intake/")] if may(self.request.user, Verb.REGISTER) else []

    def rows(self) -> QuerySet[Organization]:
        return queries.visible(self.request.user, Verb.VIEW).select_related("parent")


class ChangeForm(FormMixin, forms.Form):
    """Rename or move; what is left as it is stays."""

    name = forms.CharField(label="名称", max_length=100)
    kind = forms.TypedChoiceField(label="类别", choices=Kind.choices, coerce=int)
    parent = forms.CharField(label="上级（编号）", required=False, help_text="移到别的上级时改写；写上级的编号")
    on = DayField(label="从哪一天起")
    why = forms.CharField(label="依据或事由", max_length=100, help_text="例如：批复文号")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

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


class FoundForm(FormMixin, forms.Form):
    """A new organization."""

    name = forms.CharField(label="名称", max_length=100)
    code = forms.CharField(label="编号", max_length=20, help_text="例如 DZ0123，不能与别的组织相同")
    kind = forms.TypedChoiceField(label="类别", choices=Kind.choices, coerce=int, initial=Kind.BRANCH)
    region = forms.TypedChoiceField(label="地区", choices=REGIONS, coerce=int)
    place = forms.CharField(label="常用地点", max_length=60, required=False)
    is_grassroots = forms.BooleanField(label="基层一线单位", required=False)
    is_window = forms.BooleanField(label="窗口单位", required=False)
    on = DayField(label="成立日期")


@login_required
def found(request: Request, pk: int) -> HttpResponse:
    """A new organization under this one."""
    parent = queries.looked_after(request.user, pk)
    return carry_out(
        request,
        FoundForm(request.POST or None),
        lambda data: actions.found(parent=parent, by=request.user, **data),
        title=f"在“{parent}”下成立组织",
        said="已成立。",
        back=f"/organizations/{pk}/",
        button="成立",
    )


@login_required
def change(request: Request, pk: int) -> HttpResponse:
    """Rename, move or change the kind from a day on."""
    one = queries.looked_after(request.user, pk)
    seen = one.versions.filter(until__isnull=True).values_list("pk", flat=True).first()
    initial = {"seen": seen, "name": one.name, "kind": one.kind, "parent": one.parent.code if one.parent else ""}
    return carry_out(
        request,
        ChangeForm(request.POST or None, initial=initial),
        lambda data: actions.change(one, by=request.user, **data),
        title=f"变更：{one}",
        said="已变更；以前的名称和隶属仍可按日期查到。",
        back=f"/organizations/{pk}/",
    )


@login_required
def dissolve(request: Request, pk: int) -> HttpResponse:
    """The organization ends."""
    one = queries.looked_after(request.user, pk)
    return carry_out(
        request,
        EndForm(request.POST or None),
        lambda data: actions.dissolve(one, by=request.user, **data),
        title=f"撤销：{one}",
        said="已撤销；过去的记录都保留。",
        back=f"/organizations/{pk}/",
        button="撤销",
    )


@login_required
def tree(request: Request) -> HttpResponse:
    """The children of one organization with what lies below each; without one, where the user's part begins."""
    demand(request.user, Verb.VIEW)
    at, one, above = request.GET.get("at", ""), None, []
    if at:
        one = get_object_or_404(queries.visible(request.user, Verb.VIEW), pk=at if at.isdigit() else 0)
        own = scope(request.user, Verb.VIEW)
        above = [wider for wider in queries.ancestors(one) if any(wider.path.startswith(path) for path in own)]
    rows = trees.children(one) if one else trees.tops(request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "组织树",
        "tabs": queries.TABS,
        "one": one,
        "above": above,
        "nodes": trees.nodes(list(page.object_list)),
        "page": page,
    }
    return render(request, "organizations/tree.html", context)


@login_required
def regions(request: Request) -> HttpResponse:
    """条块结合: the province by region, each with its organizations by kind."""
    demand(request.user, Verb.VIEW)
    rows = trees.by_region(request.user)
    sums = [sum(row.counts[at] for row in rows) for at in range(len(trees.GROUPS))]
    context = {
        "title": "按地区看党组织",
        "tabs": queries.TABS,
        "regions": rows,
        "groups": [title for title, _ in trees.GROUPS],
        "sums": sums,
        "total": sum(sums),
    }
    return render(request, "organizations/regions.html", context)
