"""What the register holds already, as far as a workbook speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Max, Q

from sisiwu.register.intake.planning.plan import Org, Person, Post
from sisiwu.register.members.models import Member, Membership
from sisiwu.register.organizations.models import Organization, Version
from sisiwu.register.positions.models import SOLE, Holding, Term

CHUNK = 800
"""Values in one question; SQLite takes 32,766, older ones 999."""


def chunks[T](values: Iterable[T]) -> Iterator[list[T]]:
    """Lists of a length that every database takes."""
    listed = list(values)
    for at in range(0, len(listed), CHUNK):
        yield listed[at : at + CHUNK]


class Known:
    """Organizations all at once (there are thousands); members and posts as they are asked for.

    ``reach``: the parts of the tree (path beginnings) whose register the user keeps; [""]: all.
    """

    def __init__(self, reach: list[str]) -> None:
        self.reach = reach
        self.by_pk: dict[int, Org] = {}
        self.codes: dict[str, Org] = {}
        self.names: dict[str, list[Org]] = defaultdict(list)
        self.people: dict[int, Person] = {}
        self.person_codes: dict[str, Person] = {}
        self.person_names: dict[str, list[Person]] = defaultdict(list)
        self._organizations()

    def reaches(self, path: str) -> bool:
        """Whether the user keeps the register there."""
        return any(path.startswith(wider) for wider in self.reach)

    def _organizations(self) -> None:
        versions = dict(Version.objects.filter(until__isnull=True).values_list("organization", "since"))
        terms = dict(Term.objects.values_list("organization").annotate(Max("elected_on")))
        rows = Organization.objects.order_by("path").values_list(
            "pk", "code", "name", "kind", "parent", "region", "is_grassroots", "is_window", "place",
            "founded_on", "dissolved_on", "path",
        )  # fmt: skip
        for pk, code, name, kind, parent, region, grassroots, window, place, founded, dissolved, path in rows:
            one = Org(
                code, name, kind, self.by_pk.get(parent or 0), region, grassroots, window, place, founded, dissolved,
                path, pk, versions.get(pk, founded), terms.get(pk),
            )  # fmt: skip
            self.by_pk[pk] = self.codes[code] = one
            self.names[name].append(one)

    def load_people(self, codes: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        """Members by number and by name become known; by name only those within reach."""
        for part in chunks(set(codes) - set(self.person_codes)):
            self._members(Q(code__in=part))
        for part in chunks(set(names)):
            self._members(Q(name__in=part))

    def _members(self, condition: Q) -> None:
        columns = ("pk", "code", "name", "branch", "status", "is_officer", "joined_on", "left_on")
        rows = [
            row
            for row in Member.objects.filter(condition).order_by("pk").values_list(*columns)
            if row[0] not in self.people
        ]
        since: dict[int, date] = {}
        for part in chunks(row[0] for row in rows):
            since |= dict(Membership.objects.filter(member__in=part, until__isnull=True).values_list("member", "since"))
        for pk, code, name, branch, status, officer, joined, left in rows:
            one = Person(code, name, self.by_pk[branch], status, officer, joined, left, since.get(pk, date.min), pk)
            self.people[pk] = self.person_codes[code] = one
            self.person_names[name].append(one)

    def posts(self, people: Iterable[Person], organizations: Iterable[Org]) -> list[Post]:
        """What these people hold or held, and who holds alone at these organizations."""
        found: dict[int, tuple[int, int, int, date, date | None]] = {}
        columns = ("pk", "member", "organization", "position", "since", "until")
        for part in chunks({one.pk for one in people if one.pk}):
            for pk, *rest in Holding.objects.filter(member__in=part).order_by("pk").values_list(*columns):
                found[pk] = tuple(rest)
        for part in chunks({one.pk for one in organizations if one.pk}):
            sole = Holding.objects.filter(organization__in=part, position__in=SOLE, until__isnull=True)
            for pk, *rest in sole.order_by("pk").values_list(*columns):
                found[pk] = tuple(rest)
        missing = {member for member, *_ in found.values()} - set(self.people)
        for part in chunks(missing):
            self._members(Q(pk__in=part))
        return [
            Post(self.people[member], self.by_pk[organization], position, since, until, pk)
            for pk, (member, organization, position, since, until) in found.items()
        ]
