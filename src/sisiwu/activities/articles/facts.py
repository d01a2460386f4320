"""An article is one fact of its organization."""

from __future__ import annotations

from sisiwu.activities.articles.models import Article
from sisiwu.ledger.actions import Draft

PUBLISHED = "article.published"


def facts_of(article: Article) -> list[Draft]:
    """With its level; the matter is the piece."""
    return [Draft(PUBLISHED, article.organization, level=article.level, matter=f"article:{article.piece}"[:80])]
