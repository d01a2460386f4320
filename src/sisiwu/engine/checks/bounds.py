"""The least and the greatest that a rule, an item, a list and the total can come to.

The bounds are never too narrow: what lies outside them cannot happen; what lies inside might not
happen either. Points in hundredths.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.model import Item, ResponsibilityList, Rule, Scheme
from sisiwu.engine.values import PERIOD_MONTHS, half_up

DAYS_MAX = {"year": 366, "half_year": 184, "quarter": 92, "month": 31}
HUNDRED = 10_000


@dataclass(frozen=True)
class Bounds:
    """From ``lowest`` to ``highest``; None is without end."""

    lowest: int | None = 0
    highest: int | None = 0

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(_sum(self.lowest, other.lowest), _sum(self.highest, other.highest))

    def times(self, count: int) -> Bounds:
        """Between none and so many of them."""
        lowest = None if self.lowest is None else self.lowest * count
        return Bounds(lowest, None if self.highest is None else self.highest * count)

    def with_(self, value: int) -> Bounds:
        """Wide enough for a value."""
        lowest = None if self.lowest is None else min(self.lowest, value)
        return Bounds(lowest, None if self.highest is None else max(self.highest, value))

    def clamped(self, lowest: int | None, highest: int | None) -> Bounds:
        """What remains of them between two bounds."""
        return Bounds(_clamp(self.lowest, lowest, highest, lowest), _clamp(self.highest, lowest, highest, highest))

    def scaled(self, weight: int) -> Bounds:
        """Of a list of a hundred: max(0, 100 + these) by its weight."""
        return Bounds(_weighed(self.lowest, weight) or 0, _weighed(self.highest, weight))


NOTHING = Bounds()


def around(values: Iterable[int]) -> Bounds:
    """Wide enough for all of the values, and for nothing."""
    found = [0, *values]
    return Bounds(min(found), max(found))


def total(parts: Iterable[Bounds]) -> Bounds:
    """The bounds of a sum."""
    return sum(parts, NOTHING)


# --- rules


def of_form(form: forms.Form, period_kind: str) -> Bounds:
    """What a form alone can come to within one period, without the bounds of its rule."""
    months = PERIOD_MONTHS[period_kind]
    match form:
        case forms.PerEvent() | forms.Discretionary() | forms.Deadline():
            return _of_sum(form, period_kind)
        case forms.PerMissing():
            required = max([count for _, count in form.by_size] or [form.required])
            return around([form.points]).times(required * _parts(months, form.each_months))
        case forms.ZeroEventBonus():
            return around([form.points]).times(_parts(months, form.each_months))
        case forms.FlatIf():
            return around(_numbers([form.points]))
        case forms.CountTable():
            return around(_numbers(value for _, value in form.table))
        case forms.Band():
            return around(_numbers(value for _, value in form.bands))
        case forms.Streak():
            return around(form.table)
        case forms.Votes():
            best = max((value for _, value in form.values), default=0)
            return around([min(half_up(form.full * best, HUNDRED), form.full)])
        case forms.Given() | forms.SelfAndVerified() | forms.Rating() | forms.Ratio() | forms.MemberAverage():
            return around([form.full])
        case forms.Step():
            return _of_step(form)
        case forms.RankPoints():
            return _of_rank(form)
        case forms.VsPeerAverage():
            return around([form.above, form.below, form.equal])


def _of_sum(form: forms.PerEvent | forms.Discretionary | forms.Deadline, period_kind: str) -> Bounds:
    """Without end on the side of its points, unless a day, a month or a table that ends in 0 bounds it."""
    modifiers = form.modifiers
    worths = list(modifiers.nth) or base_worths(form)
    bounds = Bounds(None if any(w < 0 for w in worths) else 0, None if any(w > 0 for w in worths) else 0)
    if modifiers.nth and modifiers.nth[-1] == 0 and not (modifiers.factors or modifiers.repeat or modifiers.escalate):
        bounds = Bounds(sum(w for w in modifiers.nth if w < 0), sum(w for w in modifiers.nth if w > 0))
    if modifiers.cap_day is not None:
        limit = modifiers.cap_day * DAYS_MAX[period_kind]
        own_time = form.pick.valid_months is not None or form.pick.valid_months_by_level
        bounds = bounds if own_time else bounds.clamped(-limit, limit)
    if modifiers.cap_month is not None:
        limit = modifiers.cap_month * PERIOD_MONTHS[period_kind]
        bounds = bounds.clamped(-limit, limit)
    return bounds


def base_worths(form: forms.PerEvent | forms.Discretionary | forms.Deadline) -> list[int]:
    """What one fact may be worth; levels that the rule does not pick are left out."""
    if isinstance(form, forms.Discretionary):
        return [form.low, form.high]
    levels = form.pick.where.levels
    picked = [value for level, value in form.points.by_level if not levels or level in levels]
    if form.points.stacking and picked:
        picked = [value for _, value in form.points.by_level]
    return picked + [value for _, value in form.points.by_position] + [form.points.value or 0]


def _of_step(form: forms.Step) -> Bounds:
    """No metric is below 0, so that the steps below a number are counted; all others are without end."""
    number = form.baseline.number
    if form.direction == "below" and number is not None:
        if grow := form.baseline.grow:
            number = half_up(number * grow.numerator, grow.denominator)
        steps = -(-number // form.step) if form.began else number // form.step
        return around([form.points]).times(max(steps, 0))
    return Bounds(None if form.points < 0 else 0, None if form.points > 0 else 0)


def _of_rank(form: forms.RankPoints) -> Bounds:
    bounds = around(form.table)
    if not form.then_each or not form.table:
        return bounds
    if form.until is not None:
        return bounds.with_(form.until)
    return Bounds(None, bounds.highest) if form.then_each < 0 else Bounds(bounds.lowest, None)


def gives_zero(form: forms.Form) -> bool:
    """Whether the form may set its whole item to nothing (不得分)."""
    match form:
        case forms.FlatIf():
            return form.points == forms.ZERO
        case forms.CountTable():
            return any(value == forms.ZERO for _, value in form.table)
        case forms.Band():
            return any(value == forms.ZERO for _, value in form.bands)
        case _:
            return False


def of_rule(rule: Rule, period_kind: str) -> Bounds:
    """Of a rule with its cap."""
    return of_form(rule.form, period_kind).clamped(rule.lowest, rule.highest)


# --- items, lists, total


def of_item_open(item: Item, period_kind: str) -> Bounds:
    """Of an item before its own bounds."""
    return Bounds(item.full, item.full) + total(of_rule(rule, period_kind) for rule in item.rules)


def of_item(item: Item, period_kind: str) -> Bounds:
    """Of an item as it counts, also where it does not apply or a veto holds."""
    bounds = of_item_open(item, period_kind).clamped(item.lowest, item.highest).with_(0)
    return bounds.with_(item.full or item.highest or 0) if item.absent == "full" else bounds


def of_list_open(list_: ResponsibilityList, period_kind: str) -> Bounds:
    """Of a list with its base and weight, before its own bounds."""
    summed = total(of_item(item, period_kind) for item in list_.items)
    if any(item.absent == "rescale" for item in list_.items):
        summed = _rescaled(list_, summed, period_kind)
    raw = Bounds(list_.base, list_.base) + summed
    if list_.mode == "hundred":
        return raw.scaled(list_.weight)
    if list_.mode == "direct":
        return (Bounds(list_.weight, list_.weight) + raw).clamped(0, None)
    return raw


def _rescaled(list_: ResponsibilityList, summed: Bounds, period_kind: str) -> Bounds:
    """As good as all fulls together, as long as no item can pass its own full."""
    fulls = sum(item.highest or 0 for item in list_.items)
    for item in list_.items:
        highest = of_item(item, period_kind).highest
        if highest is None or highest > (item.highest or 0):
            return Bounds(0, None)
    return Bounds(0, max(fulls, summed.highest or 0)) if summed.highest is not None else Bounds(0, None)


def of_list(list_: ResponsibilityList, period_kind: str) -> Bounds:
    """Of a list as it counts: also nothing, when it does not apply, is not open, or a veto holds."""
    return of_list_open(list_, period_kind).clamped(list_.lowest, list_.highest).with_(0)


def of_total_open(scheme: Scheme) -> Bounds:
    """Of base and lists before the scheme's own bounds, without the lists that stand outside."""
    kind = scheme.calendars[0].kind
    base = Bounds(scheme.base, scheme.base)
    return base + total(of_list(list_, kind) for list_ in scheme.lists if not list_.outside)


def of_total(scheme: Scheme) -> Bounds:
    """Of the total."""
    kind = scheme.calendars[0].kind
    outside = total(of_list(list_, kind) for list_ in scheme.lists if list_.outside)
    return of_total_open(scheme).clamped(scheme.lowest, scheme.highest) + outside


# --- arithmetic with what has no end


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _clamp(value: int | None, lowest: int | None, highest: int | None, endless: int | None) -> int | None:
    """A bound between two others; without end it becomes the one on its own side."""
    if value is None:
        return endless
    if highest is not None:
        value = min(value, highest)
    return value if lowest is None else max(value, lowest)


def _weighed(value: int | None, weight: int) -> int | None:
    return None if value is None else half_up(max(0, HUNDRED + value) * weight, HUNDRED)


def _numbers(values: Iterable[int | str]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


def _parts(months: int, each: int | None) -> int:
    return 1 if each is None else -(-months // each)
