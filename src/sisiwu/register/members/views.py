"""Pages of members: the list. What is shown of one is assembled in faces/web."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html

from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.register.members import queries
from sisiwu.register.members.models import Member, Status


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


class MemberDesk(Desk):
    title = "党员"
    table = MemberTable
    filters = MemberFilters
    empty = "没有找到。看不到的党员不在您的管理范围内。"

    def rows(self) -> QuerySet[Member]:
        return queries.visible(self.request.user).select_related("branch")
