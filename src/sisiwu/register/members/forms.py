"""Naming a member in a form: by name while that is unique, else by number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from sisiwu.register.members.models import Member


class MemberField(forms.CharField):
    """A name or a number among the members the user may see (``among``, set by the form). Gives the member."""

    def __init__(self, **extra: Any) -> None:
        extra.setdefault("help_text", "写姓名；有重名时写编号")
        super().__init__(**extra)
        self.among: QuerySet[Member] = Member.objects.none()

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Member) else value

    def clean(self, value: Any) -> Member | None:
        text = super().clean(value)
        if not text:
            return None
        rows = self.among.filter(left_on__isnull=True).select_related("branch")
        found = list(rows.filter(Q(code=text) | Q(name=text))[:5])
        if not found:
            raise forms.ValidationError(f"名册里没有“{text}”，请查一查姓名或编号。")
        if len(found) > 1:
            codes = "、".join(f"{one.branch} {one.code}" for one in found)
            raise forms.ValidationError(f"有 {len(found)} 位“{text}”，请写编号：{codes}。")
        return found[0]
