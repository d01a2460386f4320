"""填报负担: what every form asks, what a branch's month costs, and how each burden rule is held (R6, R5, N11)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sisiwu.faces.web.burden_rules import ARTICLES, REQUIREMENTS, Article
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.burden import (
    BUDGET_SECONDS,
    BURDENS,
    DEADLINES,
    burden_of,
    minutes_text,
    routine_seconds,
    said_before_issuing,
)  # fmt: skip
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.queries import entered_per_form
from sisiwu.register.organizations.models import Kind, Organization

HOLDS = Path(__file__).with_name("holds.json")
"""requirement -> the tests that hold it; written by ``make burden`` from the tests themselves."""
BRANCHES = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.TEMPORARY_BRANCH, Kind.TEMPORARY_JOINT_BRANCH)


@dataclass(frozen=True)
class Month:
    """What was in fact entered of a month's work: seconds per branch, the middle one and the largest."""

    first: date
    branches: int
    median_seconds: int
    largest_seconds: int

    @property
    def words(self) -> str:
        """The median in minutes."""
        return minutes_text(self.median_seconds)

    @property
    def largest(self) -> str:
        """The largest in minutes."""
        return minutes_text(self.largest_seconds)


@cache
def holds() -> dict[str, list[dict[str, str]]]:
    """The tests of every requirement."""
    kept: dict[str, list[dict[str, str]]] = json.loads(HOLDS.read_text(encoding="utf-8"))
    return kept


def last_month(today: date) -> Month:
    """What branches entered of the calendar month before a day, at the estimate of each form; in two questions."""
    last = today.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    alive = Organization.objects.filter(kind__in=BRANCHES, founded_on__lte=last)
    alive = alive.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=first))
    seconds = dict.fromkeys(alive.values_list("pk", flat=True), 0)
    for organization, form, number in entered_per_form(first, last):
        if organization in seconds:
            seconds[organization] += number * _seconds(form)
    values = list(seconds.values()) or [0]
    return Month(first, len(seconds), int(median(values)), max(values))


def _seconds(form: str) -> int:
    try:
        return burden_of(form).seconds
    except KeyError:
        return 60


@login_required
def page(request: Request) -> HttpResponse:
    """Forms, minutes, deadlines, rules and their tests; and what one more form would add."""
    if not may(request.user, Verb.VIEW):
        raise PermissionDenied
    context: dict[str, Any] = {
        "title": "填报负担",
        "burdens": BURDENS,
        "routine": minutes_text(routine_seconds()),
        "budget": minutes_text(BUDGET_SECONDS),
        "month": last_month(timezone.localdate()),
        "deadlines": DEADLINES,
        "articles": [(one, _held(one)) for one in ARTICLES],
        "requirements": [(code, words, holds().get(code, [])) for code, words in REQUIREMENTS.items()],
        "asked": request.GET,
        "warned": _warned(request.GET.get("times", ""), request.GET.get("minutes", "")),
    }
    return render(request, "web/burden.html", context)


def _held(article: Article) -> list[dict[str, str]]:
    found = [test for code in article.requirements for test in holds().get(code, [])]
    return list({test["test"]: test for test in found}.values())


def _warned(times: str, minutes: str) -> str:
    if not (times.isdigit() and minutes.isdigit() and len(times) + len(minutes) <= 8):
        return ""
    return said_before_issuing(int(times), int(minutes) * 60)
