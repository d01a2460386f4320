"""Visits."""

from __future__ import annotations

from django.db import models

from sisiwu.activities.entries.models import Activity
from sisiwu.register.members.models import Member


class Kind(models.TextChoices):
    """What a visit is for; the values are levels of ``visit.made`` (seed: 学习、调研、宣讲; 走访慰问; 联系点; 帮扶)."""

    STUDY = "study", "学习"
    RESEARCH = "research", "调研"
    TALK = "talk", "宣讲"
    COMFORT = "comfort", "慰问"
    LIAISON = "liaison", "联系点走访"
    POVERTY = "poverty", "帮扶走访"


class Visit(Activity):
    """One visit; ``place`` is the unit, village or community, never a private address."""

    kind = models.CharField("种类", max_length=20, choices=Kind, default=Kind.RESEARCH)
    findings = models.TextField("发现的问题和建议", blank=True)
    visitors = models.ManyToManyField(Member, related_name="visits", blank=True, verbose_name="走访人员")

    class Meta:
        verbose_name = verbose_name_plural = "走访"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organization", "-on"], name="visit_organization")]
