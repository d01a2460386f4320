"""Questions about meetings."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Concat
from django.db.models import CharField, Value

from sisiwu.activities.meetings.models import Meeting
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.ledger.models import Decision, Entry

__all__ = ["visible", "with_state"]


def visible(user: Anyone) -> QuerySet[Meeting]:
    """The meetings of the organizations a user may look at."""
    return Meeting.objects.filter(within("organization__path", scope(user, Verb.VIEW))).select_related("organization")


def with_state(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With ``accepted``: True, False (returned), or None (waits); and ``is_late``."""
    source = Concat(Value("meetings.meeting:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    last = Entry.objects.filter(source=source).order_by("-id")
    decided = Decision.objects.filter(entry__source=source).order_by("-entry_id")
    return rows.annotate(
        accepted=Subquery(decided.filter(entry=Subquery(last.values("pk")[:1])).values("accepted")[:1]),
        is_late=Subquery(last.values("is_late")[:1]),
        is_sent=Exists(last),
    )
