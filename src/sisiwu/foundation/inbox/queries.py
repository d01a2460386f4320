"""What waits for a user."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.inbox.models import Task


def waiting(user: Anyone) -> QuerySet[Task]:
    """Open tasks of the verbs and places of a user, the nearest deadline first."""
    mine = Q(pk__in=[])
    for verb in Verb.values:
        paths = scope(user, verb)
        if paths:
            mine |= Q(verb=verb) & within("path", paths)
    return Task.objects.filter(mine, done_at__isnull=True).order_by("due_on", "raised_at")
