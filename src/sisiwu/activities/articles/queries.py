"""Which articles somebody may see, and whether one is there already."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sisiwu.activities.articles.models import Article, Partner, piece_of
from sisiwu.activities.entries.queries import standing
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb


def same_piece(title: str, medium: str, besides: int | None = None) -> Article | None:
    """The article that is there already: the same piece in the same medium, entered by anybody."""
    rows = Article.objects.filter(piece=piece_of(title), medium=medium.strip())
    return standing(rows.exclude(pk=besides) if besides else rows)


def visible(user: Anyone) -> QuerySet[Article]:
    """Articles of the organizations a user may look at, and those that these wrote together with others."""
    paths = scope(user, Verb.VIEW)
    if "" in paths:
        return Article.objects.select_related("organization")
    together = Partner.objects.filter(within("organization__path", paths), accepted=True).values("article")
    rows = Article.objects.filter(within("organization__path", paths) | Q(pk__in=together))
    return rows.select_related("organization")


def partners(user: Anyone) -> QuerySet[Partner]:
    """Who says that they wrote an article together with whoever entered it, where a user verifies."""
    rows = Partner.objects.filter(within("article__organization__path", scope(user, Verb.VERIFY)))
    return rows.select_related("article__organization", "organization", "asked_by")
