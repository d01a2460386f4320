"""Who was what when; which terms run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions.models import Holding, Term

NOTICE_DAYS = 183
"""A superior reminds six months before a term ends (rulebook.md, section 4)."""


def holders(organization: Organization, day: date) -> QuerySet[Holding]:
    """Who held which position on a day, the secretary first."""
    lasting = Q(until__isnull=True) | Q(until__gt=day)
    return organization.holdings.filter(lasting, since__lte=day).select_related("member").order_by("position")


def falling_due(user: Anyone, today: date) -> QuerySet[Term]:
    """Terms that end within six months or are over, of organizations a user looks after."""
    return visible(user).filter(due_on__lte=today + timedelta(days=NOTICE_DAYS))


def lasting() -> QuerySet[Term]:
    """The last term of every organization that is not dissolved, the first to end first."""
    newer = Term.objects.filter(organization=OuterRef("organization"), number__gt=OuterRef("number"))
    rows = Term.objects.filter(~Exists(newer), organization__dissolved_on__isnull=True)
    return rows.select_related("organization").order_by("due_on", "organization__path")


def visible(user: Anyone) -> QuerySet[Term]:
    """The last terms of the organizations a user may look at."""
    return lasting().filter(within("organization__path", scope(user, Verb.VIEW)))


def by_month(rows: QuerySet[Term], today: date) -> list[Month]:
    """How many terms end in each of the twelve months from today's on, before them those that are over; one query.

    This month's days before today belong to those that are over.
    """
    first = [date(today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1, 1) for n in range(13)]
    starts = [date.min, today, *first[1:12]]
    ends = [today, *first[1:]]
    names = ["overdue", *[f"{one:%Y-%m}" for one in first[:12]]]
    spans = list(zip(names, starts, ends, strict=True))
    sums = rows.order_by().aggregate(
        **{
            f"m{at}": Count("pk", filter=Q(due_on__gte=start, due_on__lt=end))
            for at, (_, start, end) in enumerate(spans)
        }
    )
    return [Month(name, start, end, sums[f"m{at}"]) for at, (name, start, end) in enumerate(spans)]


@dataclass(frozen=True)
class Month:
    """A span of the calendar of re-elections: from ``start`` until the day before ``end``."""

    name: str
    start: date
    end: date
    count: int

    @property
    def words(self) -> str:
        """As people say it."""
        return "已逾期" if self.name == "overdue" else f"{self.start.year}年{self.start.month}月"
