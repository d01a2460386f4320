"""Questions about tokens."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.tokens.models import VERBS, Scope, Token


def live(user: User) -> QuerySet[Token]:
    """The tokens of a user that are good today."""
    return user.tokens.filter(revoked_at__isnull=True, until__gt=timezone.localdate())


def offered(user: User) -> list[Scope]:
    """The scopes that the user's roles can use today."""
    return [scope for scope in Scope if any(may(user, verb) for verb in VERBS[scope])]
