"""The counter that proves it (N10): how often something was entered, how many facts and uses came of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.ledger.dictionary import kind_of
from sisiwu.ledger.feeds import feeds
from sisiwu.ledger.models import Entry, Fact


@dataclass(frozen=True)
class Row:
    """One kind of fact in a period; ``uses`` are the places of schemes in force that look at each."""

    kind: str
    facts: int
    uses: int


@dataclass(frozen=True)
class Counter:
    """``per_fact_centi`` is entries per activity that stands, in hundredths: 100 says that nothing was typed twice."""

    entries: int
    activities: int
    merged: int
    facts: int
    rows: tuple[Row, ...]

    @property
    def per_fact_centi(self) -> int:
        """Entries that stand for each activity, in hundredths."""
        return 100 * self.entries // self.activities if self.activities else 0

    @property
    def uses(self) -> int:
        """How often facts are used."""
        return sum(row.facts * row.uses for row in self.rows)


def counted_once(user: Anyone, first: date, last: date) -> Counter:
    """What was entered for the organizations of a user in a period; two questions."""
    mine = within("path", scope(user, Verb.VIEW))
    period = {"occurred_on__gte": first, "occurred_on__lte": last}
    entries = Entry.objects.filter(mine, **period)
    stands = ~Q(decision__accepted=False) | Q(decision__isnull=True)
    whole = entries.aggregate(
        entries=Count("pk", filter=stands),
        activities=Count("source", distinct=True, filter=stands),
        merged=Count("pk", filter=Q(decision__merged_into__isnull=False)),
    )
    found = (
        Fact.objects.filter(entry__in=entries.exclude(decision__accepted=False))
        .values_list("kind")
        .annotate(n=Count("pk"))
        .order_by("-n", "kind")
    )
    uses: dict[str, int] = defaultdict(int)
    rows = []
    for kind, number in found:
        uses[kind] = len(feeds([kind]))
        rows.append(Row(kind_of(kind).title, number, uses[kind]))
    return Counter(whole["entries"], whole["activities"], whole["merged"], sum(row.facts for row in rows), tuple(rows))
