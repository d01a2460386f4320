"""Training classes and who took part."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from sisiwu.activities.entries.models import Activity
from sisiwu.register.members.models import Member


class Mode(models.TextChoices):
    """How people are trained (seed: 业务培训、战训合一、全员轮训、进高校培训)."""

    CENTRAL = "central", "集中培训"
    ROTATION = "rotation", "全员轮训"
    COMBAT = "combat", "战训合一"
    UNIVERSITY = "university", "进高校培训"
    PARTY_STAFF = "party_staff", "党务干部培训"


HOURS_MAX_CENTI = 40_000
"""400 hours: longer than any class in the rules; more is a slip of the pen."""


class Training(Activity):
    """One class. ``hours_centi`` are hours of study of each who took part, in hundredths."""

    kind = models.CharField("方式", max_length=20, choices=Mode, default=Mode.CENTRAL)
    hours_centi = models.PositiveIntegerField(
        "学时", validators=[MinValueValidator(50), MaxValueValidator(HOURS_MAX_CENTI)]
    )
    organizer = models.CharField("主办单位", max_length=60, blank=True)
    rolled = models.PositiveIntegerField("应训人数", default=0)
    """On the roll of the organization that day."""
    trainees = models.ManyToManyField(Member, related_name="trainings", verbose_name="参训人员")

    class Meta:
        verbose_name = verbose_name_plural = "培训"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organization", "-on"], name="training_organization")]
