"""A target that is done is a fact where the dictionary knows it; what is not done is none here (a hearing comes first)."""

from __future__ import annotations

from sisiwu.activities.assignments.models import Category, Target
from sisiwu.ledger.actions import Draft

DONE = {Category.STUDY: "assignment.study_done", Category.POVERTY: "assignment.poverty_done"}
"""规定清单 (schemes/facts.yaml); other assignments have no such kind."""


def facts_of(target: Target) -> list[Draft]:
    """Done, with the day by which it was due: schemes say what late completion means."""
    kind = DONE.get(Category(target.assignment.category))
    if kind is None:
        return []
    return [Draft(kind, target.organization, due_on=target.due_on, matter=f"assignment:{target.assignment_id}")]
