"""The two trees (条块结合): by superior and by region, each counted in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from sisiwu.foundation.accounts.policies import Anyone, scope
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.register.organizations.models import TEMPORARY, Kind, Organization
from sisiwu.register.organizations.queries import visible
from sisiwu.register.organizations.regions import REGIONS

PARTY = (1, 2)
"""Values of ``members.models.Status`` that are Party members; that room lies above this one."""
TOPS_MAX = 8
GROUPS: list[tuple[str, tuple[int, ...]]] = [
    ("党委", (Kind.PARTY_COMMITTEE, Kind.LEADING_GROUP)),
    ("机关党委", (Kind.ORGAN_COMMITTEE,)),
    ("党总支", (Kind.GENERAL_BRANCH,)),
    ("党支部", (Kind.BRANCH, Kind.JOINT_BRANCH)),
    ("党小组", (Kind.PARTY_GROUP,)),
    ("临时党组织", TEMPORARY),
]
"""Kinds as they are counted together."""


@dataclass
class Region:
    """One row of the tree by region."""

    code: int
    name: str
    counts: list[int] = field(default_factory=lambda: [0] * len(GROUPS))
    tops: list[Organization] = field(default_factory=list)
    """Organizations of the region whose superior lies elsewhere, the first of them."""

    @property
    def total(self) -> int:
        """All organizations of the region."""
        return sum(self.counts)


def by_region(user: Anyone) -> list[Region]:
    """Every region of the province with what a user may look at there; two queries."""
    rows = visible(user, Verb.VIEW).filter(dissolved_on__isnull=True)
    regions = {code: Region(code, name) for code, name in REGIONS}
    group_of = {kind: at for at, (_, kinds) in enumerate(GROUPS) for kind in kinds}
    counted = rows.order_by().values("region", "kind").annotate(number=Count("pk"))
    for row in counted:
        one = regions.setdefault(row["region"], Region(row["region"], str(row["region"])))
        one.counts[group_of[row["kind"]]] += row["number"]
    elsewhere = Q(parent__isnull=True) | ~Q(parent__region=F("region"))
    for organization in rows.filter(elsewhere).order_by("region", "path")[: TOPS_MAX * len(regions)]:
        regions[organization.region].tops.append(organization)
    return list(regions.values())


@dataclass(frozen=True)
class Node:
    """An organization in the tree, with what lies below it."""

    organization: Organization
    below: int
    """Organizations under it that are not dissolved."""
    members: int
    """Party members of it and of all below."""


def tops(user: Anyone) -> QuerySet[Organization]:
    """Where a user's part of the tree begins."""
    paths = scope(user, Verb.VIEW)
    rows = (
        Organization.objects.filter(parent__isnull=True) if "" in paths else Organization.objects.filter(path__in=paths)
    )
    return rows.filter(dissolved_on__isnull=True).order_by("path")


def nodes(organizations: list[Organization]) -> list[Node]:
    """The same with their counts; two queries, whatever lies below.

    The organizations must be of one level (the children of one, or the tops), so that their paths are of one
    length: all that lies below is grouped by the beginning of its path.
    """
    found: list[Node] = []
    for length in {len(one.path) for one in organizations}:
        level = [one for one in organizations if len(one.path) == length]
        found += _counted(level, length)
    return sorted(found, key=lambda node: node.organization.path)


def _counted(level: list[Organization], length: int) -> list[Node]:
    first, last = min(one.path for one in level), max(one.path for one in level)
    there = Organization.objects.filter(path__gte=first, path__lt=f"{last}z").annotate(top=Substr("path", 1, length))
    below: dict[str, int] = defaultdict(int)
    for row in there.filter(dissolved_on__isnull=True).order_by().values("top").annotate(number=Count("pk")):
        below[row["top"]] = row["number"] - 1
    people: dict[str, int] = defaultdict(int)
    here = Q(members__left_on__isnull=True, members__status__in=PARTY)
    for row in there.filter(here).order_by().values("top").annotate(number=Count("members")):
        people[row["top"]] = row["number"]
    return [Node(one, max(0, below[one.path]), people[one.path]) for one in level]


def children(one: Organization) -> QuerySet[Organization]:
    """Directly under an organization, those that are not dissolved."""
    return one.children.filter(dissolved_on__isnull=True).order_by("path")
