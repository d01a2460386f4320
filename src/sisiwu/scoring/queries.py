"""Scores of the platform: standings, and why one subject has what it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.utils import timezone

from sisiwu.engine import reference, words
from sisiwu.engine.explain import Explanation, explain
from sisiwu.engine.results import Result
from sisiwu.foundation.accounts.policies import Anyone, scope
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.queries import version
from sisiwu.register.members.models import Member
from sisiwu.register.organizations import queries as organizations
from sisiwu.register.organizations.models import Organization
from sisiwu.scoring.evaluation import Score, evaluate
from sisiwu.scoring.in_force import period_of, scheme
from sisiwu.scoring.live import dataset
from sisiwu.scoring.relations import relations, snapshot
from sisiwu.scoring.runners import open_runner

KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Told:
    """One subject's result and its explanation, as of a day."""

    result: Result
    explanation: Explanation
    facts: int
    on: date


def standings(name: str = "organizations", on: date | None = None) -> dict[int, Score]:
    """All scores of a scheme in force, kept until the ledger or the register changes."""
    on = on or timezone.localdate()
    key = f"standings:{name}:{on}:{version()}"
    kept: dict[int, Score] | None = cache.get(key)
    if kept is None:
        one, period = scheme(name), period_of(name, on)
        with open_runner("duckdb") as runner:
            runner.load(snapshot(one, relations(one, dataset(one, period, on), period, on), period, on))
            kept = evaluate(one, runner, period, on, snapshot=True)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def ranked(user: Anyone, text: str = "") -> list[tuple[Organization, Score]]:
    """The scored organizations whose scores a user may see, the best first; ``text``: those found by it."""
    scores = standings()
    rows = organizations.visible(user, Verb.SCORES).filter(pk__in=scores)
    if text:
        rows = organizations.searched(rows, text)
    found = [(row, scores[row.pk]) for row in rows]
    return sorted(found, key=lambda one: (one[1].place or 10**9, -one[1].total_centi, one[0].path))


def sees_places(user: Anyone) -> bool:
    """Places are for those who look after many organizations; a branch sees its points (R3)."""
    paths = scope(user, Verb.SCORES)
    return "" in paths or organizations.visible(user, Verb.SCORES).count() > 1


def told(name: str, subject: Organization | Member, on: date | None = None) -> Told | None:
    """The live points of one organization or member with every fact behind them; None: not scored.

    Seen alone: place and grade come from ``standings``.
    """
    on = on or timezone.localdate()
    one, period = scheme(name), period_of(name, on)
    branch = subject if isinstance(subject, Organization) else subject.branch
    data = dataset(one, period, on, branch=branch)
    result = reference.evaluate(one, data, period, on, only={subject.pk}).get(subject.pk)
    if result is None:
        return None
    facts = len(data.organization_facts) + len(data.member_facts)
    return Told(result, explain(one, result, data, words), facts, on)
