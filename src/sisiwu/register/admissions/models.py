"""Admissions and what was done of them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from sisiwu.register.admissions.steps import LAST, steps
from sisiwu.register.members.models import Member, Status


class State(models.IntegerChoices):
    OPEN = 1, "办理中"
    DONE = 2, "已完成"
    STOPPED = 3, "已终止"
    LEFT = 4, "已转出"


class Admission(models.Model):
    """One person's way into the Party, in the branch where the person belongs (it moves along with them).

    ``next_…`` follow from the steps done and steps.yaml; they are kept so that lists can sort by them.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="admissions", verbose_name="申请人")
    state = models.PositiveSmallIntegerField("状态", choices=State, default=State.OPEN)
    next_number = models.PositiveSmallIntegerField("下一步", null=True, blank=True)
    next_opens_on = models.DateField("最早可办", null=True, blank=True)
    next_due_on = models.DateField("最晚办结", null=True, blank=True)
    closed_on = models.DateField("结束日期", null=True, blank=True)
    closed_why = models.CharField("终止理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发展党员"
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "next_due_on"], name="admission_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(state=1),
                name="one_open_admission",
                violation_error_message="这位同志已有一件办理中的发展党员。",
            )
        ]

    def __str__(self) -> str:
        return str(self.member)

    @property
    def next_title(self) -> str:
        """The next step in words."""
        return f"{self.next_number} {steps()[self.next_number].title}" if self.next_number else ""


class Done(models.Model):
    """A step was done on a day by somebody; a step taken back stays, with why (``taken_back``)."""

    admission = models.ForeignKey(Admission, models.PROTECT, related_name="done")
    number = models.PositiveSmallIntegerField("步骤", validators=[MinValueValidator(1), MaxValueValidator(LAST)])
    on = models.DateField("日期")
    who = models.CharField("谁办的", max_length=60)
    note = models.CharField("说明", max_length=200, blank=True)
    days = models.PositiveSmallIntegerField("天数", null=True, blank=True)
    hours = models.PositiveSmallIntegerField("学时", null=True, blank=True)
    due_on = models.DateField("当时的期限", null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    status_before = models.PositiveSmallIntegerField("以前的党籍", choices=Status)
    joined_before = models.DateField("以前的入党日期", null=True, blank=True)
    taken_back = models.CharField("为什么撤销", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发展党员步骤"
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["admission", "number"], name="admission_step")]

    def __str__(self) -> str:
        return f"{steps()[self.number]} {self.on}"

    @property
    def is_late(self) -> bool:
        """Done after its deadline."""
        return self.due_on is not None and self.on > self.due_on


class Extension(models.Model):
    """A period was made longer, once for each step: an approval to so many months, a probation by so many."""

    admission = models.ForeignKey(Admission, models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField("步骤")
    months = models.PositiveSmallIntegerField("月数")
    on = models.DateField("决定日期")
    why = models.CharField("理由", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "延长"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "number"],
                name="extended_once",
                violation_error_message="已经延长过一次，不能再延长。",
            )
        ]

    def __str__(self) -> str:
        return f"{steps()[self.number]} {self.months} 个月"
