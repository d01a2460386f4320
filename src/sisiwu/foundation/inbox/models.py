"""What waits, and what people were reminded of."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Task(models.Model):
    """One thing to do for whoever may do ``verb`` at the organization ``path``; closed when it is done.

    An empty path: for whoever may do the verb anywhere. With ``user``, for that person alone (``verb`` is
    empty then). ``key`` names the reason (``entry:12``): raising it twice gives one task.
    ``urgent_by`` is the person who marked it urgent: only then is it told outside working hours (R15).
    """

    key = models.CharField(max_length=80, unique=True)
    verb = models.CharField(max_length=20, blank=True)
    path = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="tasks")
    title = models.CharField("事项", max_length=200)
    url = models.CharField(max_length=200)
    due_on = models.DateField("期限", null=True)
    raised_at = models.DateTimeField("提出时间", auto_now_add=True)
    done_at = models.DateTimeField("办结时间", null=True)
    urgent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "待办"
        indexes = [
            models.Index(fields=["verb", "done_at", "path"], name="task_open"),
            models.Index(fields=["user", "done_at"], name="task_personal"),
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How a person wants to be reminded; without a row, on the site. ``channel`` empty: not at all."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminding")
    channel = models.CharField("提醒方式", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒方式"

    def __str__(self) -> str:
        return self.channel or "不要"


class Sent(models.Model):
    """One digest of one person on one day; written when it was sent, never changed (trigger).

    ``tasks`` are the ids of what it named. Whether it was opened is not kept.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField("日期")
    sent_at = models.DateTimeField("发出时间")
    channel = models.CharField(max_length=20)
    tasks = models.JSONField("事项", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "已发提醒"
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.channel}"
