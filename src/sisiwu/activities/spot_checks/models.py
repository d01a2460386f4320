"""Draws, and what was found of each record that was drawn."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sisiwu.register.organizations.models import Organization


class Draw(models.Model):
    """One draw from the entries of a period under one organization; a period is drawn once.

    The entries drawn from are those that counted at ``drawn_at``; ``ledger.queries.stood`` gives them
    again at any time, so that the draw can be repeated by anybody.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="范围")
    first = models.DateField("从")
    last = models.DateField("到")
    seed_on = models.DateField("种子日期")
    phrase = models.CharField("种子短句", max_length=60)
    count = models.PositiveSmallIntegerField("抽几条")
    population = models.PositiveIntegerField("从几条里抽")
    drawn_at = models.DateTimeField("抽取时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="抽取人")

    class Meta:
        verbose_name = verbose_name_plural = "抽查"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["organization", "first", "last"], name="a_period_is_drawn_once")]

    def __str__(self) -> str:
        return f"{self.organization} {self.first}至{self.last}"

    @property
    def seed(self) -> str:
        """What is ranked with: the day and the phrase."""
        return f"{self.seed_on.isoformat()} {self.phrase}"


class Check(models.Model):
    """One drawn entry: what the branch said of its record, and what staff found. It is never worth points by itself."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="checks")
    entry = models.ForeignKey("ledger.Entry", models.PROTECT, related_name="+", verbose_name="录入")
    place = models.PositiveSmallIntegerField("次序")
    digest = models.CharField("摘要", max_length=64)
    shown = models.CharField("支部说明", max_length=200, blank=True)
    shown_on = models.DateField("出示日期", null=True)
    conforms = models.BooleanField("相符", null=True)
    note = models.CharField("核查说明", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="核查人")
    on = models.DateField("核查日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "抽查记录"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["draw", "entry"], name="an_entry_is_drawn_once")]

    def __str__(self) -> str:
        return f"{self.entry}"
