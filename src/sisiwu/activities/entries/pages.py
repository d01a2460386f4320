"""The pages every kind of activity has: list, new, mend, one, draft, where it counts. A kind says how it differs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, cast

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from sisiwu.activities.entries.actions import draft_of, drop_draft, keep_draft
from sisiwu.activities.entries.choosing import choose
from sisiwu.activities.entries.forms import EntryForm
from sisiwu.activities.entries.models import Activity
from sisiwu.activities.entries.queries import TABS, chosen_organization, visible_activities
from sisiwu.activities.entries.submitting import OutdatedError
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.evidence.actions import keep
from sisiwu.foundation.evidence.queries import beside, chosen
from sisiwu.foundation.ui.burden import burden_of
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import tell
from sisiwu.ledger.actions import Entry
from sisiwu.ledger.feeds import feeds
from sisiwu.ledger.queries import last_entry, with_state
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization

STATES = {True: ("已核实", "ok"), False: ("已退回", "back"), None: ("待核实", "wait")}


LATE = SafeString(' <span class="tag late">补录</span>')


class EntryFilters(Filters):
    """Title and days; a kind adds its own."""

    q = django_filters.CharFilter(field_name="title", lookup_expr="contains", label="主题")
    since = django_filters.DateFilter(field_name="on", lookup_expr="gte", label="从")
    until = django_filters.DateFilter(field_name="on", lookup_expr="lte", label="到")


class EntryTable(tables.Table):
    """Day, title, organization, what became of it; a kind adds its own columns."""

    on = tables.Column("日期")
    title = tables.Column("主题")
    organization = tables.Column("党组织", order_by="organization__path")
    state = tables.Column("状态", empty_values=(), orderable=False)

    def render_title(self, record: Activity, **_: Any) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.title)

    def render_state(self, record: Any, **_: Any) -> str:
        word, look = STATES[record.accepted]
        late = LATE if record.is_late else ""
        return format_html('<span class="tag {}">{}</span>{}', look, word, late)

    def value_state(self, record: Any) -> str:
        return STATES[record.accepted][0]

    value_title = staticmethod(lambda record: record.title)


class EntryDesk(Desk):
    """The list of a kind."""

    verb = Verb.VIEW
    table = EntryTable
    filters = EntryFilters
    tabs = TABS
    pages: ClassVar[Pages[Any, Any]]

    def rows(self) -> QuerySet[Any]:
        return with_state(self.pages.visible(cast("Request", self.request)))

    def actions(self) -> list[tuple[str, str]]:
        new = reverse(f"{self.pages.room}:new")
        return [(self.pages.new_words, new)] if may(self.request.user, Verb.ENTER) else []


class Pages[A: Activity, F: EntryForm]:
    """What a kind declares. ``room`` is its name among addresses and templates."""

    room: ClassVar[str]
    new_words: ClassVar[str]
    mend_words: ClassVar[str]
    model: type[A]
    form: type[F]
    form_template: ClassVar[str] = "entries/form.html"
    detail_template: ClassVar[str] = "entries/detail.html"

    def kinds(self, kind: str) -> list[str]:
        """Every kind of fact that such an activity can write; ``kind`` as chosen in the form."""
        raise NotImplementedError

    def enter(self, form: F, request: Request) -> Entry:
        """Do it with a form that is right."""
        raise NotImplementedError

    def initial(self, branch: Organization) -> dict[str, Any]:
        """What can be known before anything is typed."""
        return {}

    def kind_of(self, activity: A) -> str:
        """The choice that decides the kinds of fact."""
        return str(getattr(activity, "kind", ""))

    def shown(self, request: Request, one: A) -> dict[str, Any]:
        """What the page of one shows besides the common."""
        return {}

    def asked(self, form: F) -> dict[str, Any]:
        """What the page of the form shows besides the common."""
        return {}

    def lines(self, one: A) -> list[tuple[str, object]]:
        """The record as label and value."""
        return []

    def urls(self) -> list[URLPattern]:
        """Addresses of everything but the list."""
        views: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("new/", self.new, "new"),
            ("draft/", require_POST(self.draft), "draft"),
            ("feeds/", self.feeding, "feeds"),
            ("<int:pk>/", self.detail, "detail"),
            ("<int:pk>/mend/", self.mend, "mend"),
        ]
        return [path(route, login_required(view), name=name) for route, view, name in views]

    def new(self, request: Request) -> HttpResponse:
        """Enter one."""
        branch = chosen_organization(request)
        if branch is None:
            return choose(request)
        common: dict[str, Any] = {"user": request.user, "organization": branch}
        if request.method == "POST":
            return self._received(request, self.form(request.POST, **common), branch)
        typed = draft_of(request.user, self.room)
        if typed is not None and typed.get("organization") == str(branch.pk) and _is_of(typed, request):
            form = self.form(typed, **common)
            form.errors.clear()
            return self._page(request, form, branch, resumed=True)
        given = {name: text for name, text in request.GET.items() if name in self.form.base_fields}
        initial = {**self.initial(branch), **given, "organization": branch}
        return self._page(request, self.form(initial=initial, **common), branch)

    def mend(self, request: Request, pk: int) -> HttpResponse:
        """Mend one that was returned."""
        one = self._visible(request, pk)
        branch = one.organization
        if not may(request.user, Verb.ENTER, branch.path):
            raise PermissionDenied
        typed = request.POST if request.method == "POST" else None
        form = self.form(typed, instance=one, user=request.user, organization=branch)
        return self._received(request, form, branch) if typed is not None else self._page(request, form, branch)

    def draft(self, request: Request) -> HttpResponse:
        """Keep what is being typed; with ``drop``, forget it."""
        if "drop" in request.GET:
            drop_draft(request.user, self.room)
            return redirect(f"{self.room}:new")
        keep_draft(request.user, self.room, request.POST)
        return HttpResponse(status=204)

    def feeding(self, request: Request) -> HttpResponse:
        """Where it will count, asked again when another kind is chosen."""
        kinds = self.kinds(request.GET.get("kind", ""))
        if not may(request.user, Verb.ENTER):
            raise PermissionDenied
        if not kinds:
            raise Http404
        return render(request, "entries/feeds.html", {"feeds": feeds(kinds)})

    def detail(self, request: Request, pk: int) -> HttpResponse:
        """One: what happened, what became of it, where it counts."""
        one = self._visible(request, pk)
        entry = last_entry(one.source)
        decision = getattr(entry, "decision", None)
        returned = decision is not None and not decision.accepted
        files = beside([one.source]) if may(request.user, Verb.MEMBERS, one.organization.path) else {}
        context = {
            "title": one.title, "one": one, "entry": entry, "decision": decision, "lines": self.lines(one),
            "may_mend": returned and may(request.user, Verb.ENTER, one.organization.path),
            "feeds": feeds(self.kinds(self.kind_of(one))), "files": files.get(one.source, []),
            **self.shown(request, one),
        }  # fmt: skip
        return render(request, self.detail_template, context)

    def _visible(self, request: Request, pk: int) -> A:
        return get_object_or_404(self.visible(request), pk=pk)

    def visible(self, request: Request) -> QuerySet[A]:
        """What the user may see of this kind."""
        return visible_activities(self.model, request.user)

    def _received(self, request: Request, form: F, branch: Organization) -> HttpResponse:
        stored = None
        unkept = self._files(request, form, branch)
        if form.is_valid() and not unkept:
            try:
                entry = self.enter(form, request)
            except OutdatedError as error:
                stored = error.stored
                tell(form, error)
            except ValidationError as error:
                tell(form, error)
            else:
                drop_draft(request.user, self.room)
                messages.success(request, f"已提交：{entry.title}。机关党委核实后计入，不用再报第二遍。")
                return redirect(entry.url)
        return self._page(request, form, branch, status=422, unkept=unkept, stored=stored)

    def _files(self, request: Request, form: F, branch: Organization) -> list[str]:
        uploads, key = request.FILES.getlist("files"), form.form_key
        if not uploads or key is None:
            return []
        try:
            keep(uploads, key=key, path=branch.path, by=request.user)
        except ValidationError as error:
            return error.messages
        return []

    def _page(
        self,
        request: Request,
        form: F,
        branch: Organization,
        status: int = 200,
        *,
        resumed: bool = False,
        unkept: list[str] | None = None,
        stored: Activity | None = None,
    ) -> HttpResponse:
        kind = str(form["kind"].value() or "") if "kind" in form.fields else ""
        key = form.form_key
        context = {
            "title": self.mend_words if form.instance.pk else self.new_words, "form": form, "branch": branch,
            "feeds": feeds(self.kinds(kind)), "resumed": resumed, "burden": burden_of(self.model._meta.label_lower), "unkept": unkept or [],
            "files": chosen(key) if key else [], "may_drop": True, "stored": stored,
            "stored_lines": self.lines(cast("A", stored)) if stored else [],
            "draft_url": reverse(f"{self.room}:draft"), "feeds_url": reverse(f"{self.room}:feeds"), **self.asked(form),
        }  # fmt: skip
        return render(request, self.form_template, context, status=status)


def _is_of(typed: QueryDict, request: Request) -> bool:
    """Whether a draft is of what the address asks for: another task or meeting begins anew."""
    return all(typed.get(name) == request.GET[name] for name in ("assignment", "gathering") if name in request.GET)


def for_eyes_of(user: User, one: Activity, people: QuerySet[Member]) -> QuerySet[Member]:
    """Who took part: for those who see the register of the organization; a member sees oneself."""
    people = people.order_by("strokes", "id")
    return people if may(user, Verb.MEMBERS, one.organization.path) else people.filter(user=user)
