"""Meetings and who was there."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sisiwu.activities.entries.models import Activity
from sisiwu.ledger.twins import SEVERAL_A_DAY
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization


class Kind(models.TextChoices):
    """Kinds of meeting; the values are kinds of fact (schemes/facts.yaml)."""

    PARTY_DAY = "meeting.party_day", "主题党日"
    BRANCH_COMMITTEE = "meeting.branch_committee", "支委会"
    MEMBER_ASSEMBLY = "meeting.member_assembly", "党员大会"
    GROUP_MEETING = "meeting.group_meeting", "党小组会"
    PARTY_LECTURE = "meeting.party_lecture", "党课"
    ORGANIZATION_LIFE = "meeting.organization_life", "组织生活会"
    DEMOCRATIC_APPRAISAL = "meeting.democratic_appraisal", "民主评议党员"
    THEORY_STUDY = "meeting.theory_study", "理论学习"
    HEART_TALK = "meeting.heart_talk", "谈心谈话"


OFTEN = tuple(kind for kind in Kind if kind in SEVERAL_A_DAY)
"""Several a day are usual: talks with one person each, groups of one branch."""


class Presence(models.TextChoices):
    """Whether a member was there; an absence with leave costs nobody anything."""

    PRESENT = "present", "到会"
    LATE = "late", "迟到"
    DUTY = "duty", "因公请假"
    SICK = "sick", "因病请假"
    PRIVATE = "private", "因事请假"
    ABSENT = "absent", "无故缺席"


class Meeting(Activity):
    """One meeting of one organization."""

    kind = models.CharField("类别", max_length=40, choices=Kind)
    host = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主持人")
    lecturer = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="讲课人")
    minutes = models.TextField("议题与决议", blank=True)
    members = models.ManyToManyField(Member, through="Attendance", related_name="meetings")

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organization", "-on"], name="meeting_organization")]


class Attendance(models.Model):
    """Whether one member was at one meeting, and why not."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    presence = models.CharField("到会情况", max_length=10, choices=Presence, default=Presence.PRESENT)

    class Meta:
        verbose_name = verbose_name_plural = "出勤"
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attend_once")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_presence_display()}"


class Gathering(models.Model):
    """A meeting of today that was prepared before it is held; removed when it is entered.

    ``secret`` makes the codes on the wall; it never leaves the server.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name="党组织")
    kind = models.CharField("类别", max_length=40, choices=Kind, default=Kind.PARTY_DAY)
    title = models.CharField("主题（可不填）", max_length=120, blank=True)
    on = models.DateField("日期")
    place = models.CharField("地点", max_length=60, blank=True)
    secret = models.CharField(max_length=64, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "会前准备"
        indexes = [models.Index(fields=["organization", "on"], name="gathering_organization")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.title}" if self.title else str(self.get_kind_display())


class Signing(models.Model):
    """One member has signed in to a prepared meeting; no time, no place, no device."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="signings")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "签到"
        constraints = [models.UniqueConstraint(fields=["gathering", "member"], name="sign_once")]

    def __str__(self) -> str:
        return str(self.member)
