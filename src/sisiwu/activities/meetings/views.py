"""Pages of meetings."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.urls import reverse

from sisiwu.activities.entries.pages import EntryDesk, EntryFilters, EntryTable, Pages
from sisiwu.activities.meetings import actions
from sisiwu.activities.meetings.facts import kinds_of
from sisiwu.activities.meetings.forms import MeetingForm
from sisiwu.activities.meetings.models import Kind, Meeting, Presence
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.actions import Entry
from sisiwu.register.organizations.models import Organization


class MeetingFilters(EntryFilters):
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="类别", empty_label="全部")


class MeetingTable(EntryTable):
    kind = tables.Column("类别")

    class Meta:
        sequence = ("on", "kind", "...")


class MeetingPages(Pages[Meeting, MeetingForm]):
    room, model, form = "meetings", Meeting, MeetingForm
    new_words, mend_words = "记录一次会议", "修改会议记录"
    form_template, detail_template = "meetings/form.html", "meetings/detail.html"
    absences: ClassVar = [choice for choice in Presence.choices if choice[0] != Presence.PRESENT]

    def kinds(self, kind: str) -> list[str]:
        return kinds_of(kind) if kind in Kind.values else []

    def enter(self, form: MeetingForm, request: Request) -> Entry:
        return actions.enter(form.instance, form.presences(), by=request.user, prepared=form.prepared, **form.how())

    def initial(self, branch: Organization) -> dict[str, Any]:
        last = Meeting.objects.filter(organization=branch).order_by("-on").first()
        return {"kind": Kind.PARTY_DAY, "host": last.host_id if last else None}

    def lines(self, one: Meeting) -> list[tuple[str, object]]:
        lines: list[tuple[str, object]] = [
            ("类别", one.get_kind_display()), ("地点", one.place), ("主持人", one.host),
        ]  # fmt: skip
        return [*lines, ("讲课人", one.lecturer)] if one.lecturer else lines

    def asked(self, form: MeetingForm) -> dict[str, Any]:
        return {"absences": self.absences}

    def shown(self, request: Request, one: Meeting) -> dict[str, Any]:
        present = one.attendances.select_related("member").order_by("member__strokes")
        if not may(request.user, Verb.MEMBERS, one.organization.path):
            present = present.filter(member__user=request.user)
        came = one.attendances.filter(presence__in=[Presence.PRESENT, Presence.LATE])
        return {"present": present, "count": came.count(), "due": one.attendances.count()}


pages = MeetingPages()


class MeetingDesk(EntryDesk):
    title = "活动：会议与组织生活"
    table, filters, pages = MeetingTable, MeetingFilters, pages
    empty = "还没有会议记录。"

    def actions(self) -> list[tuple[str, str]]:
        shown = super().actions()
        return [*shown, ("会前：准备签到", reverse("meetings:prepare"))] if shown else []
