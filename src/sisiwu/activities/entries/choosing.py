"""The page that asks for which organization."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sisiwu.activities.entries.queries import enterable
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.organizations.queries import searched

SHOWN_MAX = 30


def choose(request: Request) -> HttpResponse:
    """Those one may enter for, by name or sound."""
    rows, text = enterable(request.user), request.GET.get("q", "")
    if text:
        rows = searched(rows, text)
    return render(request, "entries/choose.html", {"title": "为哪个党组织记录", "rows": rows[:SHOWN_MAX], "q": text})
