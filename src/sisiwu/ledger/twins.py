"""Entries that are probably one matter, entered twice: by two people, or on two days."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from sisiwu.ledger.models import Entry, Fact

SEVERAL_A_DAY = frozenset({
    "meeting.heart_talk", "meeting.group_meeting", "attendance.meeting", "attendance.late", "attendance.absent",
    "visit.made",
})  # fmt: skip
"""Kinds of fact of which one subject may well have several on one day."""


def twins(entries: Iterable[Entry]) -> dict[int, Entry]:
    """For each entry an earlier or accepted one with the same matter, or the same kind, subject and day.

    What was returned is nobody's twin. Asks three questions, however many entries there are.
    """
    own = {one.pk: one for one in entries}
    keys: dict[tuple[object, ...], set[int]] = {}
    alike = Q(pk__in=[])
    columns = ("entry_id", "kind", "matter", "organization_id", "member_id", "occurred_on")
    for entry, kind, matter, organization, member, day in Fact.objects.filter(entry__in=own).values_list(*columns):
        if matter:
            keys.setdefault(("matter", kind, matter), set()).add(entry)
            alike |= Q(kind=kind, matter=matter)
        elif kind not in SEVERAL_A_DAY:
            keys.setdefault((kind, organization, member, day), set()).add(entry)
            alike |= Q(kind=kind, organization=organization, member=member, occurred_on=day)
    if not keys:
        return {}
    other: dict[int, int] = {}
    rows = Fact.objects.filter(alike).exclude(entry__decision__accepted=False).order_by("entry_id")
    for entry, kind, matter, organization, member, day in rows.values_list(*columns):
        key = ("matter", kind, matter) if matter else (kind, organization, member, day)
        for mine in keys.get(key, ()):
            if entry < mine:
                other.setdefault(mine, entry)
    found = Entry.objects.select_related("organization", "decision").in_bulk(set(other.values()))
    mine_and_theirs = {mine: found[entry] for mine, entry in other.items()}
    return {mine: one for mine, one in mine_and_theirs.items() if one.source != own[mine].source}
