"""Party organizations as they stand, and as they stood."""

from __future__ import annotations

from django.db import models

SEGMENT = 7
"""Digits of one level in a path; nothing parts the levels, so that ranges hold in every collation."""


class Kind(models.IntegerChoices):
    """Kinds of organization; the codes of the national form where it has one (codes.json), ours elsewhere."""

    PARTY_COMMITTEE = 611, "党委"
    LEADING_GROUP = 612, "党组"
    ORGAN_COMMITTEE = 613, "机关党委"
    GENERAL_BRANCH = 621, "党总支部"
    BRANCH = 631, "党支部"
    JOINT_BRANCH = 632, "联合党支部"
    PARTY_GROUP = 641, "党小组"
    TEMPORARY_COMMITTEE = 911, "临时党委"
    TEMPORARY_GENERAL_BRANCH = 921, "临时党总支部"
    TEMPORARY_BRANCH = 931, "临时党支部"
    TEMPORARY_JOINT_BRANCH = 932, "临时联合党支部"


TEMPORARY = (
    Kind.TEMPORARY_COMMITTEE,
    Kind.TEMPORARY_GENERAL_BRANCH,
    Kind.TEMPORARY_BRANCH,
    Kind.TEMPORARY_JOINT_BRANCH,
)
"""Kinds of organization formed for a task and dissolved with it."""
BRANCHES = (Kind.BRANCH, Kind.JOINT_BRANCH)
"""Kinds that hold memberships and admit members."""


class Organization(models.Model):
    """One Party organization as it stands today; what it was is in its versions.

    ``path`` is the chain of ids from the root, each ``SEGMENT`` digits: a subtree is a range of it.
    Nothing is ever removed: an organization is dissolved (``dissolved_on``) and stays readable.
    """

    code = models.CharField("编号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.PositiveSmallIntegerField("类别", choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField(max_length=200, unique=True)
    region = models.PositiveIntegerField("地区", default=510_000)
    """GB/T 2260 code: the second tree (条块结合)."""
    is_window = models.BooleanField("窗口单位", default=False)
    is_grassroots = models.BooleanField("基层一线单位", default=False)
    place = models.CharField("常用地点", max_length=60, blank=True)
    founded_on = models.DateField("成立日期")
    dissolved_on = models.DateField("撤销日期", null=True, blank=True)
    spoken = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "党组织"
        ordering = ["path"]
        indexes = [
            models.Index(fields=["region", "path"], name="organization_region"),
            models.Index(fields=["spoken"], name="organization_spoken"),
        ]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """How an organization was from ``since`` until the day before ``until`` (open: still so)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="versions")
    since = models.DateField("起")
    until = models.DateField("止（不含当天）", null=True)
    name = models.CharField("名称", max_length=100)
    kind = models.PositiveSmallIntegerField("类别", choices=Kind)
    parent = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name="上级")
    region = models.PositiveIntegerField("地区")
    why = models.CharField("变更事由", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "沿革"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(until__isnull=True), name="one_open_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.since} 起）"
