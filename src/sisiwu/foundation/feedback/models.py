"""What was said, and what was answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Category(models.TextChoices):
    """What it is about."""

    SOFTWARE = "software", "软件问题"
    BURDEN = "burden", "填报负担"
    SCORE = "score", "得分异议"
    OTHER = "other", "其他"


class Suggestion(models.Model):
    """One complaint or suggestion.

    Without ``by`` nobody can tell whose it is: no account, no address, no time of day is kept, and the log
    names nobody; ``code`` is what the sender alone knows, to read the answer (and what makes sending twice the same as once).
    """

    category = models.CharField("类别", max_length=20, choices=Category)
    text = models.TextField("内容", max_length=2000)
    page = models.CharField("所在页面", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出人"
    )
    code = models.CharField("查询码", max_length=12, unique=True)
    on = models.DateField("提出日期")
    answer = models.TextField("答复", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"
        ordering = ["-id"]
        indexes = [models.Index(fields=["by", "-id"], name="suggestion_by")]

    def __str__(self) -> str:
        return f"{self.get_category_display()}：{self.text[:30]}"

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return "已办结" if self.closed_on else "已答复" if self.answered_on else "待答复"
