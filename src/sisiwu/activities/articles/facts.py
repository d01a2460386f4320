"""An article is one fact of each organization that wrote it."""

from __future__ import annotations

from sisiwu.activities.articles.models import Article
from sisiwu.ledger.actions import Draft
from sisiwu.register.organizations.models import Organization

PUBLISHED = "article.published"


def fact_of(article: Article, organization: Organization, sharers: int = 1) -> Draft:
    """With its level; the matter is the piece; ``sharers`` is how many organizations wrote it together."""
    matter = f"article:{article.piece}"[:80]
    return Draft(PUBLISHED, organization, level=article.level, matter=matter, sharers=sharers)


def facts_of(article: Article) -> list[Draft]:
    """As it is entered: of one organization."""
    return [fact_of(article, article.organization)]
