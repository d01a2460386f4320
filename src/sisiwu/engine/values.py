"""Points, shares, days and periods: the integers that everything is counted in.

Points are hundredths (``centi``), shares are exact fractions, dates are whole local days counted
from 1970-01-01. Nothing here knows a clock: whoever evaluates a scheme says as of which day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

EPOCH = date(1970, 1, 1)
FOREVER = 99_999_999
"""The ``voided`` day of a fact that still stands."""

_POINTS = re.compile(r"[+-]?\d{1,9}(\.\d{1,2})?")
_SHARE_PERCENT = re.compile(r"(\d{1,6})(\.(\d{1,4}))?%")
_SHARE_FRACTION = re.compile(r"(\d{1,6})/(\d{1,6})")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def centi(text: str) -> int:
    """Points as written ("0.5", "-3") in hundredths.

    Raises ValueError when the text is no decimal of at most two places.
    """
    if not _POINTS.fullmatch(text):
        raise ValueError(text)
    sign = -1 if text.startswith("-") else 1
    whole, _, decimals = text.lstrip("+-").partition(".")
    return sign * (int(whole) * 100 + int(decimals.ljust(2, "0") or 0))


def points_text(value_centi: int) -> str:
    """Hundredths as an official text writes points: 50 is "0.5", -300 is "-3"."""
    text = score_text(value_centi)
    return text.rstrip("0").rstrip(".")


def score_text(value_centi: int) -> str:
    """Hundredths with two places, as a result is shown: 8750 is "87.50"."""
    sign = "-" if value_centi < 0 else ""
    whole, decimals = divmod(abs(value_centi), 100)
    return f"{sign}{whole}.{decimals:02d}"


def half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to a whole number, halves away from zero (四舍五入)."""
    if denominator <= 0:
        raise ValueError(denominator)
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


@dataclass(frozen=True, order=True)
class Share:
    """An exact proportion, such as 60% or 1/3."""

    numerator: int
    denominator: int

    @property
    def text(self) -> str:
        """As an official text writes it: "60%" or "1/3"."""
        if 10_000 * self.numerator % self.denominator == 0:
            return points_text(10_000 * self.numerator // self.denominator) + "%"
        return f"{self.numerator}/{self.denominator}"


def share(text: str) -> Share:
    """A proportion as written: "60%", "12.5%", "1/3", "0.3" or "2". Raises ValueError."""
    if match := _SHARE_PERCENT.fullmatch(text):
        decimals = match[3] or ""
        return Share(int(match[1] + decimals), 100 * 10 ** len(decimals))
    if (match := _SHARE_FRACTION.fullmatch(text)) and int(match[2]):
        return Share(int(match[1]), int(match[2]))
    if (value := centi(text)) >= 0:
        return Share(value, 100)
    raise ValueError(text)


def day_number(day: date) -> int:
    """Whole days since 1970-01-01."""
    return (day - EPOCH).days


def day_date(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=number)


def day(text: str) -> date:
    """A date written YYYY-MM-DD. Raises ValueError."""
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), int(match[3]))


def add_months(start: date, months: int) -> date:
    """The same day of another month; the month's last day where that day does not exist."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


@dataclass(frozen=True)
class Period:
    """An assessment period (考核期): its label and its first and last day, both counted."""

    label: str
    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.end - self.start).days + 1

    def parts(self, months: int) -> tuple[Period, ...]:
        """Its consecutive parts of that many months (1 for months, 3 for quarters)."""
        parts: list[Period] = []
        number = 0
        while (start := add_months(self.start, number * months)) <= self.end:
            number += 1
            end = min(add_months(self.start, number * months) - timedelta(days=1), self.end)
            parts.append(Period(f"{self.label}/{number}", start, end))
        return tuple(parts)


PERIOD_MONTHS = {"year": 12, "half_year": 6, "quarter": 3, "month": 1}


@dataclass(frozen=True)
class Calendar:
    """When the periods of a scheme begin; they need not follow the calendar (K53).

    ``kind`` is year, half_year, quarter or month; ``month`` and ``day`` say when the year's first
    period begins (11 and 1 for 1 November to 31 October; a month from the 26th has day 26). A period
    that does not begin on its calendar date is named after the year and month in which it ends.
    With ``rolling`` every person has a year of their own that begins on the anniversary of the
    person's ``since`` day (the model of the traffic points).
    """

    kind: str = "year"
    month: int = 1
    day: int = 1
    rolling: bool = False

    def period(self, label: str) -> Period:
        """The period of that name: "2018", "2018-H1", "2018-Q3" or "2018-03".

        Raises ValueError when the label is not of this calendar's kind.
        """
        patterns = {
            "year": r"(\d{4})()",
            "half_year": r"(\d{4})-H([12])",
            "quarter": r"(\d{4})-Q([1-4])",
            "month": r"(\d{4})-(0[1-9]|1[0-2])",
        }
        match = re.fullmatch(patterns[self.kind], label)
        if not match:
            raise ValueError(label)
        length = PERIOD_MONTHS[self.kind]
        nominal = date(int(match[1]), (int(match[2] or 1) - 1) * length + 1, 1)
        anchor = date(nominal.year, self.month, self.day)
        year_back = anchor > date(nominal.year, 1, 1) and self.kind != "month"
        if self.kind == "month":
            start = add_months(nominal, -1).replace(day=self.day) if self.day > 1 else nominal
            end = (nominal.replace(day=self.day) if self.day > 1 else add_months(nominal, 1)) - timedelta(1)
        else:
            first = add_months(anchor, -12) if year_back else anchor
            start = add_months(first, nominal.month - 1)
            end = add_months(first, nominal.month - 1 + length) - timedelta(1)
        return Period(label, start, end)

    def label_of(self, when: date) -> str:
        """The label of the period in which a day lies."""
        for year in (when.year, when.year + 1, when.year - 1):
            for label in self._labels(year):
                period = self.period(label)
                if period.start <= when <= period.end:
                    return label
        raise ValueError(when)

    def _labels(self, year: int) -> list[str]:
        match self.kind:
            case "year":
                return [f"{year}"]
            case "half_year":
                return [f"{year}-H{n}" for n in (1, 2)]
            case "quarter":
                return [f"{year}-Q{n}" for n in (1, 2, 3, 4)]
            case _:
                return [f"{year}-{n:02d}" for n in range(1, 13)]

    def cycle_start(self, since: date, as_of: date) -> date:
        """For a rolling calendar: when the person's present year began."""
        years = as_of.year - since.year
        start = add_months(since, 12 * years)
        return start if start <= as_of else add_months(since, 12 * (years - 1))


def previous(period: Period, steps: int, calendar_: Calendar) -> Period:
    """The period that many periods earlier."""
    months = PERIOD_MONTHS[calendar_.kind] * steps
    return Period(
        f"{period.label}-{steps}",
        add_months(period.start, -months),
        add_months(period.end + timedelta(1), -months) - timedelta(1),
    )
