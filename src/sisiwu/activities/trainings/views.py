"""Pages of training classes."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables

from sisiwu.activities.entries.pages import EntryDesk, EntryFilters, EntryTable, Pages, for_eyes_of
from sisiwu.activities.trainings import actions
from sisiwu.activities.trainings.facts import COVERAGE, HOURS
from sisiwu.activities.trainings.forms import TrainingForm
from sisiwu.activities.trainings.models import Mode, Training
from sisiwu.engine.values import points_text
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.actions import Entry


class TrainingFilters(EntryFilters):
    kind = django_filters.ChoiceFilter(choices=Mode.choices, label="方式", empty_label="全部")


class TrainingTable(EntryTable):
    kind = tables.Column("方式")
    hours_centi = tables.Column("学时")

    class Meta:
        sequence = ("on", "title", "kind", "hours_centi", "...")

    def render_hours_centi(self, value: int, **_: Any) -> str:
        return points_text(value)


class TrainingPages(Pages[Training, TrainingForm]):
    room, model, form = "trainings", Training, TrainingForm
    new_words, mend_words = "登记一次培训", "修改培训记录"

    def kinds(self, kind: str) -> list[str]:
        return [COVERAGE, HOURS]

    def enter(self, form: TrainingForm, request: Request) -> Entry:
        return actions.enter(form.instance, form.people(), by=request.user, **form.how())

    def lines(self, one: Training) -> list[tuple[str, object]]:
        return [
            ("方式", one.get_kind_display()), ("学时", points_text(one.hours_centi)), ("主办单位", one.organizer),
            ("参训", f"{one.trainees.count()} 人"),
        ]  # fmt: skip

    def shown(self, request: Request, one: Training) -> dict[str, Any]:
        return {"people": for_eyes_of(request.user, one, one.trainees.all()), "people_words": "参训人员"}


pages = TrainingPages()


class TrainingDesk(EntryDesk):
    title = "活动：培训"
    table, filters, pages = TrainingTable, TrainingFilters, pages
    empty = "还没有培训记录。"
