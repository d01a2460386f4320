"""Pages of visits."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables

from sisiwu.activities.entries.pages import EntryDesk, EntryFilters, EntryTable, Pages
from sisiwu.activities.visits import actions
from sisiwu.activities.visits.facts import MADE
from sisiwu.activities.visits.forms import VisitForm
from sisiwu.activities.visits.models import Kind, Visit
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.actions import Entry


class VisitFilters(EntryFilters):
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="种类", empty_label="全部")
    place = django_filters.CharFilter(lookup_expr="contains", label="去了哪里")


class VisitTable(EntryTable):
    kind = tables.Column("种类")
    place = tables.Column("去了哪里")

    class Meta:
        sequence = ("on", "kind", "place", "title", "...")


class VisitPages(Pages[Visit, VisitForm]):
    room, model, form = "visits", Visit, VisitForm
    new_words, mend_words = "登记一次走访", "修改走访记录"

    def kinds(self, kind: str) -> list[str]:
        return [MADE]

    def enter(self, form: VisitForm, request: Request) -> Entry:
        return actions.enter(form.instance, form.people(), by=request.user, **form.how())

    def lines(self, one: Visit) -> list[tuple[str, object]]:
        return [("种类", one.get_kind_display()), ("去了哪里", one.place), ("发现的问题和建议", one.findings)]

    def shown(self, request: Request, one: Visit) -> dict[str, Any]:
        return {"people": one.visitors.order_by("strokes", "id"), "people_words": "走访人员"}


pages = VisitPages()


class VisitDesk(EntryDesk):
    title = "活动：走访"
    table, filters, pages = VisitTable, VisitFilters, pages
    empty = "还没有走访记录。"
