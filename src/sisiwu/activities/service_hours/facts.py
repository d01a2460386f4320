"""Which facts a service is: the hours of each who took part."""

from __future__ import annotations

from sisiwu.activities.service_hours.models import Service
from sisiwu.ledger.actions import Draft

HOURS = "member.service_hours"


def facts_of(service: Service) -> list[Draft]:
    """One of each."""
    people = service.volunteers.order_by("strokes", "id")
    return [Draft(HOURS, one, quantity_centi=service.hours_centi) for one in people]
