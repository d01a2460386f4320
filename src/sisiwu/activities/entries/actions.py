"""Keeping drafts."""

from __future__ import annotations

from django.http import QueryDict

from sisiwu.activities.entries.models import Draft
from sisiwu.foundation.accounts.models import User

IGNORED = ("csrfmiddlewaretoken",)
LONGEST = 20_000
"""Characters kept of one field."""


def keep_draft(user: User, form: str, typed: QueryDict) -> Draft:
    """What was typed, as it was typed, right or wrong."""
    data = {name: [text[:LONGEST] for text in typed.getlist(name)] for name in typed if name not in IGNORED}
    draft, _ = Draft.objects.update_or_create(user=user, form=form, defaults={"data": data})
    return draft


def drop_draft(user: User, form: str) -> None:
    """It was sent, or is not wanted any more."""
    Draft.objects.filter(user=user, form=form).delete()


def draft_of(user: User, form: str) -> QueryDict | None:
    """What was typed last time and not sent."""
    draft = Draft.objects.filter(user=user, form=form).first()
    if draft is None:
        return None
    typed = QueryDict(mutable=True)
    for name, texts in draft.data.items():
        typed.setlist(name, texts)
    return typed
