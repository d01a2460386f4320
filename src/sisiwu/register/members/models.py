"""Members and where they belonged when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sisiwu.register.organizations.models import Organization


class Status(models.IntegerChoices):
    """What a person is to the Party; the numbers of schemes/vocabulary.yaml."""

    FULL = 1, "正式党员"
    PROBATIONARY = 2, "预备党员"
    ACTIVIST = 3, "入党积极分子"
    NONE = 9, "非党员"


PARTY = (Status.FULL, Status.PROBATIONARY)
"""Who is a Party member: on the roll of meetings, counted in a branch."""


class Member(models.Model):
    """One person of one branch today; ``memberships`` tells where before.

    No identity number, address or telephone is kept here yet: what is not needed is not collected.
    """

    code = models.CharField("编号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=50)
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="members", verbose_name="所在支部")
    status = models.PositiveSmallIntegerField("党籍", choices=Status, default=Status.FULL)
    is_officer = models.BooleanField("民警", default=True)
    joined_on = models.DateField("入党日期", null=True, blank=True)
    """Of this day a member has the 政治生日."""
    left_on = models.DateField("转出或减少日期", null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="member", verbose_name="账号"
    )
    spoken = models.CharField(max_length=200, editable=False)
    strokes = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "党员"
        ordering = ["spoken", "id"]
        indexes = [
            models.Index(fields=["spoken", "id"], name="member_spoken"),
            models.Index(fields=["strokes", "id"], name="member_strokes"),
            models.Index(fields=["branch", "strokes"], name="member_branch_strokes"),
            models.Index(fields=["name"], name="member_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A member belonged to a branch from ``since`` until the day before ``until``."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="memberships", verbose_name="支部")
    since = models.DateField("起")
    until = models.DateField("止（不含当天）", null=True)
    why = models.CharField("事由", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "组织关系"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(until__isnull=True), name="one_open_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.branch}"
