"""Another day than today: ``SISIWU_TESTS_ON=2027-01-02 python -m pytest tests/web``. The site asks Django for the time."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

HOUR = 10
_now = timezone.now


def set_day(day: str) -> None:
    """From now on it is ten o'clock in the morning of that day, and the clock goes on."""
    start = datetime.fromisoformat(day).replace(hour=HOUR, tzinfo=ZoneInfo("Asia/Shanghai"))
    ahead = start - datetime.now(UTC)
    timezone.now = lambda: _now() + ahead
