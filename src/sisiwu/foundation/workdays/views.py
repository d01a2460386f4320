"""Pages of working days."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.foundation.workdays import actions, queries
from sisiwu.foundation.workdays.forms import YearForm
from sisiwu.foundation.workdays.models import Year
from sisiwu.foundation.workdays.notice import spans_of, write_notice


@login_required
def years(request: Request) -> HttpResponse:
    """One year's days that differ from Monday to Friday, and which years are known."""
    year = _asked(request)
    one = Year.objects.filter(year=year).select_related("by").first()
    context = {
        "title": f"工作日：{year}年",
        "year": year,
        "one": one,
        "spans": _spans(one) if one else [],
        "known": sorted(queries.calendar().years, reverse=True),
        "covered": queries.covered(),
        "unknown": queries.UNKNOWN,
        "may_keep": actions.may_keep(request.user),
    }
    return render(request, "workdays/year.html", context)


@login_required
def publish(request: Request) -> HttpResponse:
    """Paste a year, or mend one that is there."""
    if not actions.may_keep(request.user):
        raise PermissionDenied
    year = _asked(request)
    one = Year.objects.filter(year=year).first()
    initial = {"year": year, "source": one.source if one else f"国务院办公厅关于{year}年部分节假日安排的通知"}
    if one:
        initial["text"] = write_notice(one.days.values_list("day", "is_worked", "name"))
    return carry_out(
        request,
        YearForm(request.POST or None, initial=initial),
        lambda typed: actions.publish(typed["year"], typed["text"], source=typed["source"], by=request.user),
        title="录入一年的放假安排",
        said="已保存；从现在起按它数工作日。",
        back=f"/workdays/?year={year}",
    )


def _spans(one: Year) -> list[tuple[date, date, bool, str, int]]:
    rows = spans_of(one.days.values_list("day", "is_worked", "name"))
    return [(first, last, worked, name, (last - first).days + 1) for first, last, worked, name in rows]


def _asked(request: Request) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and len(asked) == len("2026") else timezone.localdate().year
