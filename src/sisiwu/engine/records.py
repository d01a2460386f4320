"""What is counted: organizations, members, who serves where, and facts.

These are the same relations that the compiled statement reads. Here they are plain values, for the
reference reading of a scheme, for explanations and for tests. All days are day numbers
(``values.day_number``), quantities and bases are hundredths.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sisiwu.engine.values import FOREVER


@dataclass(frozen=True)
class Organization:
    """A Party organization (党组织) as it stands on the day of evaluation."""

    number: int
    id: str
    name: str
    kind: int
    """Code of the kind of organization (``Catalogue.organization_kinds``), such as 631 for 党支部."""
    parent: int | None = None
    region: int = 0
    """GB/T 2260 code of the region, 0 when unknown."""
    size: int = 0
    """Head count (members)."""
    marks: frozenset[str] = frozenset()
    since: int = 0
    """Founding day."""


@dataclass(frozen=True)
class Member:
    """A person: a Party member or an officer who is none (``status``)."""

    number: int
    id: str
    name: str
    branch: int
    status: str = "full"
    """Code of the status (``Catalogue.statuses``), such as full, probationary, none."""
    posts: frozenset[str] = frozenset()
    """Codes of the positions held on the day of evaluation."""
    marks: frozenset[str] = frozenset()
    since: int = 0
    """First day of service (for tenure) and anchor of a rolling year."""


@dataclass(frozen=True)
class Position:
    """One person's term in a position: from ``start`` until the day before ``stop``."""

    member: int
    organization: int
    position: str
    start: int
    stop: int = FOREVER


@dataclass(frozen=True)
class Fact:
    """Something that happened, counted by rules and never changed afterwards.

    A reversal does not remove the fact: it sets the day from which it is ``voided``.
    """

    number: int
    """Its order: facts of the same day are taken in this order."""
    id: str
    kind: str
    subject: int
    """Number of the organization or the person, as the kind says."""
    day: int
    level: str | None = None
    quantity: int = 100
    """How many or how much, in hundredths."""
    base: int = 100
    """The denominator of a rate, in hundredths."""
    matter: str | None = None
    """What the fact is about; facts of one matter may count once (K07)."""
    due: int | None = None
    """The day it was due, or the day from which a time limit runs."""
    marks: frozenset[str] = frozenset()
    sharers: int = 1
    """Among how many persons its points are split."""
    recorded: int = 0
    voided: int = FOREVER
    note: str = ""


@dataclass(frozen=True)
class Dataset:
    """Everything one evaluation looks at."""

    organizations: tuple[Organization, ...]
    members: tuple[Member, ...] = ()
    positions: tuple[Position, ...] = ()
    organization_facts: tuple[Fact, ...] = ()
    member_facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)

    def alone(self, subject: int, sort: str) -> Dataset:
        """One organization with its members, or (``sort`` member) one person, and the organizations above."""
        branch = subject
        if sort == "member":
            branch = next(one.branch for one in self.members if one.number == subject)
        known = {one.number: one for one in self.organizations}
        kept: dict[int, Organization] = {}
        above: int | None = branch
        while above is not None and above in known and above not in kept:
            kept[above] = known[above]
            above = known[above].parent
        members = tuple(
            one for one in self.members if (one.number == subject if sort == "member" else one.branch == subject)
        )
        persons = {one.number for one in members}
        return Dataset(
            tuple(kept.values()),
            members,
            tuple(one for one in self.positions if one.member in persons),
            tuple(fact for fact in self.organization_facts if fact.subject == branch),
            tuple(fact for fact in self.member_facts if fact.subject in persons),
        )

    def adding(self, facts: Iterable[Fact], sort: str) -> Dataset:
        """The same with more facts of organizations, or (``sort`` member) of persons."""
        if sort == "member":
            return replace(self, member_facts=(*self.member_facts, *facts))
        return replace(self, organization_facts=(*self.organization_facts, *facts))
