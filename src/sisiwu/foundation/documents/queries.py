"""Questions about documents; they are open to everybody who looks at work."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from sisiwu.foundation.documents.models import Document


def searched(rows: QuerySet[Document], text: str) -> QuerySet[Document]:
    """By words of the title, issuer, number or a quoted clause; two characters are enough."""
    text = text.strip()
    return rows.filter(
        Q(title__contains=text)
        | Q(issuer__contains=text)
        | Q(number__contains=text)
        | Q(pk__in=Document.objects.filter(clauses__text__contains=text).values("pk"))
    )


def in_force(day: date) -> Q:
    """The condition that a document is in force on a day."""
    begun = Q(in_force_from__isnull=True) | Q(in_force_from__lte=day)
    return begun & (Q(abolished_on__isnull=True) | Q(abolished_on__gt=day))
