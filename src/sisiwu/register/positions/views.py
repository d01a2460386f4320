"""Pages of positions: appoint, relieve, elect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization
from sisiwu.register.organizations.queries import looked_after
from sisiwu.register.positions import actions
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
        chosen.queryset = Member.objects.filter(branch__path__startswith=organization.path).order_by("strokes")


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
