"""Transfers of membership and their letters."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from sisiwu.register.members.models import Member, Status
from sisiwu.register.organizations.models import Organization


class Way(models.IntegerChoices):
    """Where from and where to, seen from this register."""

    WITHIN = 1, "系统内转接"
    OUT = 2, "转往系统外"
    IN = 3, "从系统外转入"


class Type(models.IntegerChoices):
    """Types of transfer by the codes of a police system (codes.json, ``transfer_types``; rulebook.md, section 7).

    Its 局 is our department, its 处 a committee under it; how each is recognised is in ``facts.type_of``.
    """

    SAME_COMMITTEE = 1, "处内"
    ACROSS = 2, "跨处"
    DOWN = 3, "局到处"
    DEPARTMENT = 4, "局内"
    OUTSIDE = 5, "局外"


class State(models.IntegerChoices):
    """What became of it. That a letter has run out is not a state: it follows from the day."""

    PENDING = 1, "待接收"
    RECEIVED = 2, "已接收"
    REFUSED = 3, "已退回"
    WITHDRAWN = 4, "已撤回"


class Transfer(models.Model):
    """One member's way from one organization to another, with the letter that is in force.

    A person who comes from outside is no member of this register until received: name, number and
    what else the register needs wait here (``member`` is empty till then).
    """

    way = models.PositiveSmallIntegerField("方向", choices=Way)
    type = models.PositiveSmallIntegerField("类型", choices=Type)
    state = models.PositiveSmallIntegerField("状态", choices=State, default=State.PENDING)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="transfers", verbose_name="党员"
    )
    name = models.CharField("姓名", max_length=50)
    code = models.CharField("党员编号", max_length=20)
    status = models.PositiveSmallIntegerField("党籍", choices=Status)
    joined_on = models.DateField("入党日期", null=True, blank=True)
    is_officer = models.BooleanField("民警", default=True)
    source = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="transfers_out", verbose_name="转出支部"
    )
    target = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="transfers_in", verbose_name="转入支部"
    )
    outside = models.CharField("系统外的党组织", max_length=100, blank=True)
    why = models.CharField("转接原因", max_length=60)
    dues_until = models.CharField("党费交至", max_length=20, blank=True)
    number = models.CharField("介绍信编号", max_length=40)
    issued_on = models.DateField("开具日期")
    valid_until = models.DateField("有效期至")
    """The letter may be used on this day, and not after it."""
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closed_why = models.CharField("退回或撤回的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "组织关系转接"
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["state", "valid_until"], name="transfer_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(state=1),
                name="one_transfer_at_a_time",
                violation_error_message="这名党员已有一件待接收的转接，请先办完或撤回。",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(way=3),
                name="one_letter_of_a_number",
                violation_error_message="介绍信编号已用过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}：{self.from_words}→{self.to_words}"

    @property
    def from_words(self) -> str:
        """Where the member comes from."""
        return str(self.source) if self.source else self.outside

    @property
    def to_words(self) -> str:
        """Where the member goes."""
        return str(self.target) if self.target else self.outside

    @property
    def home(self) -> Organization:
        """The organization of this register that answers for the letter: the sending one, or the receiving one."""
        one = self.source or self.target
        assert one is not None  # noqa: S101 - one end always lies in this register
        return one

    @property
    def receiver(self) -> Organization:
        """Where the receipt is confirmed: the receiving branch; for the outside, where the receipt comes back."""
        return self.target or self.home

    @property
    def is_expired(self) -> bool:
        """The letter has run out without receipt."""
        return self.expired_on(timezone.localdate())

    def expired_on(self, day: date) -> bool:
        """Whether on a day the letter has run out without receipt."""
        return self.state == State.PENDING and self.valid_until < day


class FormerLetter(models.Model):
    """A letter that was replaced by another one, and why. The stub is kept (ten years: rulebook.md, section 4)."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="former_letters")
    number = models.CharField("介绍信编号", max_length=40)
    issued_on = models.DateField("开具日期")
    valid_until = models.DateField("有效期至")
    why = models.CharField("为什么重开", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "已作废的介绍信"
        ordering = ["issued_on", "id"]

    def __str__(self) -> str:
        return self.number
