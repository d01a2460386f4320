"""Which facts a meeting is: one of the organization, one of each member who was there, late or missing."""

from __future__ import annotations

from sisiwu.activities.meetings.models import Kind, Meeting, Presence
from sisiwu.ledger.actions import Draft

MEMBER_KINDS = {
    Presence.PRESENT: "attendance.meeting",
    Presence.LATE: "attendance.late",
    Presence.ABSENT: "attendance.absent",
}
"""Leave writes no fact: it is neither merit nor fault."""
LECTURE = "member.lecture_given"


def kinds_of(kind: str) -> list[str]:
    """Every kind of fact that a meeting of a kind can write."""
    return [kind, *MEMBER_KINDS.values(), *([LECTURE] if kind == Kind.PARTY_LECTURE else [])]


def facts_of(meeting: Meeting, *, by_secretary: bool) -> list[Draft]:
    """The facts of a meeting as it is saved; one lecture by the secretary is marked so."""
    is_lecture = meeting.kind == Kind.PARTY_LECTURE
    marks = frozenset({"by_secretary"}) if is_lecture and by_secretary else frozenset[str]()
    facts = [Draft(meeting.kind, meeting.organization, marks=marks)]
    for one in meeting.attendances.select_related("member").order_by("member__strokes"):
        kind = MEMBER_KINDS.get(Presence(one.presence))
        if kind:
            facts.append(Draft(kind, one.member))
    if is_lecture and meeting.lecturer:
        facts.append(Draft(LECTURE, meeting.lecturer, level="branch"))
    return facts
