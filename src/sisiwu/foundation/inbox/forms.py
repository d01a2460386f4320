"""How somebody wants to be reminded."""

from __future__ import annotations

from django import forms

from sisiwu.foundation.inbox.channels import CHANNELS, NONE
from sisiwu.foundation.ui.forms import FormMixin


class PreferenceForm(FormMixin, forms.Form):
    """One of the channels, or none."""

    channel = forms.ChoiceField(
        label="每天的提醒",
        required=False,
        choices=[*((name, one.title) for name, one in CHANNELS.items()), (NONE, "不要")],
        help_text="每天最多一次，只在工作日的工作时间；办结的不再提醒。待办一直在首页。",
    )
