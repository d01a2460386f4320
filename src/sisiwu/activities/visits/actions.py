"""Entering a visit, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from sisiwu.activities.entries.submitting import How, submit
from sisiwu.activities.visits.facts import facts_of
from sisiwu.activities.visits.models import Visit
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import Entry
from sisiwu.register.members.models import Member


def enter(visit: Visit, visitors: Iterable[Member], *, by: User | None, **how: Unpack[How]) -> Entry:
    """Save a visit with who went and submit it. Raises what ``submit`` raises."""
    people = list(visitors)
    title = f"{visit.get_kind_display()}：{visit.place} {visit.title}".strip()
    return submit(visit, how, by=by, title=title, fill=lambda one: one.visitors.set(people), facts=facts_of)
