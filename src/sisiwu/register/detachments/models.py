"""Who is attached to which temporary organization."""

from __future__ import annotations

from django.db import models

from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization


class Attachment(models.Model):
    """A member worked in a temporary organization from ``since`` until the day before ``until``.

    The membership stays where it is: no field here says anything of it.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="attachments", verbose_name="党员")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="attachments", verbose_name="临时组织")
    since = models.DateField("编入日期")
    until = models.DateField("归建日期（不含当天）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "临时编入"
        ordering = ["-since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(until__isnull=True),
                name="attached_once",
                violation_error_message="这名党员已编入一个临时组织，请先归建。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.organization}"
