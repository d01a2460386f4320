"""A visit is one fact of its organization."""

from __future__ import annotations

from sisiwu.activities.visits.models import Visit
from sisiwu.ledger.actions import Draft

MADE = "visit.made"


def facts_of(visit: Visit) -> list[Draft]:
    """With its kind as level."""
    return [Draft(MADE, visit.organization, level=visit.kind)]
