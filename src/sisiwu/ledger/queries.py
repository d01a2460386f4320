"""Reading the ledger: what waits, what counts, where a fact came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, StrIndex, Substr
from django.utils import timezone

from sisiwu.engine import records
from sisiwu.engine.values import FOREVER, day_number
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.ledger.dictionary import kind_of
from sisiwu.ledger.models import Entry, Fact
from sisiwu.register.members.models import Membership
from sisiwu.register.organizations.models import Organization


def entries(user: Anyone, verb: str = Verb.VIEW) -> QuerySet[Entry]:
    """The entries of the organizations where a user may do something."""
    return Entry.objects.filter(within("path", scope(user, verb)))


def current(user: Anyone) -> QuerySet[Entry]:
    """The entries a user may see, the newest first, without those that were mended and submitted anew."""
    newer = Entry.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"))
    return entries(user).filter(~Exists(newer)).order_by("-occurred_on", "-id")


def pending(user: Anyone) -> QuerySet[Entry]:
    """What waits for a verifier, the oldest first; one's own entries are for others."""
    rows = entries(user, Verb.VERIFY).filter(awaits=True, decision__isnull=True)
    return rows.exclude(entered_by=user.pk).select_related("organization", "entered_by").order_by("id")


def facts(user: Anyone) -> QuerySet[Fact]:
    """The facts a user may see: of organizations they look at; of members whose register they may read, and their own."""
    roll = within("entry__path", scope(user, Verb.MEMBERS))
    personal = roll | Q(member__user=user.pk) if user.pk else roll
    return Fact.objects.filter(within("entry__path", scope(user, Verb.VIEW))).filter(Q(member__isnull=True) | personal)


def last_entry(source: str) -> Entry | None:
    """The newest submission of an activity."""
    return Entry.objects.filter(source=source).select_related("decision").order_by("-id").first()


def counted(
    first: date, last: date, *, branch: int | None = None, also: Collection[int] = ()
) -> Iterator[records.Fact]:
    """Facts of a period that were accepted or need no verification, as the engine reads them.

    A fact is known from the day it was accepted (or entered), and until it was reversed. With
    ``branch``: of that organization, its members, and of the organizations in ``also``.
    """
    rows = Fact.objects.filter(occurred_on__gte=first, occurred_on__lte=last).filter(
        Q(entry__awaits=False) | Q(entry__decision__accepted=True)
    )
    if branch is not None:
        people = Membership.objects.filter(branch=branch, until__isnull=True).values("member")
        rows = rows.filter(Q(organization__in=[branch, *also]) | Q(member__in=people))
    columns = (
        "pk", "kind", "level", "organization_id", "member_id", "occurred_on", "quantity_centi", "base_centi", "matter",
        "due_on", "marks", "sharers", "recorded_at", "entry__decision__at", "reversal__on", "entry__title",
    )  # fmt: skip
    for row in rows.order_by("pk").values_list(*columns).iterator():
        kind = kind_of(row[1])
        known = timezone.localdate(row[13] or row[12])
        yield records.Fact(
            number=row[0],
            id=f"F{row[0]}",
            kind=row[1],
            subject=row[3] or row[4],
            day=day_number(row[5]),
            level=row[2],
            quantity=row[6],
            base=row[7],
            matter=row[8],
            due=day_number(row[9]) if row[9] else None,
            marks=frozenset(code for place, (code, _) in enumerate(kind.marks) if row[10] >> place & 1),
            sharers=row[11],
            recorded=day_number(known),
            voided=day_number(row[14]) if row[14] else FOREVER,
            note=row[15],
        )


def is_personal(fact: records.Fact) -> bool:
    """Whether a fact is a member's."""
    return kind_of(fact.kind).subject == "member"


def fact_counts(entries: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """For each entry: titles of its kinds of fact and how many there are, in one question."""
    rows = (
        Fact.objects.filter(entry__in=list(entries))
        .values_list("entry", "kind")
        .annotate(n=Count("pk"))
        .order_by("kind")
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for entry, kind, number in rows:
        found.setdefault(entry, []).append((kind_of(kind).title, number))
    return found


def with_state[M: Model](rows: QuerySet[M]) -> QuerySet[M]:
    """Activities with ``accepted`` of their newest entry (None: waits; True also where nothing has to be verified) and its ``is_late``, in one question."""
    label = Value(f"{rows.model._meta.label_lower}:")
    source = Concat(label, Cast(OuterRef("pk"), CharField()), output_field=CharField())
    known = Case(When(awaits=False, then=Value(value=True)), default="decision__accepted", output_field=BooleanField())
    newest = Entry.objects.filter(source=source).order_by("-id").annotate(known=known)
    return cast(
        "QuerySet[M]",
        rows.annotate(accepted=Subquery(newest.values("known")[:1]), is_late=Subquery(newest.values("is_late")[:1])),
    )


def sent(key: UUID) -> Entry | None:
    """The entry that was sent with a key, if it was."""
    return Entry.objects.filter(key=key).first()


def counted_facts(source: str) -> list[Fact]:
    """The facts of an activity that count today: accepted or in need of nothing, and not reversed."""
    rows = Fact.objects.filter(Q(entry__awaits=False) | Q(entry__decision__accepted=True), entry__source=source)
    return list(rows.filter(reversal__isnull=True).select_related("entry").order_by("pk"))


def kinds_in(entry: Entry) -> set[str]:
    """The kinds of fact of an entry that still count or may count."""
    return set(entry.facts.filter(reversal__isnull=True).values_list("kind", flat=True))


def standing_facts(source: str) -> QuerySet[Fact]:
    """The facts that one source brought and that were not reversed."""
    return Fact.objects.filter(entry__source=source, reversal__isnull=True).select_related("entry")


def done_already(
    organizations: QuerySet[Organization], kinds: Collection[str], since: date, until: date, words: str = ""
) -> dict[int, Entry]:
    """What organizations did of some kinds in a period (organization -> the newest entry that was not returned).

    With ``words``: only what has them in its title.
    """
    rows = Entry.objects.filter(
        organization__in=organizations.order_by().values("pk"),
        occurred_on__gte=since,
        occurred_on__lte=until,
        title__contains=words,
        facts__kind__in=kinds,
        facts__reversal__isnull=True,
    ).exclude(decision__accepted=False)
    found: dict[int, Entry] = {}
    for entry in rows.select_related("decision", "organization").order_by("occurred_on", "pk"):
        found[entry.organization_id] = entry
    return found


def stood(path: str, first: date, last: date, at: datetime) -> QuerySet[Entry]:
    """The entries of a part of the tree and a span of days that counted at a moment.

    The ledger only grows, so that the same question has the same answer for ever: what is entered,
    decided or reversed later changes nothing.
    """
    rows = Entry.objects.filter(within("path", [path]), occurred_on__range=(first, last), entered_at__lte=at)
    return rows.filter(Q(awaits=False) | Q(decision__accepted=True, decision__at__lte=at))


def entered_per_form(first: date, last: date) -> list[tuple[int, str, int]]:
    """Organization, form (the source without its number) and how many entries there are of a span of days (when they were typed plays no part)."""
    form = Substr("source", 1, StrIndex("source", Value(":")) - 1)
    rows = Entry.objects.filter(occurred_on__range=(first, last)).annotate(form=form)
    return list(rows.order_by().values_list("organization", "form").annotate(n=Count("pk")))
