"""The one way from a form to the ledger: every kind of activity is submitted here, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypedDict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sisiwu.activities.entries.asking import answer
from sisiwu.activities.entries.models import Activity
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.evidence.actions import attach
from sisiwu.foundation.inbox.actions import settle
from sisiwu.foundation.receipts.actions import once
from sisiwu.ledger import actions as ledger
from sisiwu.ledger.actions import Draft, Entry
from sisiwu.ledger.queries import last_entry, sent

LATE_DAYS = 7
"""Entered more than so many days after it happened, it is marked 补录 (never refused)."""


class How(TypedDict, total=False):
    """How an activity is sent: ``key`` makes twice the same as once; ``version`` is the one that was seen.

    ``assignment`` is what it does of what was asked (asking.py); ``is_late`` None (the default): by the calendar.
    """

    key: UUID
    is_late: bool | None
    late_because: str
    version: int | None
    assignment: int | None


def is_late(day: date) -> bool:
    """Whether something is entered long after it happened."""
    return day < timezone.localdate() - timedelta(days=LATE_DAYS)


@transaction.atomic
def submit[A: Activity](
    activity: A,
    how: How,
    *,
    by: User | None,
    title: str,
    facts: Callable[[A], Iterable[Draft]],
    check: Callable[[A], None] | None = None,
    fill: Callable[[A], None] | None = None,
) -> Entry:
    """Save an activity and hand its facts to the ledger; ``by`` None: the program itself.

    ``check`` is asked before anything is saved, ``fill`` writes the rows under the activity, ``facts``
    is asked after both. Sent twice with the same key it is entered once. Raises ValidationError (what
    ``check`` refuses, a submission that waits or was accepted, an older version) and PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.ENTER, activity.organization.path)
    if by is not None:
        once(how["key"], by, title)  # of two at the same moment one waits here for the other
    before = sent(how["key"])
    if before:
        return before
    if activity.pk:
        free_to_mend(activity, how.get("version"))
        activity.version += 1
    else:
        activity.created_by = by
    if check:
        check(activity)
    activity.full_clean()
    activity.save()
    if fill:
        fill(activity)
    settle(f"returned:{activity.source}")
    attach(how["key"], activity.source, by)
    late = how.get("is_late")
    entry = ledger.record(
        key=how["key"],
        source=activity.source,
        title=title,
        url=activity.get_absolute_url(),
        organization=activity.organization,
        on=activity.on,
        facts=facts(activity),
        by=by,
        is_late=is_late(activity.on) if late is None else late,
        late_because=how.get("late_because", ""),
    )
    answer(how.get("assignment"), entry)
    return entry


class OutdatedError(ValidationError):
    """Somebody else changed the record meanwhile; ``stored`` is how it stands now."""

    def __init__(self, stored: Activity) -> None:
        self.stored = stored
        super().__init__("别的同志刚刚改过这条记录。您填的内容还在下面，请对照最新记录后再提交。")


def free_to_mend(activity: Activity, version: int | None) -> None:
    """Raises OutdatedError for an older version, ValidationError while a submission waits or was accepted."""
    stored = type(activity)._default_manager.select_for_update().get(pk=activity.pk)
    if version is not None and version != stored.version:
        raise OutdatedError(stored)
    last = last_entry(activity.source)
    decision = getattr(last, "decision", None)
    if last and (decision is None or decision.accepted):
        raise ValidationError("这次录入正在核实或已核实，不能再改；有误请联系核实人退回或冲正。")
