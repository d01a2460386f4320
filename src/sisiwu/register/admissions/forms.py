"""Forms of admissions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.register.admissions.steps import Step
from sisiwu.register.organizations.forms import OrganizationField


class ApplyForm(FormMixin, forms.Form):
    """Who applies where; the branch is filled in for who keeps only one."""

    name = forms.CharField(label="申请人姓名", max_length=50)
    code = forms.CharField(label="编号", max_length=20, help_text="例如 M00123；已在名册里的写原编号")
    branch = OrganizationField(label="党支部")
    on = DayField(label="递交申请书的日期", initial=timezone.localdate)
    who = forms.CharField(label="受理人", max_length=60)
    is_officer = forms.BooleanField(label="民警", required=False, initial=True)


class StepForm(FormMixin, forms.Form):
    """Day, who, note; and the numbers the step needs."""

    on = DayField(label="日期", initial=timezone.localdate)
    who = forms.CharField(label="经办人", max_length=60)
    remark = forms.CharField(label="说明", max_length=200, required=False, help_text="可不填，例如会议情况、文号")

    def __init__(self, *args: Any, step: Step, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["who"].label = step.who
        for need in step.needs:
            self.fields[need.name] = forms.IntegerField(
                label=need.label, min_value=0, max_value=999, required=False, help_text=need.words
            )
        if len(step.needs) > 1:
            self.fields[step.needs[0].name].help_text = "、".join(need.words for need in step.needs) + "，填一项即可"


class ExtendForm(FormMixin, forms.Form):
    """How long, decided when, and why."""

    months = forms.IntegerField(label="月数", min_value=1, max_value=12)
    on = DayField(label="决定日期", initial=timezone.localdate)
    why = forms.CharField(label="理由", max_length=200)

    def __init__(self, *args: Any, step: Step | None, **extra: Any) -> None:
        super().__init__(*args, **extra)
        if step and step.prolong:
            words = f"在预备期上再加几个月（{step.prolong.at_least} 到 {step.prolong.at_most}）"
            self.fields["months"].help_text = words
        elif step and step.due and step.due.at_most:
            words = f"从支部大会通过那天起一共几个月（最多 {step.due.at_most}）"
            self.fields["months"].help_text = words


class StopForm(FormMixin, forms.Form):
    on = DayField(label="终止日期", initial=timezone.localdate)
    why = forms.CharField(label="理由", max_length=150)


class WhyForm(FormMixin, forms.Form):
    why = forms.CharField(label="为什么撤销", max_length=150)
