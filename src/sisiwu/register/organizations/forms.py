"""Naming an organization in a form: by its name while that is unique, else by its number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from sisiwu.register.organizations.models import Organization


class OrganizationField(forms.CharField):
    """A name or a number. Gives the organization; those that are dissolved do not count."""

    def __init__(self, *, among: QuerySet[Organization] | None = None, **extra: Any) -> None:
        extra.setdefault("help_text", "写名称或编号")
        super().__init__(**extra)
        self.among = among

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Organization) else value

    def clean(self, value: Any) -> Organization | None:
        text = super().clean(value)
        if not text:
            return None
        rows = Organization.objects.all() if self.among is None else self.among
        found = list(rows.filter(Q(code=text) | Q(name=text), dissolved_on__isnull=True).select_related("parent")[:5])
        if not found:
            raise forms.ValidationError(f"没有找到“{text}”，请写全称，或在党组织列表里查编号。")
        if len(found) > 1:
            codes = "、".join(f"{one.parent or ''}{one} {one.code}" for one in found)
            raise forms.ValidationError(f"有 {len(found)} 个“{text}”，请写编号：{codes}。")
        return found[0]
