"""Questions about suggestions."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sisiwu.foundation.accounts.policies import Anyone, may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.feedback.models import Suggestion


def visible(user: Anyone) -> QuerySet[Suggestion]:
    """All for committee staff; one's own for everybody else."""
    rows = Suggestion.objects.select_related("by", "answered_by")
    return rows if may(user, Verb.VERIFY) else rows.filter(Q(by=user.pk) & Q(by__isnull=False))


def mine(user: Anyone) -> QuerySet[Suggestion]:
    """What a user has said under the own name, the newest first."""
    return Suggestion.objects.filter(by=user.pk) if user.pk else Suggestion.objects.none()


def by_code(code: str) -> Suggestion | None:
    """What was said without a name, for who knows its code."""
    code = code.strip().upper()
    return Suggestion.objects.filter(code=code, by__isnull=True).first() if code else None
