"""How far back the work of the demonstration reaches."""

from __future__ import annotations

from datetime import date

SPRING = 4


def begin(today: date) -> date:
    """1 January of this year; until the end of March that of the last one, so that there is always work to show."""
    return date(today.year if today.month >= SPRING else today.year - 1, 1, 1)
