"""Assignments, whom they are for, and the activities that answer them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from sisiwu.activities.entries.doors import titles
from sisiwu.register.organizations.models import Organization


class Category(models.TextChoices):
    """What a scheme counts it as (规定清单: 专题学习教育、精准扶贫等规定工作任务)."""

    STUDY = "study", "专题学习教育"
    POVERTY = "poverty", "精准扶贫"
    OTHER = "other", "其他规定任务"


class Assignment(models.Model):
    """One thing asked of many organizations, each of which is a target.

    ``kinds`` are kinds of fact: an activity of one of them on or after ``counts_from`` answers it.
    There is no field for what a branch has to write about it: the activity's own form is the answer.
    """

    key = models.UUIDField(unique=True, editable=False)
    title = models.CharField("任务", max_length=80)
    asked = models.CharField("要求", max_length=200)
    basis = models.CharField("依据", max_length=120)
    category = models.CharField("类别", max_length=10, choices=Category)
    kinds: models.JSONField[list[str], list[str]] = models.JSONField("用什么完成")
    counts_from = models.DateField("从哪天起的活动算数")
    due_on = models.DateField("完成时限")
    chosen = models.CharField("对象", max_length=300)
    """How the targets were chosen, in words; the targets themselves are rows and do not move."""
    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="布置单位")
    issued_on = models.DateField("布置日期")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField("撤销日期", null=True, blank=True)
    withdrawn_because = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ["-issued_on", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def kinds_words(self) -> str:
        """The kinds of activity, as a person reads them."""
        return titles(self.kinds)


class Status(models.TextChoices):
    """How far a target is; overdue is no status but an open one after its day."""

    OPEN = "open", "未完成"
    ANSWERED = "answered", "已报，待核实"
    DONE = "done", "已完成"
    EXCUSED = "excused", "已免除"
    WITHDRAWN = "withdrawn", "任务已撤销"


class Target(models.Model):
    """One organization's part of an assignment, resolved when it was issued.

    ``due_on`` begins as the assignment's and may be extended; ``done_on`` is the day of the activity
    that did it, not of its entry: late entry is no fault (R5).
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="targets", verbose_name="任务")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="党组织")
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.OPEN)
    due_on = models.DateField("完成时限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    excused_because = models.CharField("免除原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任务对象"
        ordering = ["organization__path"]
        constraints = [models.UniqueConstraint(fields=["assignment", "organization"], name="asked_once")]
        indexes = [
            models.Index(fields=["assignment", "status", "due_on"], name="target_assignment"),
            models.Index(fields=["organization", "status", "due_on"], name="target_organization"),
            models.Index(fields=["status", "due_on"], name="target_due"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}：{self.assignment}"

    @property
    def source(self) -> str:
        """How the ledger names this target."""
        return f"{self._meta.label_lower}:{self.pk}"

    @property
    def task(self) -> str:
        """How the inbox names it."""
        return f"target:{self.pk}"

    def is_overdue(self, today: date) -> bool:
        return self.status == Status.OPEN and self.due_on < today


class Answer(models.Model):
    """An activity that answers a target: ``source`` is what the ledger calls it (``meetings.meeting:12``).

    ``accepted`` follows the newest decision of the activity's entry; open while it waits.
    """

    target = models.ForeignKey(Target, models.CASCADE, related_name="answers")
    source = models.CharField("来源", max_length=60)
    title = models.CharField("活动", max_length=200)
    url = models.CharField(max_length=200)
    on = models.DateField("日期")
    accepted = models.BooleanField("通过", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "完成情况"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["target", "source"], name="answered_once_by_an_activity")]
        indexes = [models.Index(fields=["source"], name="answer_source")]

    def __str__(self) -> str:
        return self.title
