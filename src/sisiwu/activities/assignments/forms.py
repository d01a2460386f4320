"""Forms: issuing, extending, excusing, withdrawing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sisiwu.activities.assignments.models import Assignment, Category
from sisiwu.activities.assignments.queries import Selection
from sisiwu.activities.entries.doors import doors
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.foundation.values.dates import read_date
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.organizations.queries import visible
from sisiwu.register.organizations.regions import REGIONS

BRANCHES = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.TEMPORARY_BRANCH, Kind.TEMPORARY_JOINT_BRANCH)


class DueField(DayField):
    """A day to come: without a year it is the next one."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        today = timezone.localdate()
        try:
            day = read_date(str(value), today, ahead=True)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        return day


class IssueForm(FormMixin, forms.ModelForm):
    """What is asked, and of whom; what is not filled in does not narrow."""

    kinds = forms.MultipleChoiceField(
        label="用什么活动完成", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选一种活动。"}
    )
    due_on = DueField(label="完成时限", help_text="请写成 2026-12-31、12.31 或 1231")
    counts_from = DayField(label="从哪天起的活动算数", help_text="这天以后已经做过的，预览时会列出来，可以直接算完成")
    theme = forms.CharField(
        label="主题含有（可不填）", required=False, max_length=40, help_text="只用来找已经做过的活动，例如“党章”"
    )
    under = forms.CharField(label="哪个党组织及所属", required=False, help_text="写名称或编号；不填为您范围内全部")
    organization_kinds = forms.TypedMultipleChoiceField(
        label="组织类别", required=False, choices=Kind.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    region = forms.TypedChoiceField(label="地区", required=False, coerce=int, empty_value=None)
    is_grassroots = forms.BooleanField(label="只限基层一线单位", required=False)
    is_window = forms.BooleanField(label="只限窗口单位", required=False)
    picked = forms.CharField(
        label="或者点名（每行一个名称或编号）", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="填了这里，上面的范围就不看了",
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Assignment
        fields = ["title", "asked", "basis", "category", "kinds", "due_on", "counts_from"]
        help_texts = {"asked": "一句话写清要做什么", "basis": "文件名称和文号"}
        error_messages = {
            "title": {"required": "请写任务名称，例如“党章专题学习”。"},
            "asked": {"required": "请用一句话写清要做什么。"},
            "basis": {"required": "请写依据的文件；没有依据的任务不布置。"},
        }

    def __init__(self, *args: Any, user: User, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.user = user
        today = timezone.localdate()
        self.fields["kinds"].choices = [(door.kind, door.title) for door in doors()]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", "不限"), *REGIONS]  # type: ignore[attr-defined]
        self.fields["category"].choices = Category.choices  # type: ignore[attr-defined]
        for name, value in {
            "key": uuid4(), "counts_from": today.replace(day=1), "category": Category.STUDY,
            "organization_kinds": [kind.value for kind in BRANCHES],
        }.items():  # fmt: skip
            self.initial[name] = value

    def clean_under(self) -> Organization | None:
        text = self.cleaned_data["under"].strip()
        return self._named([text])[0] if text else None

    def clean_picked(self) -> list[Organization]:
        lines = [line.strip() for line in self.cleaned_data["picked"].splitlines() if line.strip()]
        return self._named(list(dict.fromkeys(lines))) if lines else []

    def _named(self, texts: list[str]) -> list[Organization]:
        rows = visible(self.user, Verb.ASSIGN).filter(dissolved_on__isnull=True)
        found: list[Organization] = []
        unknown = []
        by_code = {one.code: one for one in rows.filter(code__in=texts)}
        by_name: dict[str, list[Organization]] = {}
        for one in rows.filter(name__in=texts):
            by_name.setdefault(one.name, []).append(one)
        for text in texts:
            some = [by_code[text]] if text in by_code else by_name.get(text, [])
            if len(some) > 1:
                raise ValidationError(f"有 {len(some)} 个“{text}”，请写编号：{'、'.join(one.code for one in some)}。")
            found += some
            unknown += [] if some else [text]
        if unknown:
            raise ValidationError(f"您的范围内没有“{'、'.join(unknown[:5])}”，请查一查名称或编号。")
        return found

    def selection(self) -> Selection:
        """Whom it is for, as filled in. Only after ``is_valid``."""
        data = self.cleaned_data
        return Selection(
            under=data["under"],
            kinds=tuple(data["organization_kinds"]),
            region=data["region"],
            is_grassroots=data["is_grassroots"],
            is_window=data["is_window"],
            picked=tuple(one.pk for one in data["picked"]),
        )


class WhyForm(FormMixin, forms.Form):
    """Only the reason."""

    why = forms.CharField(label="原因", max_length=200)


class ExtendForm(FormMixin, forms.Form):
    """Until when, and why."""

    until = DueField(label="新的完成时限", help_text="请写成 2026-12-31、12.31 或 1231")
    why = forms.CharField(label="原因", max_length=200)
