"""Scores: the standings, and why one subject has what it has."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.members import queries as members
from sisiwu.register.organizations import queries as organizations
from sisiwu.scoring.in_force import period_of, scheme
from sisiwu.scoring.queries import ranked, sees_places, standings, told

PER_PAGE = 20


@login_required
def table(request: Request) -> HttpResponse:
    """The organizations a user may see, with their lists; places only for the assessment office (R3)."""
    if not may(request.user, Verb.SCORES):
        raise PermissionDenied
    one, period = scheme("organizations"), period_of("organizations")
    whole = sees_places(request.user)
    text = request.GET.get("q", "").strip()
    page = Paginator(ranked(request.user, text), PER_PAGE).get_page(request.GET.get("page"))
    shown = [
        (row, score, [(list_.title, score.lists[list_.id]) for list_ in one.lists]) for row, score in page.object_list
    ]
    context: dict[str, Any] = {
        "title": "考核：实时得分", "scheme": one, "period": period, "page": page, "shown": shown, "whole": whole, "q": text,
        "today": timezone.localdate(), "over": timezone.localdate() > period.end,
    }  # fmt: skip
    return render(request, "web/scores.html", context)


@login_required
def organization(request: Request, pk: int) -> HttpResponse:
    """Why an organization has its points: rule, clause, facts, arithmetic."""
    one = get_object_or_404(organizations.visible(request.user, Verb.SCORES), pk=pk)
    return _why(request, "organizations", one, standings().get(one.pk))


@login_required
def member(request: Request, pk: int) -> HttpResponse:
    """Why a member has their points: for the member and the own branch only (R16)."""
    one = get_object_or_404(members.visible(request.user).select_related("branch"), pk=pk)
    return _why(request, "members", one, None)


def _why(request: Request, name: str, one: Any, standing: Any) -> HttpResponse:
    told_, period = told(name, one), period_of(name)
    over = timezone.localdate() > period.end
    root = told_.explanation.root if told_ else None
    lines = (
        [line for line in root.children if over or line.points_centi is not None or line.kind == "check"]
        if root
        else []
    )
    context = {
        "title": f"得分依据：{one}",
        "one": one,
        "told": told_,
        "lines": lines,
        "over": over,
        "standing": standing if sees_places(request.user) else None,
        "scheme": scheme(name),
        "period": period,
    }
    return render(request, "web/why.html", context)
