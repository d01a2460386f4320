"""What the forms of activities are told of assignments (entries/asking.py)."""

from __future__ import annotations

from collections.abc import Collection

from sisiwu.activities.assignments import actions, queries
from sisiwu.activities.entries.asking import Asked
from sisiwu.ledger.actions import Entry
from sisiwu.register.organizations.models import Organization


class Assignments:
    """The one who asks."""

    def open_to(self, organization: Organization, kinds: Collection[str], source: str) -> list[Asked]:
        return [
            Asked(
                target.pk,
                one.title,
                f"{one.title}（{one.kinds_words}，{target.due_on.month}月{target.due_on.day}日前）",
                f"{one.asked}（{one.basis}）",
            )
            for target in queries.answerable(organization, kinds, source)
            for one in [target.assignment]
        ]

    def done_by(self, source: str) -> int | None:
        return queries.done_by(source)

    def answer(self, chosen: int | None, entry: Entry) -> None:
        actions.answer(chosen, entry)
