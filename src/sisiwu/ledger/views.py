"""The ledger's pages: the queue of those who verify, and one entry with its facts."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.evidence.models import File
from sisiwu.foundation.evidence.queries import beside
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger import actions, queries
from sisiwu.ledger.counter import counted_once
from sisiwu.ledger.dictionary import kind_of
from sisiwu.ledger.feeds import feeds
from sisiwu.ledger.models import Entry, Fact
from sisiwu.ledger.twins import twins

REASONS = ("日期与会议记录不符", "到会人员与名册不符", "主题写得太简单，请补一句内容", "与另一条重复")
"""Reasons for returning, one tap each."""
PER_PAGE = 20


@dataclass(frozen=True)
class Waiting:
    """One entry as a verifier sees it: what it brings, its files, and the entry it probably repeats."""

    entry: Entry
    facts: list[tuple[str, int]]
    files: list[File]
    twin: Entry | None
    twin_files: list[File]


@login_required
def queue(request: Request) -> HttpResponse:
    """What waits for verification; one or many at a time."""
    if not may(request.user, Verb.VERIFY):
        raise PermissionDenied
    if request.method == "POST":
        return _decided(request)
    rows = queries.pending(request.user)
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(organization__name__contains=text) | rows.filter(title__contains=text)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    entries = list(page.object_list)
    counts, same = queries.fact_counts([one.pk for one in entries]), twins(entries)
    files = beside([*(one.source for one in entries), *(one.source for one in same.values())])
    waiting = [
        Waiting(
            one, counts.get(one.pk, []), files.get(one.source, []), twin, files.get(twin.source, []) if twin else []
        )
        for one in entries
        for twin in [same.get(one.pk)]
    ]
    context = {"title": "核实", "page": page, "waiting": waiting, "reasons": REASONS, "q": text}
    return render(request, "ledger/queue.html", context)


def _decided(request: Request) -> HttpResponse:
    if request.POST.get("do") == "merge":
        return _merged(request)
    accepted = request.POST.get("do") == "accept"
    reason = request.POST.get("reason", "") or request.POST.get("common", "")
    chosen = [int(pk) for pk in request.POST.getlist("entry") if pk.isdigit()]
    done, refused = 0, []
    for entry in queries.entries(request.user, Verb.VERIFY).filter(pk__in=chosen).select_related("organization"):
        try:
            actions.decide(entry, accepted=accepted, reason=reason, by=request.user)
        except (ValidationError, PermissionDenied) as error:
            refused.append(f"{entry.organization} {entry}：{'；'.join(getattr(error, 'messages', [str(error)]))}")
        else:
            done += 1
    if not chosen:
        messages.warning(request, "还没有选中任何一条。")
    if done:
        messages.success(request, f"{'已核实' if accepted else '已退回'} {done} 条。")
    for words in refused:
        messages.error(request, f"没有处理：{words}")
    return redirect("ledger:queue")


def _merged(request: Request) -> HttpResponse:
    rows = queries.entries(request.user, Verb.VERIFY).select_related("organization")
    numbers = [request.POST.get(name, "") for name in ("entry", "into")]
    one, into = (get_object_or_404(rows, pk=number if number.isdigit() else 0) for number in numbers)
    try:
        actions.merge(one, into, by=request.user)
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
    else:
        messages.success(request, f"已合并到“{into}”，材料也移了过去；不重复计算。")
    return redirect("ledger:queue")


@login_required
def entry(request: Request, pk: int) -> HttpResponse:
    """One entry: its facts, where they count, what was decided."""
    one = get_object_or_404(queries.entries(request.user), pk=pk)
    facts = queries.facts(request.user).filter(entry=one)
    facts = facts.select_related("organization", "member", "reversal").order_by("pk")
    page = Paginator(facts, 50).get_page(request.GET.get("page"))
    context = {
        "title": f"台账：{one.title}",
        "entry": one,
        "page": page,
        "facts": [(fact, kind_of(fact.kind)) for fact in page.object_list],
        "feeds": feeds(one.facts.order_by("kind").values_list("kind", flat=True).distinct()),
        "may_reverse": may(request.user, Verb.VERIFY, one.path),
    }
    return render(request, "ledger/entry.html", context)


@login_required
def fact(request: Request, pk: int) -> HttpResponse:
    """A fact lies in its entry."""
    one = get_object_or_404(Fact.objects.filter(entry__in=queries.entries(request.user)), pk=pk)
    return redirect("ledger:entry", one.entry_id)


@login_required
def reverse(request: Request, pk: int) -> HttpResponse:
    """Take back one fact, with the reason."""
    rows = Fact.objects.filter(entry__in=queries.entries(request.user, Verb.VERIFY))
    fact = get_object_or_404(rows.select_related("entry"), pk=pk)
    if request.method == "POST":
        try:
            actions.reverse(fact, why=request.POST.get("why", ""), by=request.user)
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return render(request, "ledger/reverse.html", {"title": "冲正", "fact": fact}, status=422)
        messages.success(request, "已冲正；原来的事实留在台账里，从今天起不再计算。")
        return redirect("ledger:entry", fact.entry_id)
    return render(request, "ledger/reverse.html", {"title": "冲正一条事实", "fact": fact, "kind": kind_of(fact.kind)})


@login_required
def once(request: Request) -> HttpResponse:
    """一次录入的账: this year's entries, the facts and the uses that came of them."""
    if not may(request.user, Verb.VIEW):
        raise PermissionDenied
    today = timezone.localdate()
    first = today.replace(month=1, day=1)
    counter = counted_once(request.user, first, today)
    context = {"title": "一次录入，多处使用", "counter": counter, "first": first, "last": today}
    return render(request, "ledger/once.html", context)
