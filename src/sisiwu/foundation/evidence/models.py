"""Files beside activities."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models


class File(models.Model):
    """One file that somebody added. ``key`` is the form's; ``source`` the activity's, once it was submitted.

    The bytes lie under their SHA-256: the same file twice is stored once, a changed one is noticed.
    """

    sha256 = models.CharField(max_length=64)
    name = models.CharField("文件名", max_length=120)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField("大小")
    path = models.CharField("所在组织", max_length=200)
    key = models.UUIDField()
    source = models.CharField("来源", max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提交人")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["source"], name="evidence_source"),
            models.Index(fields=["key"], name="evidence_key"),
        ]
        constraints = [models.UniqueConstraint(fields=["key", "sha256"], name="evidence_once_per_form")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.SISIWU_EVIDENCE) / self.sha256[:2] / self.sha256

    @property
    def is_picture(self) -> bool:
        """Whether a page may show it."""
        return self.media_type in ("image/jpeg", "image/png", "image/webp")
