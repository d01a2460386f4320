"""Pages of positions: appoint, relieve, elect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sisiwu.foundation.accounts.policies import demand, may, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import PER_PAGE
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations.forms import OrganizationField
from sisiwu.register.organizations.models import Organization
from sisiwu.register.organizations.queries import TABS, looked_after
from sisiwu.register.organizations.queries import visible as visible_organizations
from sisiwu.register.positions import actions, queries
from sisiwu.register.positions.models import Holding, Position


class AppointForm(FormMixin, forms.Form):
    """Who takes which position from when."""

    member = forms.ModelChoiceField(label="党员", queryset=Member.objects.none())
    position = forms.TypedChoiceField(label="职务", choices=Position.choices, coerce=int)
    since = DayField(label="任职日期")

    def __init__(self, *args: Any, organization: Organization, **extra: Any) -> None:
        super().__init__(*args, **extra)
        chosen = self.fields["member"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101
        chosen.queryset = Member.objects.filter(
            within("branch__path", [organization.path]), status__in=PARTY, left_on__isnull=True
        ).order_by("strokes")


class DayForm(FormMixin, forms.Form):
    """Only the day."""

    on = DayField(label="日期")


@login_required
def appoint(request: Request, pk: int) -> HttpResponse:
    """Somebody takes a position in this organization."""
    one = looked_after(request.user, pk)
    return carry_out(
        request,
        AppointForm(request.POST or None, organization=one),
        lambda data: actions.appoint(data["member"], data["position"], since=data["since"], at=one, by=request.user),
        title=f"任职：{one}",
        said="已任职。",
        back=f"/organizations/{pk}/",
    )


@login_required
def relieve(request: Request, pk: int) -> HttpResponse:
    """A position ends."""
    held = get_object_or_404(Holding.objects.select_related("organization", "member"), pk=pk)
    one = looked_after(request.user, held.organization_id)
    return carry_out(
        request,
        DayForm(request.POST or None),
        lambda data: actions.relieve(held, on=data["on"], by=request.user),
        title=f"免职：{held}",
        said="已免职；以前的任职仍可按日期查到。",
        back=f"/organizations/{one.pk}/",
        button="免职",
    )


@login_required
def elect(request: Request, pk: int) -> HttpResponse:
    """A new term begins."""
    one = looked_after(request.user, pk)
    return carry_out(
        request,
        DayForm(request.POST or None),
        lambda data: actions.elect(one, on=data["on"], by=request.user),
        title=f"登记换届：{one}",
        said="已登记；届满前六个月会提醒。",
        back=f"/organizations/{pk}/",
    )


class CalendarForm(FormMixin, forms.Form):
    """Which part of the tree."""

    q = forms.CharField(label="组织名称", required=False)
    under = OrganizationField(label="只看哪个组织及下级", required=False)

    def __init__(self, *args: Any, request: Request, **extra: Any) -> None:
        super().__init__(*args, **extra)
        chosen = self.fields["under"]
        assert isinstance(chosen, OrganizationField)  # noqa: S101
        chosen.among = visible_organizations(request.user, Verb.VIEW)


@login_required
def calendar(request: Request) -> HttpResponse:
    """换届日历: whose term ends when, by month, for a year from today; first those that are over."""
    demand(request.user, Verb.VIEW)
    form = CalendarForm(request.GET, request=request)
    rows = queries.visible(request.user)
    if form.is_valid():
        if form.cleaned_data["q"]:
            rows = rows.filter(organization__name__contains=form.cleaned_data["q"].strip())
        if form.cleaned_data["under"]:
            rows = rows.filter(within("organization__path", [form.cleaned_data["under"].path]))
    months = queries.by_month(rows, timezone.localdate())
    chosen = [one for one in months if one.name == request.GET.get("month")]
    shown = rows.filter(due_on__lt=months[-1].end)
    if chosen:
        shown = rows.filter(due_on__gte=chosen[0].start, due_on__lt=chosen[0].end)
    paginator = Paginator(shown, PER_PAGE)
    # The months have been counted already.
    paginator.__dict__["count"] = sum(one.count for one in chosen or months)
    context = {
        "title": "换届日历",
        "tabs": TABS,
        "form": form,
        "months": months,
        "chosen": chosen[0] if chosen else None,
        "page": paginator.get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "may_register": may(request.user, Verb.REGISTER),
    }
    return render(request, "positions/calendar.html", context)
