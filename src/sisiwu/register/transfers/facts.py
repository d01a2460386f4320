"""What follows from the tree and the calendar: the type of a transfer, and how long its letter holds."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from sisiwu.foundation.values.dates import after_months, spoken_day
from sisiwu.register.organizations.models import Organization
from sisiwu.register.organizations.regions import REGIONS
from sisiwu.register.transfers.models import Type

LETTER_MONTHS_MAX = 3
"""A hand-over letter holds three months at most (党员教育管理工作条例 art. 25; rulebook.md, section 4)."""
DEPARTMENT = REGIONS[0][0]
"""The region of the department itself (省直)."""


def type_of(source: Organization | None, target: Organization | None) -> Type:
    """The type by where both ends lie (our reading of codes.json; the source names the types only)."""
    if source is None or target is None:
        return Type.OUTSIDE
    if source.parent_id == target.parent_id:
        return Type.SAME_COMMITTEE
    if source.region == target.region:
        return Type.DEPARTMENT
    if source.region == DEPARTMENT:
        return Type.DOWN
    return Type.DEPARTMENT if target.region == DEPARTMENT else Type.ACROSS


def valid_until(issued_on: date, days: int | None) -> date:
    """The last day of a letter: after some days, or as late as the rule allows.

    Raises ValidationError (``valid_days``) for more than the rule allows.
    """
    latest = after_months(issued_on, LETTER_MONTHS_MAX)
    if days is None:
        return latest
    last = date.fromordinal(issued_on.toordinal() + days)
    if last > latest:
        raise ValidationError(
            {"valid_days": f"介绍信的有效期最长三个月，这一封最晚到{spoken_day(latest)}；请改小，或不填。"}
        )
    return last
