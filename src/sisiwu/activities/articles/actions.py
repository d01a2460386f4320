"""Entering an article, once."""

from __future__ import annotations

from typing import Unpack

from django.core.exceptions import ValidationError

from sisiwu.activities.articles.facts import facts_of
from sisiwu.activities.articles.models import Article, piece_of
from sisiwu.activities.articles.queries import same_piece
from sisiwu.activities.entries.submitting import How, submit
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import Entry


def enter(article: Article, *, by: User, **how: Unpack[How]) -> Entry:
    """Save an article and submit it to the ledger.

    Raises what ``submit`` raises, and ValidationError when the same piece of the same medium is there
    (whoever entered it).
    """
    return submit(
        article,
        how,
        by=by,
        title=f"稿件：{article.title}（{article.medium}）",
        check=_not_there,
        facts=facts_of,
    )


def _not_there(article: Article) -> None:
    there = same_piece(article.title, article.medium, besides=article.pk)
    if there:
        where = f"{there.organization}，{there.on:%Y年%-m月%-d日}，《{there.medium}》"
        raise ValidationError({"title": f"这篇稿件已经有了：{where}。不用再报。"})
    article.piece = piece_of(article.title)
