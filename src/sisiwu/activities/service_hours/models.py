"""Services in a community."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from sisiwu.activities.entries.models import Activity
from sisiwu.register.members.models import Member

HOURS_MAX_CENTI = 1_200
"""Twelve hours: more on one day is a slip of the pen."""


class Service(Activity):
    """One service on one day; ``place`` is the community, ``hours_centi`` the hours of each, in hundredths."""

    hours_centi = models.PositiveIntegerField(
        "每人时长（小时）", validators=[MinValueValidator(25), MaxValueValidator(HOURS_MAX_CENTI)]
    )
    volunteers = models.ManyToManyField(Member, related_name="services", verbose_name="参加人员")

    class Meta:
        verbose_name = verbose_name_plural = "志愿服务"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organization", "-on"], name="service_organization")]
