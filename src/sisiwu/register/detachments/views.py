"""Pages: attach and release."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.register.detachments import actions
from sisiwu.register.detachments.models import Attachment
from sisiwu.register.members.models import Member
from sisiwu.register.members.queries import named
from sisiwu.register.organizations.queries import looked_after


class AttachForm(FormMixin, forms.Form):
    """Who, from when; the name is enough while it is unique."""

    member = forms.CharField(label="党员", help_text="写姓名；有重名时写编号")
    since = DayField(label="编入日期")

    def __init__(self, *args: Any, request: Request, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.request = request

    def clean_member(self) -> Member:
        found, wrong = named(self.cleaned_data["member"], self.request.user)
        if wrong or len(found) != 1:
            raise ValidationError(wrong or "一次编入一名党员。")
        return found[0]


class DayForm(FormMixin, forms.Form):
    on = DayField(label="归建日期")


@login_required
def attach(request: Request, pk: int) -> HttpResponse:
    """A member into this temporary organization."""
    one = looked_after(request.user, pk)
    return carry_out(
        request,
        AttachForm(request.POST or None, request=request),
        lambda data: actions.attach(data["member"], one, since=data["since"], by=request.user),
        title=f"编入党员：{one}",
        said="已编入；组织关系仍在原支部，两边的工作都算。",
        back=f"/organizations/{pk}/",
        button="编入",
    )


@login_required
def release(request: Request, pk: int) -> HttpResponse:
    """Back to the home branch."""
    row = get_object_or_404(Attachment.objects.select_related("organization", "member"), pk=pk)
    one = looked_after(request.user, row.organization_id)
    return carry_out(
        request,
        DayForm(request.POST or None),
        lambda data: actions.release(row, on=data["on"], by=request.user),
        title=f"归建：{row.member}",
        said="已归建。",
        back=f"/organizations/{one.pk}/",
        button="归建",
    )
