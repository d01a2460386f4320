"""Pages that bring rooms together: search, one organization, one member, the log."""

from __future__ import annotations

from datetime import date

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sisiwu import __version__
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import may, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.documents import queries as documents
from sisiwu.foundation.documents.models import Document
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.queries import entries
from sisiwu.register.members import queries as members
from sisiwu.register.members.actions import look
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations import queries as organizations
from sisiwu.register.organizations.models import BRANCHES, TEMPORARY
from sisiwu.register.positions.queries import holders

FOUND_MAX = 20
CHILDREN_MAX = 20
DEMO_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_required
def search(request: Request) -> HttpResponse:
    """One box over organizations, members, activities and documents; within what the user may see."""
    text = request.GET.get("q", "").strip()
    found: dict[str, object] = {}
    if text:
        found = {
            "organizations": organizations.searched(organizations.visible(request.user, Verb.VIEW), text)[:FOUND_MAX],
            "members": members.searched(members.visible(request.user), text).select_related("branch")[:FOUND_MAX],
            "activities": entries(request.user)
            .filter(title__contains=text)
            .exclude(decision__accepted=False)
            .select_related("organization")[:FOUND_MAX],
        }
        if may(request.user, Verb.VIEW):
            found["documents"] = documents.searched(Document.objects.all(), text)[:FOUND_MAX]
    return render(request, "web/search.html", {"title": f"搜索：{text}" if text else "搜索", "q": text, **found})


@login_required
def organization(request: Request, pk: int) -> HttpResponse:
    """One organization as of a day: who leads it, what it did, how it came to be."""
    one = get_object_or_404(organizations.visible(request.user, Verb.VIEW), pk=pk)
    day = _day(request)
    context = {
        "title": one.name,
        "one": one,
        "day": day,
        "version": organizations.as_of(one, day),
        "above": [(above, may(request.user, Verb.VIEW, above.path)) for above in organizations.ancestors(one)],
        "children": list(one.children.order_by(F("dissolved_on").asc(nulls_first=True), "path")[: CHILDREN_MAX + 1]),
        "holders": holders(one, day),
        "terms": one.terms.order_by("-number")[:1],
        "roll": members.on_roll(one, day).count(),
        "people": members.on_roll(one, day)[:100] if may(request.user, Verb.MEMBERS, one.path) else [],
        "is_temporary": one.kind in TEMPORARY,
        "attached": one.attachments.select_related("member__branch")[:100]
        if may(request.user, Verb.MEMBERS, one.path)
        else [],
        "versions": one.versions.select_related("parent").order_by("-since"),
        "entries": one.entries.select_related("decision").order_by("-occurred_on", "-id")[:10],
        "may_register": may(request.user, Verb.REGISTER, one.path),
        "admits": one.kind in BRANCHES and not one.dissolved_on and may(request.user, Verb.ROLL, one.path),
        "may_score": may(request.user, Verb.SCORES, one.path),
        "may_enter": may(request.user, Verb.ENTER, one.path) and not one.dissolved_on,
    }
    return render(request, "web/organization.html", context)


@login_required
def member(request: Request, pk: int) -> HttpResponse:
    """One member's record; every look of somebody else is noted, and shown to the member."""
    one = get_object_or_404(members.visible(request.user).select_related("branch"), pk=pk)
    look(one, by=request.user)
    attended = one.attendances.select_related("meeting").order_by("-meeting__on")
    context = {
        "title": one.name,
        "one": one,
        "holdings": one.holdings.select_related("organization").order_by("-since"),
        "memberships": one.memberships.select_related("branch").order_by("-since"),
        "attended": attended[:12],
        "transfers": one.transfers.select_related("source", "target"),
        "admissions": one.admissions.all(),
        "may_transfer": may(request.user, Verb.REGISTER, one.branch.path) and one.status in PARTY and not one.left_on,
        "is_self": one.user_id == request.user.pk,
        "may_link": one.user_id is None and may(request.user, Verb.REGISTER, one.branch.path),
    }
    return render(request, "web/member.html", context)


@login_required
def who_looked(request: Request) -> HttpResponse:
    """谁看过我: every look at my record by somebody else."""
    person = get_object_or_404(Member, user=request.user)
    rows = LogEntry.objects.filter(person=person.pk).exclude(by=request.user).select_related("by").order_by("-at")
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "web/log.html", {"title": "谁看过我", "page": page, "mine": True})


@login_required
def log(request: Request) -> HttpResponse:
    """操作日志, for those who audit."""
    if not may(request.user, Verb.AUDIT):
        raise PermissionDenied
    rows = LogEntry.objects.filter(within("path", scope(request.user, Verb.AUDIT))).select_related("by").order_by("-at")
    text = request.GET.get("q", "").strip()
    if text:
        rows = rows.filter(subject__contains=text) | rows.filter(by__name=text)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "web/log.html", {"title": "操作日志", "page": page, "q": text})


@login_required
@require_POST
def type_size(request: Request) -> HttpResponse:
    """大字版 on and off, remembered."""
    User.objects.filter(pk=request.user.pk).update(large_type=not request.user.large_type)
    return redirect("/")


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click in the demonstration; nowhere else."""
    if not settings.SISIWU_DEMO:
        raise Http404
    user = get_object_or_404(User, username=request.POST.get("username", ""))
    login(request, user, backend=DEMO_BACKEND)
    UserSession.objects.create_from_request(request)
    return redirect("/")


def about(request: HttpRequest) -> HttpResponse:
    """What this is, whose it is, and where to complain (R14)."""
    context = {
        "title": "关于",
        "version": __version__,
        "filing_number": settings.SISIWU_FILING_NUMBER,
        "owner": settings.SISIWU_OWNER,
    }
    return render(request, "web/about.html", context)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()
