"""Entering a class, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from django.core.exceptions import ValidationError

from sisiwu.activities.entries.submitting import How, submit
from sisiwu.activities.trainings.facts import facts_of
from sisiwu.activities.trainings.models import Training
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import Entry
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.models import Member


def enter(training: Training, trainees: Iterable[Member], *, by: User | None, **how: Unpack[How]) -> Entry:
    """Save a class with those who took part and submit it.

    Raises what ``submit`` raises, and ValidationError when nobody took part.
    """
    people = list(trainees)

    def somebody(one: Training) -> None:
        if not people:
            raise ValidationError("还没有选参训人员，请勾选名单，或写“名单以外的同志”。")
        one.rolled = roll_call(one.organization, one.on).count()

    return submit(
        training,
        how,
        by=by,
        title=f"培训：{training.title}",
        check=somebody,
        fill=lambda one: one.trainees.set(people),
        facts=facts_of,
    )
