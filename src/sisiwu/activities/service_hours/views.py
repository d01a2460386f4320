"""Pages of services."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables

from sisiwu.activities.entries.pages import EntryDesk, EntryFilters, EntryTable, Pages, for_eyes_of
from sisiwu.activities.service_hours import actions
from sisiwu.activities.service_hours.facts import HOURS
from sisiwu.activities.service_hours.forms import ServiceForm
from sisiwu.activities.service_hours.models import Service
from sisiwu.engine.values import points_text
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.actions import Entry
from sisiwu.register.organizations.models import Organization


class ServiceFilters(EntryFilters):
    place = django_filters.CharFilter(lookup_expr="contains", label="社区或地点")


class ServiceTable(EntryTable):
    place = tables.Column("社区或地点")
    hours_centi = tables.Column("每人小时")

    class Meta:
        sequence = ("on", "title", "place", "hours_centi", "...")

    def render_hours_centi(self, value: int, **_: Any) -> str:
        return points_text(value)


class ServicePages(Pages[Service, ServiceForm]):
    room, model, form = "service_hours", Service, ServiceForm
    new_words, mend_words = "登记一次志愿服务", "修改志愿服务"

    def kinds(self, kind: str) -> list[str]:
        return [HOURS]

    def enter(self, form: ServiceForm, request: Request) -> Entry:
        return actions.enter(form.instance, form.people(), by=request.user, **form.how())

    def initial(self, branch: Organization) -> dict[str, Any]:
        last = Service.objects.filter(organization=branch).order_by("-on").first()
        return {"place": last.place, "hours_centi": last.hours_centi} if last else {}

    def lines(self, one: Service) -> list[tuple[str, object]]:
        return [
            ("社区或地点", one.place), ("每人时长", f"{points_text(one.hours_centi)} 小时"),
            ("参加", f"{one.volunteers.count()} 人"),
        ]  # fmt: skip

    def shown(self, request: Request, one: Service) -> dict[str, Any]:
        return {"people": for_eyes_of(request.user, one, one.volunteers.all()), "people_words": "参加人员"}


pages = ServicePages()


class ServiceDesk(EntryDesk):
    title = "活动：志愿服务"
    table, filters, pages = ServiceTable, ServiceFilters, pages
    empty = "还没有志愿服务记录。"
