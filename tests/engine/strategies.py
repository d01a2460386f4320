"""Random schemes over the whole language, and what may have happened under them.

Few kinds of fact, few days, few subjects: so facts meet, tie, and stand on boundaries. The schemes
are such as ``checks`` accepts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st
from tests.engine.scheme_parts import CATALOGUE, MEMBER_KINDS, ORGANIZATION_KINDS, SchemeMaker, Take

from sisiwu.engine.catalogue import FactKind
from sisiwu.engine.records import Dataset, Fact, Member, Organization, Position
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.values import FOREVER, Period, add_months, day_number, previous

__all__ = ["CATALOGUE", "Situation", "as_ofs", "datasets", "period_of", "schemes", "situations"]

LABELS = {"year": "2018", "half_year": "2018-H2", "quarter": "2018-Q1", "month": "2018-03"}


@dataclass(frozen=True)
class Situation:
    """A scheme, what happened, and the day from which one looks."""

    scheme: Scheme
    dataset: Dataset
    period: Period
    as_of: date


@st.composite
def schemes(draw: st.DrawFn, subject: str = "") -> Scheme:
    """Any scheme of the language; ``subject`` organization or member, else either."""
    return SchemeMaker(Take(draw)).scheme(subject)


@st.composite
def situations(draw: st.DrawFn, subject: str = "") -> Situation:
    """A scheme with something to evaluate."""
    scheme = draw(schemes(subject))
    return Situation(scheme, draw(datasets(scheme)), period_of(scheme), draw(as_ofs(scheme)))


def period_of(scheme: Scheme) -> Period:
    """The period that datasets are drawn around."""
    return scheme.calendars[0].period(LABELS[scheme.calendars[0].kind])


def as_ofs(scheme: Scheme) -> st.SearchStrategy[date]:
    """The end of the period, days around it, and days within."""
    period = period_of(scheme)
    days = [period.end, period.end + timedelta(40), *_turns(period), period.end - timedelta(1), period.start]
    return st.sampled_from(days)


def datasets(scheme: Scheme) -> st.SearchStrategy[Dataset]:
    """Organizations, members, positions and facts, around the boundaries of the scheme's period."""
    return _datasets(_days(scheme), [day_number(day) for day in _turns(period_of(scheme))])


def _turns(period: Period) -> list[date]:
    """Two days within the period: the end of its first month, and its middle."""
    return [min(add_months(period.start, 1), period.end) - timedelta(1), period.start + timedelta(period.days // 2)]


def _days(scheme: Scheme) -> list[int]:
    """Days on which something may happen: inside, at the edges, in earlier periods, at limits of validity."""
    period = period_of(scheme)
    before = [previous(period, steps, scheme.calendars[0]) for steps in (1, 2)]
    inside = [period.start, *_turns(period), period.end - timedelta(1), period.end]
    edges = [
        period.start - timedelta(1),
        period.end + timedelta(1),
        add_months(period.end, -6),
        add_months(period.end, -18),
    ]
    days = [*inside, inside[1] + timedelta(1), *inside, *(one.end for one in before), *edges]
    return [day_number(day) for day in days]


@st.composite
def _datasets(draw: st.DrawFn, days: list[int], turns: list[int]) -> Dataset:
    take = Take(draw)
    organizations = _organizations(take, days)
    branches = [organization.number for organization in organizations if organization.parent is not None]
    members = [
        Member(
            number,
            f"m{number}",
            f"党员{number}",
            take.one(*branches),
            take.one("full", "probationary"),
            take.subset("secretary", "committee_member"),
            take.subset("officer"),
            take.one(*days) - take.one(0, 365, 731, 3650),
        )
        for number in range(1, take.one(2, 3, 4, 1) + 1)
    ]
    positions = [
        Position(
            take.one(*range(1, len(members) + 1)),
            take.one(*branches),
            take.one("secretary", "committee_member"),
            take.one(0, *turns),
            take.one(FOREVER, *turns),
        )
        for _ in range(take.one(0, 1, 2, 4))
    ]
    return Dataset(
        tuple(organizations),
        tuple(members),
        tuple(dict.fromkeys(positions)),
        _facts(take, ORGANIZATION_KINDS, [one.number for one in organizations], days, turns, 1),
        _facts(take, MEMBER_KINDS, [one.number for one in members], days, turns, 101),
    )


def _organizations(take: Take, days: list[int]) -> list[Organization]:
    """One or two committees, perhaps one above both, and a few branches beneath."""
    committees = [Organization(1, "o1", "机关党委", 613), Organization(2, "o2", "党委", 611, parent=take.one(None, 1))]
    branches = [
        Organization(
            number,
            f"o{number}",
            f"支部{number}",
            take.one(631, 631, 632),
            take.one(1, 2),
            take.one(510100, 510300),
            take.one(3, 0, 1, 7),
            take.subset("window"),
            take.one(*days) - take.one(0, 365, 3650),
        )
        for number in range(3, take.one(4, 5, 6, 3) + 1)
    ]
    return [*committees, *branches]


def _facts(
    take: Take, kinds: tuple[FactKind, ...], subjects: list[int], days: list[int], turns: list[int], first: int
) -> tuple[Fact, ...]:
    drawn = [
        _fact(take, number, take.one(*kinds), take.one(*subjects), days, turns)
        for number in range(first, first + take.one(4, 8, 12, 2, 0))
    ]
    return tuple(one for fact, times in drawn for one in _again(fact, times))


def _again(fact: Fact, times: int) -> list[Fact]:
    """The fact and others just like it."""
    return [replace(fact, number=fact.number + 1000 * i, id=f"{fact.number + 1000 * i}") for i in range(times)]


def _fact(take: Take, number: int, kind: FactKind, subject: int, days: list[int], turns: list[int]) -> tuple[Fact, int]:
    day = take.one(*days)
    fact = Fact(
        number=number,
        id=str(number),
        kind=kind.code,
        subject=subject,
        day=day,
        level=take.one(*(code for code, _ in kind.levels), None) if kind.levels else None,
        quantity=take.one(100, 50, 333, 0, 8000, 9950),
        base=take.one(100, 300, 10_000, 0),
        matter=take.one(None, None, "甲事", "乙事"),
        due=take.one(None, day, day - 1, day - 3, day + 1),
        marks=take.subset(*(code for code, _ in kind.marks)),
        sharers=take.one(1, 1, 2, 3),
        recorded=take.one(0, 0, 0, *turns, turns[1] + 1),
        voided=take.one(FOREVER, FOREVER, FOREVER, *turns, turns[1] + 1),
    )
    return fact, take.one(1, 1, 1, 2, 4)
