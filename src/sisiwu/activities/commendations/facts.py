"""A commendation is one fact of the organization or of the member."""

from __future__ import annotations

from sisiwu.activities.commendations.models import Commendation
from sisiwu.ledger.actions import Draft


def facts_of(one: Commendation) -> list[Draft]:
    """The matter is the honour's title and year: granted at several levels, it is one matter."""
    matter = f"honour:{one.on.year}:{one.title}"[:80]
    return [Draft(one.kind, one.member or one.organization, level=one.level, matter=matter)]
