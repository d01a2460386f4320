"""The form of a commendation: five things to give (users.md, task 9)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sisiwu.activities.commendations.models import Commendation
from sisiwu.activities.entries.forms import EntryForm
from sisiwu.register.detachments.queries import roll_call


class CommendationForm(EntryForm):
    """Whom, what, which level, who granted it."""

    more = ("member", "number")

    class Meta:
        model = Commendation
        fields = ["kind", "organization", "title", "level", "granted_by", "on", "member", "number"]
        labels = {"title": "表彰名称", "on": "表彰日期"}
        error_messages = {
            "title": {"required": "请写表彰名称，例如“先进基层党组织”。"},
            "level": {"required": "请选级别。"},
            "granted_by": {"required": "请写表彰单位，例如“省直机关工委”。"},
        }

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = roll_call(self.branch, timezone.localdate())
        field.empty_label = "（不是个人）"
