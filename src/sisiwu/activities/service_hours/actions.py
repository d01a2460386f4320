"""Entering a service, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from django.core.exceptions import ValidationError

from sisiwu.activities.entries.submitting import How, submit
from sisiwu.activities.service_hours.facts import facts_of
from sisiwu.activities.service_hours.models import Service
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import Entry
from sisiwu.register.members.models import Member


def enter(service: Service, volunteers: Iterable[Member], *, by: User | None, **how: Unpack[How]) -> Entry:
    """Save a service with who took part and submit it.

    Raises what ``submit`` raises, and ValidationError when nobody took part.
    """
    people = list(volunteers)

    def somebody(_: Service) -> None:
        if not people:
            raise ValidationError("还没有选参加的人，请在名单里勾选。")

    return submit(
        service,
        how,
        by=by,
        title=f"志愿服务：{service.title}（{service.place}）",
        check=somebody,
        fill=lambda one: one.volunteers.set(people),
        facts=facts_of,
    )
