"""Which schemes count at the moment, and where they count a kind of fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from django.conf import settings
from django.utils import timezone

from sisiwu.engine.scheme import Scheme, load
from sisiwu.engine.scheme.walking import picks_of
from sisiwu.engine.values import Period
from sisiwu.foundation.documents.citations import Citation
from sisiwu.ledger.feeds import Feed


@cache
def scheme(name: str) -> Scheme:
    """The scheme in force for ``organizations`` or ``members``. Raises KeyError."""
    return load(settings.SISIWU_SCHEMES / settings.SISIWU_IN_FORCE[name])


def period_of(name: str, day: date | None = None) -> Period:
    """The scheme's period in which a day (default: today) lies."""
    day = day or timezone.localdate()
    calendar = scheme(name).calendars[0]
    this = calendar.period(f"{day.year}")
    return this if this.start <= day <= this.end else calendar.period(f"{day.year + (day > this.end)}")


@cache
def _feeds(kind: str) -> tuple[Feed, ...]:
    found = []
    for name in settings.SISIWU_IN_FORCE:
        one = scheme(name)
        clauses = {clause.id: clause.article for clause in one.clauses}
        for list_ in one.lists:
            for item in list_.items:
                rule = next((r for r in item.rules if any(kind in pick.kinds for pick in picks_of(r))), None)
                if rule is not None:
                    article = clauses.get(rule.clause, "")
                    found.append(Feed(one.title, list_.title, item.title, article, kind))
    return tuple(found)


def tell(kind: str) -> Iterator[Feed]:
    """Every item of the schemes in force that looks at a kind of fact."""
    yield from _feeds(kind)


@cache
def _cited() -> dict[str, tuple[Citation, ...]]:
    found: dict[str, list[Citation]] = {}
    for name in settings.SISIWU_IN_FORCE:
        one = scheme(name)
        clauses = {clause.id: clause for clause in one.clauses}
        for list_ in one.lists:
            for item in list_.items:
                for rule in item.rules:
                    clause = clauses.get(rule.clause)
                    if clause is not None:
                        told = Citation(one.title, list_.title, item.title, rule.title, clause.article)
                        found.setdefault(clause.source, []).append(told)
    return {source: tuple(rows) for source, rows in found.items()}


def cite(document: str) -> Iterator[Citation]:
    """Every list item of the schemes in force that stands on a document."""
    yield from _cited().get(document, ())
