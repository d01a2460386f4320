"""What a workbook asks for: what is new, what changes from what to what, what is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from sisiwu.foundation.spreadsheets import Problem
from sisiwu.register.intake.reading import Row
from sisiwu.register.members.models import Status
from sisiwu.register.organizations.models import Kind


@dataclass(slots=True, eq=False)
class Org:
    """An organization as the register has it (``pk``), or as a row founds it; ``after``: what a row changes."""

    code: str
    name: str
    kind: int = Kind.BRANCH
    parent: Org | None = None
    region: int = 0
    is_grassroots: bool = False
    is_window: bool = False
    place: str = ""
    founded_on: date = date.min
    dissolved_on: date | None = None
    path: str = ""
    pk: int | None = None
    since: date = date.min
    """First day of the version in force."""
    elected_on: date | None = None
    row: Row | None = None
    after: dict[str, Any] = field(default_factory=dict)
    change_on: date | None = None
    elect_on: date | None = None
    is_wrong: bool = False
    """Its row has a problem: rows that refer to it are not blamed for that."""

    def final(self, name: str) -> Any:
        """A field as it is after the import."""
        return self.after.get(name, getattr(self, name))

    def anchor(self) -> str:
        """The path of the nearest organization that exists; empty above the root."""
        one: Org | None = self
        for _ in range(DEPTH_MAX + 2):
            if one is None:
                return ""
            if one.pk is not None:
                return one.path
            one = one.parent
        return ""


@dataclass(slots=True, eq=False)
class Person:
    """A member as the register has it (``pk``), or as a row enters it."""

    code: str
    name: str
    branch: Org
    status: int = Status.FULL
    is_officer: bool = True
    joined_on: date | None = None
    left_on: date | None = None
    since: date = date.min
    pk: int | None = None
    row: Row | None = None
    after: dict[str, Any] = field(default_factory=dict)
    move_on: date | None = None
    is_wrong: bool = False

    def final(self, name: str) -> Any:
        return self.after.get(name, getattr(self, name))


@dataclass(slots=True, eq=False)
class Post:
    """A position somebody holds (``pk``), or takes by a row; ``relieve_on``: a row ends it."""

    person: Person
    organization: Org
    position: int
    since: date
    until: date | None = None
    pk: int | None = None
    row: Row | None = None
    relieve_on: date | None = None


@dataclass(slots=True, frozen=True)
class Change:
    """One thing that will be otherwise, as a person reads it."""

    page: str
    row: int
    who: str
    what: str
    before: str
    after: str


DEPTH_MAX = 28
"""Levels that fit into a path."""
WORDS = {"organizations": "党组织", "members": "党员", "positions": "任职"}


@dataclass
class Plan:
    """The whole; it can be written when there is no problem."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    found: list[Org] = field(default_factory=list)
    reshape: list[Org] = field(default_factory=list)
    """Organizations that exist and change, those above first."""
    enter: list[Person] = field(default_factory=list)
    amend: list[Person] = field(default_factory=list)
    appoint: list[Post] = field(default_factory=list)
    relieve: list[Post] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    wrong: set[tuple[str, int]] = field(default_factory=set)
    wrongs: Counter[str] = field(default_factory=Counter)
    skipped: int = 0

    def wrongly(self, row: Row, column: str, message: str, hint: str = "", value: str | None = None) -> None:
        """Files a problem of a row."""
        self.problems.append(row.problem(column, message, hint, value))
        self.wrongs[row.table.sheet.name] += row.key not in self.wrong
        self.wrong.add(row.key)

    def differs(self, row: Row, who: str, what: str, before: object, after: object) -> None:
        """Files a change."""
        self.changes.append(
            Change(row.table.page, row.row, who, what, said(getattr(before, "name", before)), said(after))
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """New, changed, unchanged and wrong rows of each sheet."""
        return {name: {**numbers, "wrong": self.wrongs[name]} for name, numbers in self._right().items()}

    def _right(self) -> dict[str, dict[str, int]]:
        return {
            "organizations": {"new": len(self.found), "changed": len(self.reshape), "unchanged": self.unchanged["organizations"]},
            "members": {"new": len(self.enter), "changed": len(self.amend), "unchanged": self.unchanged["members"]},
            "positions": {"new": len(self.appoint), "changed": len(self.relieve), "unchanged": self.unchanged["positions"]},
        }  # fmt: skip

    @property
    def is_empty(self) -> bool:
        """Nothing would change."""
        return not (self.found or self.reshape or self.enter or self.amend or self.appoint or self.relieve)

    def fingerprint(self) -> str:
        """Equal for two plans that would do the same: it tells when the register has moved on between them."""
        sums = sha256()
        for one in self.found:
            what = (one.code, one.name, one.kind, one.parent and one.parent.code, one.region, one.is_grassroots)
            sums.update(repr(("found", *what, one.is_window, one.place, one.founded_on, one.elect_on)).encode())
        for person in self.enter:
            who = (person.code, person.name, person.branch.code, person.status, person.is_officer)
            sums.update(repr(("enter", *who, person.joined_on, person.since)).encode())
        for post in (*self.appoint, *self.relieve):
            held = (post.pk, post.person.code, post.organization.code, post.position, post.since)
            sums.update(repr((*held, post.until, post.relieve_on)).encode())
        for change in self.changes:
            sums.update(repr(change).encode())
        for one in self.reshape:
            sums.update(repr((one.code, one.change_on)).encode())
        for person in self.amend:
            sums.update(repr((person.code, person.move_on)).encode())
        return sums.hexdigest()


def said(value: object) -> str:
    """A value as it stands in a table."""
    match value:
        case None | "":
            return "（空）"
        case bool():
            return "是" if value else "否"
        case Org():
            return value.final("name")  # type: ignore[no-any-return]
        case date():
            return value.isoformat()
        case _:
            return str(value)
