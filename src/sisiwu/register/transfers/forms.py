"""Forms of transfers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.members.forms import MemberField
from sisiwu.register.members.models import PARTY
from sisiwu.register.members.queries import visible as visible_members
from sisiwu.register.organizations.forms import OrganizationField
from sisiwu.register.transfers.models import Transfer, Way


def days_field() -> forms.IntegerField:
    """How long the letter holds; left empty, as long as the rule allows."""
    return forms.IntegerField(
        label="有效期（天）", required=False, min_value=1, max_value=92, help_text="不填按最长的三个月"
    )


class IssueForm(FormMixin, forms.Form):
    """Who goes where; the rest is known."""

    member = MemberField(label="党员")
    to = OrganizationField(label="转到本系统的支部", required=False)
    outside = forms.CharField(
        label="或转到系统外的党组织", max_length=100, required=False, help_text="写接收方党委的全称"
    )
    why = forms.CharField(label="原因", max_length=60, initial="工作调动")
    dues_until = forms.CharField(label="党费交至", max_length=20, required=False, help_text="例如 2026年11月")
    issued_on = DayField(label="开具日期", initial=timezone.localdate)
    valid_days = days_field()

    def __init__(self, *args: Any, request: Request, **extra: Any) -> None:
        super().__init__(*args, **extra)
        chosen = self.fields["member"]
        assert isinstance(chosen, MemberField)  # noqa: S101
        chosen.among = visible_members(request.user)


class ExpectForm(FormMixin, forms.Form):
    """What stands in a letter from outside."""

    name = forms.CharField(label="姓名", max_length=50)
    code = forms.CharField(label="编入名册的编号", max_length=20, help_text="例如 M00123；以前在本系统的，写原来的编号")
    status = forms.TypedChoiceField(label="党籍", choices=[(one.value, one.label) for one in PARTY], coerce=int)
    joined_on = DayField(label="入党日期")
    is_officer = forms.BooleanField(label="民警", required=False, initial=True)
    to = OrganizationField(label="编入哪个支部")
    outside = forms.CharField(label="从哪里转来", max_length=100, help_text="写对方党委的全称")
    number = forms.CharField(label="介绍信编号", max_length=40)
    why = forms.CharField(label="原因", max_length=60, initial="工作调动")
    dues_until = forms.CharField(label="党费交至", max_length=20, required=False, help_text="例如 2026年11月")
    issued_on = DayField(label="介绍信的开具日期")
    valid_days = days_field()


class ReceiveForm(FormMixin, forms.Form):
    """Only the day."""

    on = DayField(label="接收日期", initial=timezone.localdate)


class WhyForm(FormMixin, forms.Form):
    """Only the reason."""

    why = forms.CharField(label="理由", max_length=150)


class ReissueForm(FormMixin, forms.Form):
    """Another letter; only of one from outside the number is typed."""

    number = forms.CharField(label="对方新开的介绍信编号", max_length=40, required=False)
    issued_on = DayField(label="开具日期", initial=timezone.localdate)
    valid_days = days_field()

    def __init__(self, *args: Any, transfer: Transfer, **extra: Any) -> None:
        super().__init__(*args, **extra)
        if transfer.way != Way.IN:
            del self.fields["number"]
