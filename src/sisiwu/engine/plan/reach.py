"""How far the picks of a scheme reach: back in time, and to whom."""

from __future__ import annotations

from sisiwu.engine.plan.expressions import TRUE, Expr, Num, col, op
from sisiwu.engine.plan.windows import Times
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.model import Condition, Scheme
from sisiwu.engine.scheme.walking import picks, walk


class Reach:
    """How far back the picks of a scheme look; ``guard``: its facts hold days outside the period."""

    def __init__(self, scheme: Scheme, times: Times) -> None:
        days = [times.start_day]
        for pick in picks(scheme):
            months = [pick.valid_months] if pick.valid_months is not None else []
            months += [months_ for _, months_ in pick.valid_months_by_level]
            days.extend(times.months_ago(count) + 1 for count in months)
        back = [len(form.table) for form in walk(scheme, forms.Streak)]
        back += [(condition.streak or 1) - 1 for condition in walk(scheme, Condition)]
        days.extend(times.earlier(steps)[0] for steps in back if steps)
        looked_back = min(days)
        self.first = min(looked_back, times.months_ago(12)) if times.calendar.rolling else looked_back
        own_window = any(pick.valid_months is not None or pick.valid_months_by_level for pick in picks(scheme))
        held = times.oldest if times.trimmed else looked_back
        self.guard = own_window or held < times.start_day
        self.times = times

    def source(self) -> Expr:
        """The days that anything looks at (the rolling year is added by the source itself)."""
        if self.times.trimmed:
            return TRUE
        last = Num(self.times.last_day)
        if self.times.calendar.rolling:
            return op("<=", col("day"), last)
        return op("between", col("day"), Num(self.first), last)
