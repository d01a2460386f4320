"""Which facts a class is: the coverage of the organization, the hours of each who took part."""

from __future__ import annotations

from sisiwu.activities.trainings.models import Training
from sisiwu.ledger.actions import Draft

COVERAGE, HOURS = "training.coverage", "member.study_hours"


def facts_of(training: Training) -> list[Draft]:
    """Coverage only where somebody belongs to the organization itself; 100 stands for one person."""
    trainees = list(training.trainees.select_related("branch").order_by("strokes", "id"))
    facts = [Draft(HOURS, one, quantity_centi=training.hours_centi) for one in trainees]
    if training.rolled:
        own = sum(1 for one in trainees if one.branch_id == training.organization_id)
        base = max(training.rolled, own)
        facts.insert(0, Draft(COVERAGE, training.organization, quantity_centi=100 * own, base_centi=100 * base))
    return facts
