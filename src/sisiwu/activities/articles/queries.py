"""Whether an article is there already."""

from __future__ import annotations

from sisiwu.activities.articles.models import Article, piece_of
from sisiwu.activities.entries.queries import standing


def same_piece(title: str, medium: str, besides: int | None = None) -> Article | None:
    """The article that is there already: the same piece in the same medium, entered by anybody."""
    rows = Article.objects.filter(piece=piece_of(title), medium=medium.strip())
    return standing(rows.exclude(pk=besides) if besides else rows)
