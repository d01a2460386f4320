"""Scores: the standings, and why one subject has what it has."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sisiwu.foundation.accounts.policies import may, scope
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.members import queries as members
from sisiwu.register.organizations import queries as organizations
from sisiwu.scoring.in_force import period_of, scheme
from sisiwu.scoring.queries import standings, told

PER_PAGE = 20


@login_required
def table(request: Request) -> HttpResponse:
    """The organizations a user may see, with their lists; places only for the assessment office (R3)."""
    if not may(request.user, Verb.SCORES):
        raise PermissionDenied
    one, period = scheme("organizations"), period_of("organizations")
    scores = standings()
    rows = organizations.visible(request.user, Verb.SCORES).filter(pk__in=scores)
    whole = "" in scope(request.user, Verb.SCORES) or rows.count() > 1
    text = request.GET.get("q", "").strip()
    if text:
        rows = organizations.searched(rows, text)
    ranked = sorted(rows, key=lambda row: (scores[row.pk].place or 10**9, -scores[row.pk].total_centi, row.path))
    page = Paginator(ranked, PER_PAGE).get_page(request.GET.get("page"))
    shown = [(row, scores[row.pk], [(list_.title, scores[row.pk].lists[list_.id]) for list_ in one.lists]) for row in page.object_list]
    context: dict[str, Any] = {
        "title": "考核：实时得分", "scheme": one, "period": period, "page": page, "shown": shown, "whole": whole, "q": text,
        "today": timezone.localdate(),
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
    told_ = told(name, one)
    context = {
        "title": f"得分依据：{one}",
        "one": one,
        "told": told_,
        "root": told_.explanation.root if told_ else None,
        "standing": standing,
        "scheme": scheme(name),
        "period": period_of(name),
    }
    return render(request, "web/why.html", context)
