"""The common part of activities, and drafts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from sisiwu.register.organizations.models import Organization


class Activity(models.Model):
    """Something an organization did. Its facts are in the ledger, under ``source``.

    ``version`` counts changes: who saves an older one is shown both (optimistic lock).
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="党组织")
    title = models.CharField("主题", max_length=120)
    on = models.DateField("日期")
    place = models.CharField("地点", max_length=60, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> str:
        """How the ledger names this activity."""
        return f"{self._meta.label_lower}:{self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse(f"{self._meta.app_label}:detail", args=[self.pk])


class Draft(models.Model):
    """What a user has typed into a form and not yet sent; one per user and form."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=60)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.form
