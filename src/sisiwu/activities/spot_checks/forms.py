"""Forms of a draw and of a drawn record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from sisiwu.foundation.ui.forms import DayField, FormMixin


class DrawForm(FormMixin, forms.Form):
    """The last month is proposed."""

    first = DayField(label="从")
    last = DayField(label="到")
    seed_on = DayField(label="种子：日期")
    phrase = forms.CharField(
        label="种子：短句",
        max_length=60,
        help_text="公开的、事先说好的，例如“当天成都最高气温12度”。日期和短句会公布，谁都能照着重抽。",
    )
    count = forms.IntegerField(label="抽几条", min_value=1, help_text="抽到的支部才需要出示原始记录，每条约 2 分钟。")

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        last = timezone.localdate().replace(day=1) - timedelta(days=1)
        for name, value in (
            ("first", last.replace(day=1)), ("last", last), ("seed_on", timezone.localdate()), ("count", 5)
        ):  # fmt: skip
            self.initial.setdefault(name, value)


class ShowForm(FormMixin, forms.Form):
    """Where the record is."""

    shown = forms.CharField(
        label="记录在哪里", max_length=200, help_text="例如“会议记录本第12页，可到支部查看”；不用拍照、不用上传。"
    )


class FindForm(FormMixin, forms.Form):
    """What staff found."""

    conforms = forms.TypedChoiceField(
        label="结果",
        choices=[("yes", "相符"), ("no", "不相符")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "请选相符或不相符。"},
    )
    note = forms.CharField(label="说明", max_length=300, required=False, help_text="不相符时写明哪里不相符")
