"""The register and the ledger as the engine reads them, on any day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from sisiwu.engine.records import Dataset, Fact, Member, Organization
from sisiwu.engine.records import Position as Post
from sisiwu.engine.scheme import Scheme
from sisiwu.engine.values import FOREVER, Period, day_number
from sisiwu.ledger import queries as ledger
from sisiwu.register.members.models import PARTY, Membership, Status
from sisiwu.register.members.models import Member as Person
from sisiwu.register.organizations.models import TEMPORARY
from sisiwu.register.organizations.models import Organization as Branch
from sisiwu.register.positions.models import Holding, Position

COMMITTEE_FROM = 7
"""A branch with so many full members has a committee (支部工作条例 art. 20; rulebook.md, section 4)."""


def dataset(scheme: Scheme, period: Period, on: date, *, branch: Branch | None = None) -> Dataset:
    """Who and what is counted on a day; with ``branch``, that branch and its members alone."""
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    memberships = Membership.objects.filter(lasting, since__lte=on, member__status__in=PARTY).select_related("member")
    holdings = Holding.objects.filter(since__lte=on)
    branches = Branch.objects.filter(founded_on__lte=on).filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on))
    also: set[int] = set()
    if branch is not None:
        memberships = memberships.filter(branch=branch)
        people = memberships.values("member")
        holdings = holdings.filter(Q(organization=branch) | Q(member__in=people))
        also = set(holdings.values_list("organization", flat=True)) - {branch.pk}
        above = [int(branch.path[at : at + 7]) for at in range(0, len(branch.path), 7)]
        branches = branches.filter(pk__in={*above, *also})
    sizes: dict[int, int] = defaultdict(int)
    full: dict[int, int] = defaultdict(int)
    belongs: list[tuple[Person, int]] = []
    for row in memberships.order_by("member_id"):
        belongs.append((row.member, row.branch_id))
        sizes[row.branch_id] += 1
        full[row.branch_id] += row.member.status == Status.FULL
    codes = scheme.catalogue.positions
    posts, held = [], defaultdict(set)
    for one in holdings.order_by("pk"):
        code = codes.code_of(one.position) or Position(one.position).name.lower()
        stop = day_number(one.until) if one.until else FOREVER
        posts.append(Post(one.member_id, one.organization_id, code, day_number(one.since), stop))
        if one.until is None or one.until > on:
            held[one.member_id].add(code)
    organizations = tuple(
        Organization(
            o.pk, o.code, o.name, o.kind, o.parent_id, o.region, sizes[o.pk], _marks(o, full[o.pk]), day_number(o.founded_on)
        )
        for o in branches.order_by("pk")
    )  # fmt: skip
    statuses = scheme.catalogue.statuses
    members = tuple(
        Member(
            m.pk,
            m.code,
            m.name,
            belonging,
            statuses.code_of(m.status) or "full",
            frozenset(held[m.pk]),
            frozenset({"officer"}) if m.is_officer else frozenset(),
            day_number(m.joined_on or on),
        )
        for m, belonging in belongs
    )
    facts = _facts(period, on, branch, also)
    return Dataset(
        organizations,
        members,
        tuple(posts),
        tuple(fact for fact, person in facts if not person),
        tuple(fact for fact, person in facts if person),
    )


def _facts(period: Period, on: date, branch: Branch | None, also: set[int]) -> list[tuple[Fact, bool]]:
    last = min(on, period.end)
    rows = ledger.counted(period.start, last, branch=branch.pk if branch else None, also=also)
    return [(fact, ledger.is_personal(fact)) for fact in rows]


def _marks(one: Branch, full: int) -> frozenset[str]:
    marks = {"grassroots_unit"} if one.is_grassroots else set()
    if one.is_window:
        marks.add("window")
    if one.kind in TEMPORARY:
        marks.add("temporary")
    if full >= COMMITTEE_FROM:
        marks.add("with_committee")
    return frozenset(marks)
