"""Who holds which position, and each committee's term."""

from __future__ import annotations

from django.db import models

from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization


class Position(models.IntegerChoices):
    """Positions; the numbers of schemes/vocabulary.yaml."""

    SECRETARY = 1, "书记"
    DEPUTY_SECRETARY = 2, "副书记"
    ORGANIZATION_MEMBER = 3, "组织委员"
    PUBLICITY_MEMBER = 4, "宣传委员"
    DISCIPLINE_MEMBER = 5, "纪检委员"
    YOUTH_MEMBER = 6, "青年委员"
    COMMITTEE_MEMBER = 7, "委员"
    GROUP_LEADER = 8, "党小组长"


SOLE = (Position.SECRETARY,)
"""Held by one person at a time."""


class Term(models.Model):
    """One committee's term (届): elected on a day, due for re-election on another."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="terms", verbose_name="党组织")
    number = models.PositiveSmallIntegerField("届次")
    elected_on = models.DateField("选举日期")
    due_on = models.DateField("届满日期")

    class Meta:
        verbose_name = verbose_name_plural = "届"
        ordering = ["organization", "number"]
        constraints = [models.UniqueConstraint(fields=["organization", "number"], name="one_term_of_a_number")]
        indexes = [models.Index(fields=["due_on"], name="term_due")]

    def __str__(self) -> str:
        return f"{self.organization}第{self.number}届"


class Holding(models.Model):
    """A member held a position in an organization from ``since`` until the day before ``until``."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="holdings", verbose_name="党员")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="holdings", verbose_name="党组织")
    position = models.PositiveSmallIntegerField("职务", choices=Position)
    since = models.DateField("任职日期")
    until = models.DateField("免职日期（不含当天）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["position", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "position"],
                condition=models.Q(until__isnull=True, position__in=SOLE),
                name="one_secretary",
                violation_error_message="已有在任的书记，请先免去。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.get_position_display()}"
