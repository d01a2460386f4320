"""Years whose holidays are known, and the days that differ from Monday to Friday."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Year(models.Model):
    """One year whose notice was published and entered; a year without a row is taken as Monday to Friday."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    source = models.CharField("依据", max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="录入人")
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}年"


class Special(models.Model):
    """One day that differs from its day of the week: a holiday, or a weekend that is worked (调休上班).

    Holidays on a weekend are kept as well: the notice names them.
    """

    year = models.ForeignKey(Year, models.CASCADE, related_name="days")
    day = models.DateField("日期", unique=True)
    is_worked = models.BooleanField("上班")
    name = models.CharField("名称", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假和调休"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {'班' if self.is_worked else '休'} {self.name}".rstrip()
