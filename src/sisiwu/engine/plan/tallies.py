"""Sums that need no order: facts that are all worth the same, so that their number alone decides.

"Every third", "beyond the first two", "1 for the first, 2 for the second", "at most 1.5 a month": all
follow from a count, and a count is a column of the one GROUP BY.
"""

from __future__ import annotations

from itertools import accumulate

from sisiwu.engine.plan.expressions import ONE, ZERO, Expr, Num, add, div, mul, op, sub, when
from sisiwu.engine.plan.measures import Measures
from sisiwu.engine.plan.picks import SumForm
from sisiwu.engine.scheme.forms import PerEvent


def countable(form: SumForm, *, rolling: bool) -> bool:
    """Whether the number of facts (of each month, with a monthly cap) decides the sum."""
    if not isinstance(form, PerEvent) or form.per_quantity or form.pick.of not in ("self", "members"):
        return False
    points, modifiers = form.points, form.modifiers
    if points.by_level or points.by_position or points.value is None:
        return False
    if modifiers.once_group or modifiers.factors or modifiers.repeat or modifiers.split:
        return False
    if modifiers.cap_day is not None:
        return False
    sequence = modifiers.beyond or modifiers.every > 1 or modifiers.nth or modifiers.escalate
    if modifiers.cap_month is not None:
        own_window = form.pick.valid_months is not None or bool(form.pick.valid_months_by_level)
        return not sequence and not rolling and not own_window
    if not modifiers.escalate:
        return bool(sequence)
    return not modifiers.nth and points.value * modifiers.escalate.numerator % modifiers.escalate.denominator == 0


def tally(measures: Measures, form: PerEvent) -> Expr:
    """The sum of a countable form."""
    modifiers, value = form.modifiers, form.points.value or 0
    if modifiers.cap_month is not None:
        return measures.parts(1, form.pick).capped(form.pick, value, modifiers.cap_month)
    count = measures.count(form.pick)
    after = op("greatest", sub(count, Num(modifiers.beyond)), ZERO) if modifiers.beyond else count
    left = div(after, Num(modifiers.every))
    if modifiers.nth:
        return _table(left, modifiers.nth)
    flat = mul(Num(value), left)
    if not modifiers.escalate:
        return flat
    more = value * modifiers.escalate.numerator // modifiers.escalate.denominator
    pairs = div(mul(left, op("greatest", sub(left, ONE), ZERO)), Num(2))
    return add(flat, mul(Num(more), pairs))


def _table(count: Expr, values: tuple[int, ...]) -> Expr:
    """The sum of the first so many values; the last one stands for all later facts."""
    sums = list(accumulate(values))
    whens: list[tuple[Expr, Expr]] = [(op("<=", count, ZERO), ZERO)]
    whens += [(op("=", count, Num(n)), Num(value)) for n, value in enumerate(sums[:-1], 1)]
    later = mul(Num(values[-1]), sub(count, Num(len(values))))
    return when(whens, add(later, Num(sums[-1])))


__all__ = ["countable", "tally"]
