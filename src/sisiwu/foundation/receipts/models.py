"""The keys of deeds that were done."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Receipt(models.Model):
    """One deed was done under this key by this user; ``url`` is where its result is."""

    key = models.UUIDField(primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="操作人")
    what = models.CharField("操作", max_length=80)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "回执"

    def __str__(self) -> str:
        return f"{self.what} {self.key}"
