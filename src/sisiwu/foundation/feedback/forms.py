"""The forms of a suggestion and of an answer."""

from __future__ import annotations

from uuid import uuid4

from django import forms

from sisiwu.foundation.feedback.models import Category
from sisiwu.foundation.ui.forms import FormMixin


class SuggestionForm(FormMixin, forms.Form):
    """Two things: what it is about, and what one wants to say."""

    category = forms.ChoiceField(label="类别", choices=Category.choices)
    text = forms.CharField(
        label="想说什么",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请写一句想说的话。"},
    )
    anonymous = forms.BooleanField(
        label="匿名",
        required=False,
        help_text="匿名时不保存账号、网络地址和时刻，只有您手里的查询码能看到答复。",
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)


class AnswerForm(FormMixin, forms.Form):
    """What is answered."""

    answer = forms.CharField(
        label="答复",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="提出人看得到；匿名的凭查询码看。",
    )
