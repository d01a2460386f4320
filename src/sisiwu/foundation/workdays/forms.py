"""The form of a year."""

from __future__ import annotations

from django import forms

from sisiwu.foundation.ui.forms import FormMixin
from sisiwu.foundation.workdays.notice import HINT


class YearForm(FormMixin, forms.Form):
    """The notice, as it is pasted."""

    year = forms.IntegerField(label="年份")
    source = forms.CharField(label="依据", max_length=120, help_text="通知的名称和文号")
    text = forms.CharField(label="放假和调休", widget=forms.Textarea(attrs={"rows": 16}), help_text=f"{HINT}。")
