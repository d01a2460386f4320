"""The page: merge this organization into another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.register.mergers import actions
from sisiwu.register.organizations.forms import OrganizationField
from sisiwu.register.organizations.queries import looked_after, visible


class MergeForm(FormMixin, forms.Form):
    """Into which, from when, on what ground."""

    into = OrganizationField(label="并入哪个组织")
    on = DayField(label="从哪一天起")
    why = forms.CharField(label="依据或事由", max_length=60, help_text="例如：批复文号")

    def __init__(self, *args: Any, request: Request, **extra: Any) -> None:
        super().__init__(*args, **extra)
        chosen = self.fields["into"]
        assert isinstance(chosen, OrganizationField)  # noqa: S101
        chosen.among = visible(request.user, Verb.REGISTER)


@login_required
def merge(request: Request, pk: int) -> HttpResponse:
    """Children and members go along; this one is dissolved; what was stays readable."""
    one = looked_after(request.user, pk)
    return carry_out(
        request,
        MergeForm(request.POST or None, request=request),
        lambda data: actions.merge(one, data["into"], on=data["on"], why=data["why"], by=request.user),
        title=f"合并：把“{one}”并入另一个组织",
        said="已合并：下级组织和党员从这一天起编入新的组织，原组织撤销，过去的记录都能查到。",
        back=f"/organizations/{pk}/",
        button="合并",
    )
