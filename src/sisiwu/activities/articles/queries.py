"""Questions about articles."""

from __future__ import annotations

from django.db.models import QuerySet

from sisiwu.activities.articles.models import Article, piece_of
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.ledger.queries import with_state


def visible(user: Anyone) -> QuerySet[Article]:
    """The articles of the organizations a user may look at."""
    return Article.objects.filter(within("organization__path", scope(user, Verb.VIEW))).select_related("organization")


def listed(user: Anyone) -> QuerySet[Article]:
    """The same with what became of their entries."""
    return with_state(visible(user))


def same_piece(title: str, medium: str, besides: int | None = None) -> Article | None:
    """The article that is there already: the same piece in the same medium, entered by anybody."""
    rows = with_state(Article.objects.filter(piece=piece_of(title), medium=medium.strip()))
    rows = rows.exclude(pk=besides) if besides else rows
    return next(
        (one for one in rows.select_related("organization") if getattr(one, "accepted", None) is not False), None
    )
