"""Entering an article, once."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from sisiwu.activities.articles.facts import facts_of
from sisiwu.activities.articles.models import Article, piece_of
from sisiwu.activities.articles.queries import same_piece
from sisiwu.activities.entries.mending import free_to_mend
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.inbox.actions import settle
from sisiwu.ledger import actions as ledger
from sisiwu.ledger.queries import sent


@transaction.atomic
def enter(
    article: Article, *, by: User, key: UUID, is_late: bool = False, late_because: str = "", version: int | None = None
) -> ledger.Entry:
    """Save an article and submit it to the ledger; sent twice with the same key it is entered once.

    Raises ValidationError when the same piece of the same medium is there (whoever entered it), and
    PermissionDenied.
    """
    demand(by, Verb.ENTER, article.organization.path)
    before = sent(key)
    if before:
        return before
    there = same_piece(article.title, article.medium, besides=article.pk)
    if there:
        raise ValidationError(
            {
                "title": f"这篇稿件已经有了：{there.organization}，{there.on:%Y年%-m月%-d日}，《{there.medium}》。不用再报。"
            }
        )
    if article.pk:
        free_to_mend(article, version)
        article.version += 1
    else:
        article.created_by = by
    article.piece = piece_of(article.title)
    article.full_clean()
    article.save()
    settle(f"returned:{article.source}")
    return ledger.record(
        key=key,
        source=article.source,
        title=f"稿件：{article.title}（{article.medium}）",
        url=reverse("articles:detail", args=[article.pk]),
        organization=article.organization,
        on=article.on,
        facts=facts_of(article),
        by=by,
        is_late=is_late,
        late_because=late_because,
    )
