"""What is kept of every change and every look."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sisiwu.foundation.audit.words import ACTS


class LogEntry(models.Model):
    """One act of one user; written in the transaction of the act, never changed (trigger).

    ``person`` is the id of the member whose record was looked at or changed, so that the person can
    be shown who looked (谁看过我).
    """

    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="操作人")
    act = models.CharField("操作", max_length=60)
    subject = models.CharField("对象", max_length=200, blank=True)
    path = models.CharField("所在组织", max_length=200, blank=True)
    person = models.BigIntegerField("涉及党员", null=True)
    detail = models.JSONField("内容", default=dict)
    address = models.GenericIPAddressField("来自", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        indexes = [
            models.Index(fields=["-at"], name="log_at"),
            models.Index(fields=["person", "-at"], name="log_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject}"

    @property
    def words(self) -> str:
        """The act as a person reads it."""
        return ACTS.get(self.act, self.act)
