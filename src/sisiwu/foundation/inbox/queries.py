"""What waits for a user."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.inbox.models import Task


def waiting(user: Anyone) -> QuerySet[Task]:
    """Open tasks of the verbs and places of a user, what has no deadline first (it waits now), then the nearest deadline."""
    mine = Q(pk__in=[])
    for verb in Verb.values:
        paths = scope(user, verb)
        if paths:
            mine |= Q(verb=verb) & within("path", paths)
    return Task.objects.filter(mine, done_at__isnull=True).order_by(F("due_on").asc(nulls_first=True), "raised_at")


def asked(prefix: str) -> dict[str, str]:
    """What was ever asked for reasons that begin so: key and place while it is open, key and "" when it is done.

    What is done is not asked again (rulebook.md, R15).
    """
    rows = Task.objects.filter(key__startswith=prefix).values_list("key", "path", "done_at")
    return {key: "" if done_at else path for key, path, done_at in rows}
