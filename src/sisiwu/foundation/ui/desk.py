"""A list of anything, alike everywhere: search, filters, sorting, paging, export; page and fragment."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import quote

import django_filters
import django_tables2 as tables
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.spreadsheets.sheets import workbook
from sisiwu.foundation.ui.forms import Renderer

PER_PAGE = 20
EXPORT_MAX = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Filters(django_filters.FilterSet):
    """Filters whose form is one of ours."""

    def get_form_class(self) -> Any:
        made = super().get_form_class()
        return type(made.__name__, (made,), {"default_renderer": Renderer})


class Desk(LoginRequiredMixin, View):
    """A list page. A room declares the rows, the columns, the filters and who may look."""

    title: ClassVar[str]
    verb: ClassVar[str | None] = None
    table: ClassVar[type[tables.Table]]
    filters: ClassVar[type[Filters] | None] = None
    template: ClassVar[str] = "ui/list.html"
    fragment: ClassVar[str] = ""
    """Where the rows alone are, when not in the template itself."""
    empty: ClassVar[str] = "这里还没有内容。"
    exports: ClassVar[bool] = True
    tabs: ClassVar[list[tuple[str, str]]] = []
    """Sister lists: words and address."""

    def rows(self) -> QuerySet[Any]:
        """What the user may see."""
        raise NotImplementedError

    def actions(self) -> list[tuple[str, str]]:
        """Buttons above the list: words and address."""
        return []

    def get(self, request: HttpRequest, **_parts: Any) -> HttpResponse:
        if self.verb and not may(request.user, self.verb):
            raise PermissionDenied
        rows, chosen = self.rows(), None
        if self.filters is not None:
            chosen = self.filters(request.GET, queryset=rows, request=request)
            rows = chosen.qs
        sort = [name for name in request.GET.getlist("sort") if name.lstrip("-") in self.table.base_columns]
        table = self.table(rows, order_by=sort or None)
        if self.exports and request.GET.get("export") == "xlsx":
            return self._exported(self.table(list(table.data.data[:EXPORT_MAX])))
        paginator = Paginator(table.data.data, PER_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        context = {
            "desk": self,
            "title": self.title,
            "table": table,
            "filters": chosen,
            "page": page,
            "sort": sort[0] if sort else "",
            "actions": self.actions(),
            "empty": self.empty,
        }
        fragment = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target", "").endswith("rows")
        rows_only = self.fragment or f"{self.template}#rows"
        return render(request, rows_only if fragment else self.template, context)

    def _exported(self, table: tables.Table) -> HttpResponse:
        body = workbook(self.title.replace("：", " "), table.as_values())
        answer = HttpResponse(body, content_type=XLSX)
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(self.title)}.xlsx"
        return answer
