"""What every entry form has: the day, the key that makes sending twice the same as once, the reason when it is late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.register.organizations.models import Organization
from sisiwu.register.organizations.queries import visible

LATE_DAYS = 7
"""Entered more than so many days after it happened, it is marked 补录 (never refused)."""


class EntryForm(FormMixin, forms.ModelForm):
    """The base of a kind's form; ``branch`` is the organization it is entered for."""

    on = DayField(label="日期")
    late_because = forms.CharField(label="补录原因", required=False, max_length=200)
    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, organization: Organization, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.branch = organization
        chosen = self.fields["organization"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101
        chosen.queryset = visible(user, Verb.ENTER).filter(dissolved_on__isnull=True, pk=organization.pk)
        chosen.widget = forms.HiddenInput()
        self.initial.setdefault("key", uuid4())
        self.initial.setdefault("version", self.instance.version if self.instance.pk else None)
        self.initial.setdefault("on", timezone.localdate())
        self.initial.setdefault("organization", organization)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("on")
        if day and day > timezone.localdate():
            self.add_error("on", "日期还没有到，请在事情发生之后录入。")
        if day and self.is_late(day) and not data.get("late_because"):
            self.add_error("late_because", f"这是 {LATE_DAYS} 天以前的事，请用一句话说明补录原因。补录不影响得分。")
        return data

    def is_late(self, day: date) -> bool:
        """Whether it is entered long after it happened."""
        return day < timezone.localdate() - timedelta(days=LATE_DAYS)
