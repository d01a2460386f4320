"""Questions about assignments: whom one would be for, what is open, how far it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from sisiwu.activities.assignments.models import Answer, Assignment, Status, Target
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.organizations.queries import visible as visible_organizations
from sisiwu.register.organizations.regions import REGIONS


@dataclass(frozen=True)
class Selection:
    """Whom an assignment is for: by the tree, kinds, region and marks, or a picked list."""

    under: Organization | None = None
    kinds: tuple[int, ...] = ()
    region: int | None = None
    is_grassroots: bool = False
    is_window: bool = False
    picked: tuple[int, ...] = ()

    def organizations(self, user: Anyone) -> QuerySet[Organization]:
        """Those that stand today, within what a user may give assignments to."""
        rows = visible_organizations(user, Verb.ASSIGN).filter(dissolved_on__isnull=True)
        if self.picked:
            return rows.filter(pk__in=self.picked)
        if self.under:
            rows = rows.filter(within("path", [self.under.path]))
        if self.kinds:
            rows = rows.filter(kind__in=self.kinds)
        if self.region:
            rows = rows.filter(region=self.region)
        if self.is_grassroots:
            rows = rows.filter(is_grassroots=True)
        if self.is_window:
            rows = rows.filter(is_window=True)
        return rows

    def __str__(self) -> str:
        if self.picked:
            return f"点名的 {len(self.picked)} 个党组织"
        parts = [f"{self.under}及所属" if self.under else "范围内全部"]
        parts += ["、".join(str(Kind(kind).label) for kind in self.kinds)] if self.kinds else []
        parts += [dict(REGIONS).get(self.region, str(self.region))] if self.region else []
        parts += ["基层一线单位"] if self.is_grassroots else []
        parts += ["窗口单位"] if self.is_window else []
        return "；".join(parts)[:300]


def issuer_of(user: Anyone) -> Organization | None:
    """The highest organization a user gives assignments for."""
    return visible_organizations(user, Verb.ASSIGN).order_by("path").first()


def targets(user: Anyone) -> QuerySet[Target]:
    """The targets of the organizations a user may look at."""
    rows = Target.objects.filter(within("organization__path", scope(user, Verb.VIEW)))
    return rows.select_related("assignment", "organization")


def listed(user: Anyone, today: date) -> QuerySet[Assignment]:
    """Assignments with ``asked_of``, ``finished`` and ``overdue``, counted over the targets a user may look at."""
    mine = within("organization__path", scope(user, Verb.VIEW))
    own = Target.objects.filter(mine, assignment=OuterRef("pk")).order_by()

    def number(condition: Q) -> Coalesce:
        counted = own.filter(condition).values("assignment").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))

    return (
        Assignment.objects.filter(Exists(own))
        .annotate(
            asked_of=number(~Q(status__in=[Status.EXCUSED, Status.WITHDRAWN])),
            finished=number(Q(status=Status.DONE)),
            late=number(overdue(today)),
        )
        .select_related("issuer")
    )


def overdue(today: date) -> Q:
    """Open after the day."""
    return Q(status=Status.OPEN, due_on__lt=today)


def with_answer(rows: QuerySet[Target]) -> QuerySet[Target]:
    """Targets with the title, address and day of the activity that answers them (the accepted one first)."""
    best = Answer.objects.filter(target=OuterRef("pk")).order_by(F("accepted").desc(nulls_last=True), "-pk")
    best = best.exclude(accepted=False)
    return rows.annotate(
        answer_title=Subquery(best.values("title")[:1]),
        answer_url=Subquery(best.values("url")[:1]),
        answer_on=Subquery(best.values("on")[:1]),
    )


def to_do(user: Anyone) -> QuerySet[Target]:
    """What the organizations a user answers for have not done, the nearest day first."""
    mine = within("organization__path", scope(user, Verb.ANSWER))
    rows = Target.objects.filter(mine, status__in=[Status.OPEN, Status.ANSWERED])
    return rows.select_related("assignment", "organization").order_by("due_on", "pk")


def answerable(organization: Organization, kinds: Collection[str], source: str = "") -> list[Target]:
    """The open targets of an organization that an activity of some kinds can answer.

    With ``source``: those, too, which this activity answers already.
    """
    there = Q(status=Status.OPEN)
    if source:
        there |= Q(status=Status.ANSWERED, answers__source=source)
    rows = Target.objects.filter(there, organization=organization).select_related("assignment").distinct()
    return [one for one in rows.order_by("due_on", "pk") if set(one.assignment.kinds) & set(kinds)]


def done_by(source: str) -> int | None:
    """The target that an activity answers."""
    return Answer.objects.filter(source=source).values_list("target", flat=True).first()


def counts(user: Anyone, today: date) -> dict[str, int]:
    """For the home page: ``mine``, ``mine_late`` (what is to do), ``given``, ``given_late`` (what was issued)."""
    found: dict[str, int] = {}
    if paths := scope(user, Verb.ANSWER):
        rows = Target.objects.filter(within("organization__path", paths), status=Status.OPEN)
        found |= rows.aggregate(mine=Count("pk"), mine_late=Count("pk", filter=overdue(today)))
    if paths := scope(user, Verb.ASSIGN):
        rows = Target.objects.filter(within("assignment__issuer__path", paths), status=Status.OPEN)
        late = Count("pk", filter=overdue(today))
        found |= rows.aggregate(given=Count("assignment", distinct=True), given_late=late)
    return found
