"""Who there is in a case: organizations, members, positions; names become numbers."""

from __future__ import annotations

from dataclasses import replace

from sisiwu.engine.records import Member, Organization, Position
from sisiwu.engine.scheme.fields import Fields, near
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.scheme.picks import codes
from sisiwu.engine.values import FOREVER, day_number

DEFAULT_SIZE = 10


class People:
    """The organizations, members and positions of one case, numbered in the order they are written."""

    def __init__(self, scheme: Scheme, fields: Fields, last_day: int) -> None:
        self.scheme = scheme
        self.catalogue = scheme.catalogue
        self.organization_numbers: dict[str, int] = {}
        self.member_numbers: dict[str, int] = {}
        members = [fields.child(node) for node in fields.sequence("members")]
        terms = [fields.child(node) for node in fields.sequence("positions")]
        self.organizations = self._organizations(fields, members)
        plain = [self._member(entry, number) for number, entry in enumerate(members, 1)]
        self.positions = self._positions(terms, plain)
        self.members = [_with_posts(member, self.positions, last_day) for member in plain]

    def _positions(self, entries: list[Fields], members: list[Member]) -> list[Position]:
        """The terms as written; posts of a member without any are held in the member's own branch."""
        positions = [term for entry in entries if (term := self._position(entry))]
        placed = {term.member for term in positions}
        for member in members:
            if member.number not in placed:
                positions += [Position(member.number, member.branch, post, 0) for post in sorted(member.posts)]
        return positions

    def _organizations(self, fields: Fields, members: list[Fields]) -> list[Organization]:
        entries = [fields.child(node) for node in fields.sequence("organizations")]
        names = [entry.need_text("id", "甲支部") for entry in entries]
        if not entries:
            names = sorted({entry.text("branch") for entry in members} - {""}) or ["甲支部"]
        self.organization_numbers = {name: number for number, name in enumerate(names, 1)}
        if not entries:
            return [
                Organization(number, name, name, self._kind(None), size=DEFAULT_SIZE)
                for name, number in self.organization_numbers.items()
            ]
        return [self._organization(entry, number) for number, entry in enumerate(entries, 1)]

    def _kind(self, entry: Fields | None) -> int:
        """The kind of organization: as stated, else the first that the scheme is for."""
        kinds = self.catalogue.organization_kinds
        if entry is not None and entry.has("kind"):
            found = codes(entry, entry.texts("kind"), kinds, "党组织")
            return kinds.number(found[0]) if found else 0
        of_scheme = self.scheme.who.kinds if self.scheme.subject == "organization" else ()
        code = of_scheme[0] if of_scheme else "branch"
        return kinds.number(code) if kinds.code(code) else 0

    def _organization(self, entry: Fields, number: int) -> Organization:
        name = entry.text("id")
        regions = codes(entry, entry.texts("region"), self.catalogue.regions, "地区")
        parent = number_of(entry, "parent", self.organization_numbers, "党组织") if entry.has("parent") else None
        organization = Organization(
            number,
            name,
            name,
            self._kind(entry),
            parent,
            self.catalogue.regions.number(regions[0]) if regions else 0,
            size=DEFAULT_SIZE if (size := entry.whole("size")) is None else size,
            marks=frozenset(codes(entry, entry.texts("marks"), self.catalogue.organization_marks, "标记")),
            since=day_of(entry, "since", 0),
        )
        entry.close()
        return organization

    def _member(self, entry: Fields, number: int) -> Member:
        name = entry.need_text("id", "张三")
        self.member_numbers[name] = number
        first = next(iter(self.organization_numbers.values()), 1)
        branch = number_of(entry, "branch", self.organization_numbers, "党组织") if entry.has("branch") else first
        statuses = codes(entry, entry.texts("status"), self.catalogue.statuses, "人员状态")
        member = Member(
            number,
            name,
            name,
            branch,
            statuses[0] if statuses else "full",
            frozenset(codes(entry, entry.texts("posts"), self.catalogue.positions, "职务")),
            frozenset(codes(entry, entry.texts("marks"), self.catalogue.member_marks, "标记")),
            day_of(entry, "since", 0),
        )
        entry.close()
        return member

    def _position(self, entry: Fields) -> Position | None:
        member = number_of(entry, "member", self.member_numbers, "人员")
        organization = number_of(entry, "organization", self.organization_numbers, "党组织")
        entry.need("position", "书记")
        found = codes(entry, entry.texts("position"), self.catalogue.positions, "职务")
        last = entry.day("to")
        stop = FOREVER if last is None else day_number(last) + 1
        start = day_of(entry, "from", 0)
        entry.close()
        return Position(member, organization, found[0], start, stop) if found else None


def _with_posts(member: Member, positions: list[Position], day: int) -> Member:
    """A member with the posts held on the day, besides those the case states."""
    held = {term.position for term in positions if term.member == member.number and term.start <= day < term.stop}
    return replace(member, posts=member.posts | held)


def number_of(entry: Fields, key: str, known: dict[str, int], what: str) -> int:
    name = entry.need_text(key, next(iter(known), "甲支部"))
    if name and name not in known:
        hint = f"可写：{'、'.join(known)}" if known else "先在本例中写出来"
        entry.complain("T002", entry.at(key), f"本例中没有“{name}”这个{what}{near(name, list(known))}", hint)
    return known.get(name, 0)


def day_of(entry: Fields, key: str, default: int) -> int:
    """A day as a number."""
    found = entry.day(key)
    return default if found is None else day_number(found)
