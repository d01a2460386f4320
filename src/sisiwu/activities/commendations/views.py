"""Pages of commendations: the honours register."""

from __future__ import annotations

import django_filters
import django_tables2 as tables

from sisiwu.activities.commendations import actions
from sisiwu.activities.commendations.forms import CommendationForm
from sisiwu.activities.commendations.models import Commendation, Kind, Level
from sisiwu.activities.entries.pages import EntryDesk, EntryFilters, EntryTable, Pages
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.actions import Entry


class CommendationFilters(EntryFilters):
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="表彰对象", empty_label="全部")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="级别", empty_label="全部")


class CommendationTable(EntryTable):
    title = tables.Column("表彰名称")
    level = tables.Column("级别")
    granted_by = tables.Column("表彰单位")

    class Meta:
        sequence = ("on", "title", "level", "granted_by", "...")


class CommendationPages(Pages[Commendation, CommendationForm]):
    room, model, form = "commendations", Commendation, CommendationForm
    new_words, mend_words = "登记一项表彰", "修改表彰"

    def kinds(self, kind: str) -> list[str]:
        return [kind if kind in Kind.values else Kind.PRAISE]

    def enter(self, form: CommendationForm, request: Request) -> Entry:
        return actions.enter(form.instance, by=request.user, **form.how())

    def lines(self, one: Commendation) -> list[tuple[str, object]]:
        return [
            ("表彰对象", f"{one.get_kind_display()} {one.member or ''}"), ("级别", one.get_level_display()),
            ("表彰单位", one.granted_by), ("文号", one.number),
        ]  # fmt: skip


pages = CommendationPages()


class CommendationDesk(EntryDesk):
    title = "活动：表彰与荣誉"
    table, filters, pages = CommendationTable, CommendationFilters, pages
    empty = "还没有表彰记录。"
