"""Which files lie where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.evidence.models import File


def visible(user: User) -> QuerySet[File]:
    """Submitted files of the organizations whose members' work a user may see, and one's own.

    Evidence may name persons: who may see the register of an organization may open it, a member may not.
    """
    return File.objects.filter(within("path", scope(user, Verb.MEMBERS)) & ~Q(source="") | Q(by=user))


def chosen(key: UUID) -> QuerySet[File]:
    """What was chosen in a form so far."""
    return File.objects.filter(key=key)


def beside(sources: Iterable[str]) -> dict[str, list[File]]:
    """Files of some activities, in one question."""
    found: dict[str, list[File]] = defaultdict(list)
    for one in File.objects.filter(source__in=list(sources)):
        found[one.source].append(one)
    return dict(found)
