"""Tokens and what they are good for."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sisiwu.foundation.accounts.roles import Verb


class Scope(models.TextChoices):
    """What a token may be used for; always within what its user's roles allow."""

    READ_REGISTER = "read:register", "看名册（党组织、党员、任职）"
    WRITE_REGISTER = "write:register", "维护名册"
    READ_ACTIVITIES = "read:activities", "看活动和台账"
    WRITE_ACTIVITIES = "write:activities", "录入活动"
    ASSIGN = "assign", "布置任务"
    VERIFY = "verify", "核实、退回、冲正"
    READ_SCORES = "read:scores", "看得分和依据"
    READ_LOG = "read:log", "看操作日志"
    READ_ACCOUNTS = "read:accounts", "看账号和角色"
    WRITE_ACCOUNTS = "write:accounts", "开通、停用、重置账号"
    WRITE_ROLES = "write:roles", "授予、收回角色"
    WRITE_OWN = "write:own", "改自己的提醒方式、提意见"


VERBS: dict[Scope, frozenset[Verb]] = {
    Scope.READ_REGISTER: frozenset({Verb.VIEW, Verb.MEMBERS}),
    Scope.WRITE_REGISTER: frozenset({Verb.REGISTER, Verb.ROLL}),
    Scope.READ_ACTIVITIES: frozenset({Verb.VIEW}),
    Scope.WRITE_ACTIVITIES: frozenset({Verb.ENTER}),
    Scope.ASSIGN: frozenset({Verb.ASSIGN}),
    Scope.VERIFY: frozenset({Verb.VERIFY}),
    Scope.READ_SCORES: frozenset({Verb.SCORES, Verb.VIEW}),
    Scope.READ_LOG: frozenset({Verb.AUDIT}),
    Scope.READ_ACCOUNTS: frozenset({Verb.ACCOUNTS, Verb.GRANTS}),
    Scope.WRITE_ACCOUNTS: frozenset({Verb.ACCOUNTS}),
    Scope.WRITE_ROLES: frozenset({Verb.GRANTS}),
    Scope.WRITE_OWN: frozenset(Verb),
}
"""A scope is offered to whoever may do one of its verbs somewhere."""


class Token(models.Model):
    """One token of one user, good through the day before ``until`` unless it was revoked.

    Only the SHA-256 of the token is kept. ``used_on`` is a day and nothing finer: it tells the owner
    which tokens are forgotten, and measures nobody.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", verbose_name="账号")
    name = models.CharField("名称", max_length=40)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes: models.JSONField[list[str], list[str]] = models.JSONField("用途", default=list)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    until = models.DateField("到期日期（不含当天）")
    used_on = models.DateField("最近使用", null=True, blank=True)
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_token_of_a_name",
                violation_error_message="您已有同名的令牌，请换一个名称，或先撤销那一个。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        """What it may be used for, as a person reads it."""
        return [str(Scope(one).label) for one in self.scopes if one in Scope.values]
