"""Which facts a rule counts for a subject: time, kinds, where, and whose facts they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sisiwu.engine.records import Dataset, Fact, Member, Organization, Position
from sisiwu.engine.scheme.forms import Pick, Where
from sisiwu.engine.scheme.model import Scheme, Who
from sisiwu.engine.values import Calendar, Period, add_months, day_date, day_number, previous

type Subject = Organization | Member
type Shelf = dict[int, dict[str, list[Fact]]]
"""Facts by subject and kind, in the order of the dataset."""

EVERYONE = Who()


@dataclass
class World:
    """A dataset as one scheme sees it at one time, with facts by subject."""

    scheme: Scheme
    data: Dataset
    period: Period
    as_of: date
    organizations: dict[int, Organization] = field(init=False)
    members: dict[int, Member] = field(init=False)
    by_organization: Shelf = field(init=False)
    by_member: Shelf = field(init=False)
    branch_members: dict[int, list[int]] = field(init=False)
    positions: dict[int, list[Position]] = field(init=False)
    _parts: dict[int, list[tuple[range, bool]]] = field(default_factory=dict)
    _holds: dict[tuple[Who, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.organizations = {organization.number: organization for organization in self.data.organizations}
        self.members = {member.number: member for member in self.data.members}
        self.by_organization = _by_subject(self._live(self.data.organization_facts))
        self.by_member = _by_subject(self._live(self.data.member_facts))
        self.branch_members = defaultdict(list)
        for member in self.data.members:
            self.branch_members[member.branch].append(member.number)
        self.positions = defaultdict(list)
        for position in self.data.positions:
            self.positions[position.member].append(position)

    def _live(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Recorded and not yet reversed as of the day."""
        as_of = day_number(self.as_of)
        return (fact for fact in facts if fact.recorded <= as_of < fact.voided)

    @property
    def calendar(self) -> Calendar:
        return self.scheme.calendars[0]

    @property
    def last(self) -> date:
        """The evaluation day."""
        return min(self.as_of, self.period.end)

    @property
    def ended(self) -> bool:
        return self.as_of >= self.period.end

    def subjects(self) -> list[Subject]:
        """Everybody the scheme assesses, rolled-up organizations left out."""
        everybody: list[Subject] = (
            list(self.data.organizations) if self.scheme.subject == "organization" else list(self.data.members)
        )
        rolled = self.rolled_kinds()
        return [
            subject
            for subject in everybody
            if self.applies(self.scheme.who, subject)
            and not (isinstance(subject, Organization) and subject.kind in rolled)
        ]

    def rolled_kinds(self) -> set[int]:
        if self.scheme.roll_up is None:
            return set()
        return {self.scheme.catalogue.organization_kinds.number(code) for code in self.scheme.roll_up.kinds}

    # --- who

    def applies(self, who: Who, subject: Subject) -> bool:
        """Whether every stated condition holds for a subject on the evaluation day."""
        if who == EVERYONE:
            return True
        key = (who, subject.number)
        if key not in self._holds:
            self._holds[key] = self._applies(who, subject)
        return self._holds[key]

    def _applies(self, who: Who, subject: Subject) -> bool:
        catalogue = self.scheme.catalogue
        organization = subject if isinstance(subject, Organization) else self.organizations.get(subject.branch)
        kind = organization.kind if organization else -1
        region = organization.region if organization else -1
        if who.kinds and kind not in {catalogue.organization_kinds.number(code) for code in who.kinds}:
            return False
        if who.regions and region not in {catalogue.regions.number(code) for code in who.regions}:
            return False
        if not set(who.marks) <= subject.marks or set(who.without) & subject.marks:
            return False
        if who.tenure_months is not None and subject.since > day_number(add_months(self.last, -who.tenure_months)):
            return False
        if isinstance(subject, Organization):
            high_enough = who.size_from is None or subject.size >= who.size_from
            return high_enough and (who.size_below is None or subject.size < who.size_below)
        if who.statuses and subject.status not in who.statuses:
            return False
        if who.positions and not set(who.positions) & subject.posts:
            return False
        return not set(who.without_positions) & subject.posts

    # --- time

    def in_period(self, subject: Subject) -> range:
        """The days that count for a subject: its own year with a rolling calendar."""
        if self.calendar.rolling and isinstance(subject, Member):
            start = day_number(self.calendar.cycle_start(day_date(subject.since), self.last))
        else:
            start = day_number(self.period.start)
        return range(start, day_number(self.last) + 1)

    def _valid(self, months: int) -> range:
        """The days of the last so many months (K43)."""
        return range(day_number(add_months(self.last, -months)) + 1, day_number(self.last) + 1)

    def in_window(self, pick: Pick, subject: Subject) -> Callable[[Fact], bool]:
        """Whether a fact's day counts for this pick and subject (K43)."""
        usual = self.in_period(subject) if pick.valid_months is None else self._valid(pick.valid_months)
        by_level = {level: self._valid(months) for level, months in pick.valid_months_by_level}
        return lambda fact: fact.day in by_level.get(fact.level or "", usual)

    def earlier_days(self, steps: int) -> range:
        before = previous(self.period, steps, self.calendar)
        return range(day_number(before.start), day_number(before.end) + 1)

    def parts(self, months: int) -> list[tuple[range, bool]]:
        """The days of each part of the period, and whether the part is over."""
        if months not in self._parts:
            self._parts[months] = [
                (range(day_number(part.start), day_number(part.end) + 1), part.end <= self.as_of)
                for part in self.period.parts(months)
            ]
        return self._parts[months]

    # --- facts

    def held(self, member: int, day: int, organization: int | None = None) -> set[str]:
        """The positions a person held on a day, anywhere or in one organization."""
        return {
            term.position
            for term in self.positions.get(member, [])
            if term.start <= day < term.stop and (organization is None or term.organization == organization)
        }

    def matches(self, fact: Fact, kinds: tuple[str, ...], where: Where) -> bool:
        if fact.kind not in kinds or (where.levels and fact.level not in where.levels):
            return False
        if not set(where.marks) <= fact.marks or set(where.without) & fact.marks:
            return False
        if where.quantity_from is not None and fact.quantity < where.quantity_from:
            return False
        if where.quantity_below is not None and fact.quantity >= where.quantity_below:
            return False
        if not where.positions:
            return True
        return self.of_person(fact) and bool(set(where.positions) & self.held(fact.subject, fact.day))

    def of_person(self, fact: Fact) -> bool:
        """Whether the fact's subject is a person; numbers of persons and organizations may be alike."""
        kind = self.scheme.catalogue.kind(fact.kind)
        return kind is not None and kind.subject == "member"

    def level_title(self, pick: Pick, level: str) -> str:
        """The level's name in Chinese."""
        kinds = [kind for code in pick.kinds if (kind := self.scheme.catalogue.kind(code))]
        return next((kind.level_title(level) for kind in kinds if level in dict(kind.levels)), level)

    def candidates(self, pick: Pick, subject: Subject, table: tuple[str, ...] = ()) -> Iterator[Fact]:
        """The live facts of the pick's kinds of whoever the pick is about."""
        own = self.by_organization if isinstance(subject, Organization) else self.by_member
        match pick.of:
            case "members":
                for number in self.branch_members[subject.number]:
                    yield from _of_kinds(self.by_member, number, pick.kinds)
            case "organization":
                for organization in {term.organization for term in self.positions.get(subject.number, [])}:
                    for fact in _of_kinds(self.by_organization, organization, pick.kinds):
                        if self.held(subject.number, fact.day, organization) & set(table):
                            yield fact
            case "colleagues":
                for organization in {term.organization for term in self.positions.get(subject.number, [])}:
                    for number in self.branch_members[organization]:
                        if number == subject.number:
                            continue
                        for fact in _of_kinds(self.by_member, number, pick.kinds):
                            if self.held(subject.number, fact.day, organization) & set(table):
                                yield fact
            case _:
                yield from _of_kinds(own, subject.number, pick.kinds)

    def picked(self, pick: Pick, subject: Subject, table: tuple[str, ...] = ()) -> list[Fact]:
        """The facts a pick counts for a subject, in order."""
        in_window = self.in_window(pick, subject)
        facts = [
            fact
            for fact in self.candidates(pick, subject, table)
            if in_window(fact) and self.matches(fact, pick.kinds, pick.where)
        ]
        return sorted(facts, key=lambda fact: (fact.day, fact.number))

    def picked_on(self, pick: Pick, subject: Subject, days: range) -> list[Fact]:
        """The facts of some days, whatever the pick's own window (streaks)."""
        facts = self.candidates(pick, subject)
        found = [fact for fact in facts if fact.day in days and self.matches(fact, pick.kinds, pick.where)]
        return sorted(found, key=lambda fact: (fact.day, fact.number))


def _of_kinds(shelf: Shelf, subject: int, kinds: tuple[str, ...]) -> Iterator[Fact]:
    by_kind = shelf.get(subject, {})
    for kind in dict.fromkeys(kinds):
        yield from by_kind.get(kind, ())


def _by_subject(facts: Iterable[Fact]) -> Shelf:
    shelf: Shelf = {}
    for fact in facts:
        shelf.setdefault(fact.subject, {}).setdefault(fact.kind, []).append(fact)
    return shelf
