"""Time: which days a pick looks at, and what the source of facts already guarantees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sisiwu.engine.plan.expressions import TRUE, Expr, Num, col, conj, op
from sisiwu.engine.values import Calendar, Period, add_months, day_number, previous


@dataclass(frozen=True)
class Times:
    """The days of one evaluation.

    ``trimmed``: the facts are a snapshot as of the day: live facts only, none after the evaluation
    day, and none before the period except where a rule looks further back.
    """

    period: Period
    calendar: Calendar
    as_of: date
    trimmed: bool = False
    oldest: int = 0
    """The first day a snapshot may hold facts of (for all schemes that read it)."""
    packed: bool = False
    """Several counts of one subject share a column (``plan.packing``)."""

    @property
    def last(self) -> date:
        """The evaluation day."""
        return min(self.as_of, self.period.end)

    @property
    def start_day(self) -> int:
        return day_number(self.period.start)

    @property
    def last_day(self) -> int:
        return day_number(self.last)

    @property
    def ended(self) -> bool:
        """Whether the period is over, so that what is missing is missing."""
        return self.as_of >= self.period.end

    def months_ago(self, months: int) -> int:
        """The day before which nothing counts any more."""
        return day_number(add_months(self.last, -months))

    def earlier(self, steps: int) -> tuple[int, int]:
        """First and last day of an earlier period."""
        before = previous(self.period, steps, self.calendar)
        return day_number(before.start), day_number(before.end)

    def parts(self, months: int) -> list[tuple[int, int, bool]]:
        """First day, last day, and whether it is over, of each part of the period."""
        return [
            (day_number(part.start), day_number(part.end), part.end <= self.as_of) for part in self.period.parts(months)
        ]

    def live(self) -> Expr:
        """Recorded and not yet reversed as of the day."""
        if self.trimmed:
            return TRUE
        as_of = Num(day_number(self.as_of))
        return conj(op("<=", col("recorded"), as_of), op("<", as_of, col("voided")))

    def in_period(self) -> Expr:
        if self.calendar.rolling:
            return conj(op(">=", col("day"), col("cycle")), op("<=", col("day"), Num(self.last_day)))
        if self.trimmed:
            return op(">=", col("day"), Num(self.start_day))
        return op("between", col("day"), Num(self.start_day), Num(self.last_day))
