"""Keeping the table of holidays."""

from __future__ import annotations

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import Anyone, may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.workdays.models import Special, Year
from sisiwu.foundation.workdays.notice import read_notice
from sisiwu.foundation.workdays.queries import KEY

FIRST_YEAR, LAST_YEAR = 2004, 2100


def may_keep(user: Anyone) -> bool:
    """Committee staff and the system officer keep the table."""
    return may(user, Verb.REGISTER) or may(user, Verb.ACCOUNTS)


@transaction.atomic
def publish(year: int, text: str, *, source: str, by: User) -> Year:
    """The holidays of a year as pasted replace what was there.

    Raises ValidationError that names every line that cannot be read, and PermissionDenied.
    """
    if not may_keep(by):
        raise PermissionDenied("放假安排由机关党委干事或系统管理员维护。")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError({"year": f"年份在 {FIRST_YEAR} 与 {LAST_YEAR} 之间。"})
    if not source.strip():
        raise ValidationError({"source": "请写依据，例如“国务院办公厅关于2027年部分节假日安排的通知”。"})
    days, wrong = read_notice(text, year)
    if not days and not wrong:
        wrong = ["请粘贴放假和调休的日子，一行一段。"]
    if wrong:
        raise ValidationError({"text": wrong})
    one, _ = Year.objects.update_or_create(year=year, defaults={"source": source.strip(), "by": by})
    one.days.all().delete()
    Special.objects.bulk_create(
        [Special(year=one, day=day, is_worked=worked, name=name) for day, (worked, name) in sorted(days.items())]
    )
    note("workdays.publish", by, one, year=year, days=len(days))
    transaction.on_commit(_forget)
    _forget()
    return one


def _forget() -> None:
    cache.delete(KEY)
