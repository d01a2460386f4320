"""Questions about meetings."""

from __future__ import annotations

from django.db.models import QuerySet

from sisiwu.activities.meetings.models import Meeting
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.ledger.queries import with_state


def visible(user: Anyone) -> QuerySet[Meeting]:
    """The meetings of the organizations a user may look at."""
    return Meeting.objects.filter(within("organization__path", scope(user, Verb.VIEW))).select_related("organization")


def listed(user: Anyone) -> QuerySet[Meeting]:
    """The same with what became of their entries (``accepted``, ``is_late``)."""
    return with_state(visible(user))
