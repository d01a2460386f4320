"""Counting working days. The whole table is read in one question and kept; a change is seen at once by who made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache

from sisiwu.foundation.workdays.models import Special, Year

KEY, KEPT_SECONDS = "workdays", 600
"""Other processes of the server see a change after ten minutes at the latest."""
UNKNOWN = "未公布，暂按周一至周五"
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The years that are known, and the days that differ."""

    years: frozenset[int]
    days: dict[date, bool]

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked."""
        known = self.days.get(day)
        return day.weekday() < SATURDAY if known is None else known


def calendar() -> Calendar:
    """The table as it stands."""
    kept: Calendar | None = cache.get(KEY)
    if kept is None:
        days = dict(Special.objects.values_list("day", "is_worked"))
        kept = Calendar(frozenset(Year.objects.values_list("year", flat=True)), days)
        cache.set(KEY, kept, KEPT_SECONDS)
    return kept


def is_workday(day: date) -> bool:
    """Whether a day is worked; in a year that is not known, Monday to Friday are."""
    return calendar().is_workday(day)


def add_workdays(day: date, n: int) -> date:
    """The n-th working day after a day, which itself does not count (an objection within 3 working days).

    With 0 the day itself. Raises ValueError for a negative n.
    """
    if n < 0:
        raise ValueError("工作日只能往后数")
    known = calendar()
    while n:
        day += ONE_DAY
        n -= known.is_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """How many working days lie after ``first`` up to and including ``last``; negative backwards."""
    if last < first:
        return -workdays_between(last, first)
    known = calendar()
    return sum(known.is_workday(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))


def unknown_years(first: date, last: date) -> list[int]:
    """The years of a span whose holidays are not known."""
    known = calendar().years
    return [year for year in range(first.year, last.year + 1) if year not in known]


def warning(first: date, last: date | None = None) -> str:
    """What has to stand beside a deadline: empty, or “2027年放假安排未公布，暂按周一至周五”."""
    missing = unknown_years(first, last or first)
    return f"{'、'.join(str(year) for year in missing)}年放假安排{UNKNOWN}" if missing else ""


def covered() -> str:
    """The years that are known, in words: “2004—2026年”."""
    years = sorted(calendar().years)
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1][1:] = [year]
        else:
            spans.append([year])
    return "、".join("—".join(str(year) for year in span) for span in spans) + "年" if spans else "无"
