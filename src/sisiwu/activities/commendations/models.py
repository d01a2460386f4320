"""Commendations: the honours register (G1)."""

from __future__ import annotations

from django.db import models

from sisiwu.activities.entries.models import Activity
from sisiwu.register.members.models import Member


class Kind(models.TextChoices):
    """What is granted, to whom; the values are kinds of fact."""

    PRAISE = "commendation.organization", "通报表扬党组织"
    TITLE = "title.advanced_organization", "授予党组织称号"
    PERSON = "member.commended", "表彰个人"


class Level(models.TextChoices):
    """Levels of the granting body for organizations, and of individual awards; values as in the dictionary."""

    COMMITTEE = "committee", "厅机关党委"
    WORK_COMMITTEE = "work_committee", "省直机关工委"
    MINISTRY = "ministry", "省部级"
    COMMENDATION = "commendation", "嘉奖（个人）"
    THIRD_MERIT = "third_merit", "三等功（个人）"
    SECOND_MERIT = "second_merit", "二等功（个人）"
    FIRST_MERIT = "first_merit", "一等功（个人）"


OF_PERSONS = (Level.COMMENDATION, Level.THIRD_MERIT, Level.SECOND_MERIT, Level.FIRST_MERIT)


class Commendation(Activity):
    """One honour; ``on`` is the day of the decision. ``member`` only when a person was commended."""

    kind = models.CharField("表彰对象", max_length=40, choices=Kind, default=Kind.PRAISE)
    level = models.CharField("级别", max_length=20, choices=Level)
    granted_by = models.CharField("表彰单位", max_length=60)
    number = models.CharField("文号", max_length=60, blank=True)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="commendations", verbose_name="受表彰的同志"
    )

    class Meta:
        verbose_name = verbose_name_plural = "表彰"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organization", "-on"], name="commendation_organization")]
