"""Entries, the facts they brought, what staff decided of them, and reversals. All tables only grow (triggers)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization


class Entry(models.Model):
    """One submission of one activity (一次录入): what was entered once and feeds every list.

    ``source`` names the activity (``meetings.meeting:12``); an activity that was returned and mended
    is submitted anew with another entry. ``key`` makes sending twice the same as sending once.
    """

    key = models.UUIDField(unique=True)
    source = models.CharField("来源", max_length=60)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="entries", verbose_name="党组织")
    path = models.CharField(max_length=200)
    title = models.CharField("事项", max_length=200)
    url = models.CharField(max_length=200)
    occurred_on = models.DateField("发生日期")
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="录入人")
    late_because = models.CharField("补录原因", max_length=200, blank=True)
    is_late = models.BooleanField("补录", default=False)
    awaits = models.BooleanField("待核实")
    """Whether it counts only after staff have verified it."""

    class Meta:
        verbose_name = verbose_name_plural = "录入"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["source"], name="entry_source"),
            models.Index(fields=["path", "-id"], name="entry_path"),
            models.Index(fields=["organization", "occurred_on"], name="entry_organization"),
            models.Index(fields=["-occurred_on", "-id"], name="entry_recent"),
        ]

    def __str__(self) -> str:
        return self.title


class Fact(models.Model):
    """Something that happened to one organization or one member; counted by rules.

    ``code`` is the number of kind and level in the dictionary (``FactKind.number_of``), ``marks`` the
    bits of its marks; quantities are hundredths; days are local dates.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="facts")
    kind = models.CharField("类型", max_length=60)
    code = models.PositiveIntegerField()
    level = models.CharField("层级", max_length=30, null=True)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="facts")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="facts")
    occurred_on = models.DateField("日期")
    quantity_centi = models.BigIntegerField("数量", default=100)
    base_centi = models.BigIntegerField("基数", default=100)
    matter = models.CharField("事项", max_length=80, null=True)
    due_on = models.DateField("期限", null=True)
    marks = models.PositiveIntegerField("标记", default=0)
    sharers = models.PositiveSmallIntegerField("分享人数", default=1)
    recorded_at = models.DateTimeField("入账时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "事实"
        indexes = [
            models.Index(fields=["organization", "occurred_on"], name="fact_organization"),
            models.Index(fields=["member", "occurred_on"], name="fact_member"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=True) ^ models.Q(member__isnull=True),
                name="fact_of_one_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_on}"


class Decision(models.Model):
    """What staff decided of an entry: accepted (核实) or returned with a reason (退回)."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="decision")
    accepted = models.BooleanField("通过")
    reason = models.CharField("理由", max_length=300, blank=True)
    merged_into = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="absorbed", verbose_name="并入")
    """The entry of the same matter that stands, when this one was returned because of it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="核实人")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "核实"

    def __str__(self) -> str:
        return "通过" if self.accepted else f"退回：{self.reason}"


class Reversal(models.Model):
    """A fact no longer counts from a day on (冲正); the fact itself stays."""

    fact = models.OneToOneField(Fact, models.PROTECT, related_name="reversal")
    reason = models.CharField("原因", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="经办人")
    on = models.DateField("冲正日期")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "冲正"

    def __str__(self) -> str:
        return self.reason
