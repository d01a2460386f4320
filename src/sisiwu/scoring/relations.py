"""The integer relations that a compiled statement reads, made from plain records.

Quantities and bases are hundredths, days are day numbers, names of the catalogue are their numbers
or bits. The same columns in the same order stand on every database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sisiwu.engine.plan import first_day
from sisiwu.engine.records import Dataset, Fact
from sisiwu.engine.scheme import Scheme
from sisiwu.engine.values import Period, day_date, day_number

COLUMNS: dict[str, tuple[str, ...]] = {
    "organization": ("org", "parent", "kind", "region", "size", "marks", "since"),
    "member": ("member", "branch", "status", "posts", "marks", "since", "cycle"),
    "post": ("member", "org", "position", "start_day", "stop_day"),
    "organization_fact": (
        "fact", "subject", "code", "day", "qty", "base", "matter", "due", "marks", "sharers", "recorded", "voided",
    ),
    "member_fact": (
        "fact", "subject", "code", "day", "qty", "base", "matter", "due", "marks", "sharers", "recorded", "voided",
    ),
}  # fmt: skip

INDEXES = (
    ("organization", ("org",)),
    ("member", ("member",)),
    ("member", ("branch", "member")),
    ("post", ("member", "org")),
    ("post", ("org", "position", "member")),
)
"""What a live score looks up; the facts have covering indexes by subject besides."""

type Row = tuple[int | None, ...]


class Source(Protocol):
    """Whatever can give the rows of the relations, in batches of any size."""

    def batches(self, table: str) -> Iterator[list[Row]]:
        """The rows of one relation in the order of its columns."""


@dataclass(frozen=True)
class Relations:
    """Rows by relation, in the order of ``COLUMNS``."""

    rows: dict[str, list[Row]]

    def batches(self, table: str) -> Iterator[list[Row]]:
        """The rows of one relation."""
        yield self.rows[table]


def relations(scheme: Scheme, dataset: Dataset, period: Period, as_of: date | None = None) -> Relations:
    """The relations of a dataset as a scheme sees them on a day (default: the last of the period).

    Raises KeyError for a kind, status or position that the scheme's catalogue does not know.
    """
    catalogue = scheme.catalogue
    last = min(as_of or period.end, period.end)
    personal = scheme.members if scheme.subject == "organization" and scheme.members else scheme
    calendar = personal.calendars[0]
    matters: dict[str, int] = {}
    return Relations(
        {
            "organization": [
                (o.number, o.parent, o.kind, o.region, o.size, catalogue.organization_marks.bits(o.marks), o.since)
                for o in dataset.organizations
            ],
            "member": [
                (
                    m.number,
                    m.branch,
                    catalogue.statuses.number(m.status),
                    catalogue.positions.bits(m.posts),
                    catalogue.member_marks.bits(m.marks),
                    m.since,
                    day_number(calendar.cycle_start(day_date(m.since), last)),
                )
                for m in dataset.members
            ],
            "post": [
                (p.member, p.organization, catalogue.positions.number(p.position), p.start, p.stop)
                for p in dataset.positions
            ],
            "organization_fact": _facts(scheme, dataset.organization_facts, matters),
            "member_fact": _facts(scheme, dataset.member_facts, matters),
        }
    )


def snapshot(scheme: Scheme, full: Relations, period: Period, as_of: date | None = None) -> Relations:
    """What is live as of a day and may count under a scheme, sorted by subject."""
    first = first_day(scheme, period, as_of)
    day = day_number(as_of or period.end)
    last = min(day, day_number(period.end))
    rows = dict(full.rows)
    for table in ("organization_fact", "member_fact"):
        names = COLUMNS[table]
        subject, at, recorded, voided = (names.index(name) for name in ("subject", "day", "recorded", "voided"))
        live = [
            row
            for row in rows[table]
            if first <= (row[at] or 0) <= last and (row[recorded] or 0) <= day < (row[voided] or 0)
        ]
        rows[table] = sorted(live, key=lambda row: row[subject] or 0)
    return Relations(rows)


def _facts(scheme: Scheme, facts: Iterable[Fact], matters: dict[str, int]) -> list[Row]:
    rows: list[Row] = []
    for fact in facts:
        kind = scheme.catalogue.kind(fact.kind)
        if kind is None:
            raise KeyError(fact.kind)
        matter = None if fact.matter is None else matters.setdefault(fact.matter, len(matters) + 1)
        rows.append(
            (
                fact.number,
                fact.subject,
                kind.number_of(fact.level),
                fact.day,
                fact.quantity,
                fact.base,
                matter,
                fact.due,
                kind.mark_bits(fact.marks),
                fact.sharers,
                fact.recorded,
                fact.voided,
            )
        )
    return rows
