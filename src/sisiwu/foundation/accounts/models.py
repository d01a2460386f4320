"""Users and the roles they hold."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from sisiwu.foundation.accounts.roles import Role


class User(AbstractUser):
    """One person's account; the name is one field, as Chinese names are."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    last_login = None
    """Nobody's log-ins are kept (R14): Django writes none where the field is missing."""
    name = models.CharField("姓名", max_length=50)
    large_type = models.BooleanField("大字版", default=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Grant(models.Model):
    """One role of one user over the organizations whose path begins with ``path``, for a while.

    ``path`` is text and no foreign key: accounts lie beneath the register.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name="账号")
    role = models.CharField("角色", max_length=30, choices=Role)
    path = models.CharField("范围", max_length=200, blank=True)
    since = models.DateField("起")
    until = models.DateField("止（不含当天）", null=True, blank=True)
    source = models.CharField("来由", max_length=60, blank=True)
    """The position that gives the role, such as ``position:12``; empty when given by hand."""

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "path", "since", "source"],
                name="one_grant_of_a_kind",
                violation_error_message="同一账号已有这个角色。",
            )
        ]
        indexes = [models.Index(fields=["source"], name="grant_source")]

    def __str__(self) -> str:
        return f"{self.user}：{self.get_role_display()}"
