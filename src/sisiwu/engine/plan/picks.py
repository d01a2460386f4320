"""Which rows a pick counts, and what one row is worth: conditions and values over a fact's columns."""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.plan.expressions import (
    ONE,
    TRUE,
    Col,
    Expr,
    Num,
    add,
    clamp,
    col,
    conj,
    disj,
    half_up,
    has_all,
    has_none,
    iff,
    member_of,
    mul,
    op,
    sub,
    when,
)
from sisiwu.engine.plan.windows import Times
from sisiwu.engine.scheme.forms import (
    Deadline,
    Discretionary,
    Factor,
    Modifiers,
    PerEvent,
    Pick,
    Points,
    Where,
)

type SumForm = PerEvent | Discretionary | Deadline


def codes(pick: Pick, catalogue: Catalogue, levels: tuple[str, ...] = ()) -> list[int]:
    """The integers that stand for the kinds (and levels) of a pick."""
    chosen = levels or pick.where.levels
    numbers: list[int] = []
    for name in pick.kinds:
        kind = catalogue.kind(name)
        if kind is None:
            raise KeyError(name)
        known = [code for code, _ in kind.levels]
        if chosen:
            numbers.extend(kind.number_of(level) for level in chosen if level in known)
        else:
            numbers.extend(kind.number_of(level) for level in (None, *known))
    return numbers


def where_marks(where: Where, kinds: tuple[str, ...], catalogue: Catalogue) -> Expr:
    """The marks that rows carry; each kind numbers its own marks."""
    if not where.marks and not where.without:
        return TRUE
    branches = []
    for name in kinds:
        kind = catalogue.kind(name)
        if kind is None:
            raise KeyError(name)
        known = {code for code, _ in kind.marks}
        if not set(where.marks) <= known:
            continue
        wanted = has_all(col("marks"), kind.mark_bits(frozenset(where.marks)))
        barred = has_none(col("marks"), kind.mark_bits(frozenset(where.without)))
        own = member_of(col("code"), [kind.number_of(level) for level in (None, *(c for c, _ in kind.levels))])
        branches.append(conj(TRUE if len(kinds) == 1 else own, wanted, barred))
    return disj(*branches) if branches else op("=", ONE, Num(0))


def where_quantity(where: Where) -> Expr:
    low = TRUE if where.quantity_from is None else op(">=", col("qty"), Num(where.quantity_from))
    high = TRUE if where.quantity_below is None else op("<", col("qty"), Num(where.quantity_below))
    return conj(low, high)


@dataclass(frozen=True)
class Picker:
    """Conditions of picks for one scheme at one time.

    ``guard_period``: the source holds days outside the period, so a pick has to say which it wants.
    """

    catalogue: Catalogue
    times: Times
    guard_period: bool

    def condition(self, pick: Pick, levels: tuple[str, ...] = ()) -> Expr:
        """Everything about a row except positions held (those need another relation)."""
        return conj(
            member_of(col("code"), codes(pick, self.catalogue, levels)),
            self.window(pick),
            where_marks(pick.where, pick.kinds, self.catalogue),
            where_quantity(pick.where),
        )

    def window(self, pick: Pick) -> Expr:
        """The days on which a picked fact counts."""
        by_level = dict(pick.valid_months_by_level)
        if pick.valid_months is None and not by_level:
            return self.times.in_period() if self.guard_period else TRUE
        if pick.valid_months is not None:
            return self._valid(pick.valid_months)
        whens = [
            (member_of(col("code"), codes(pick, self.catalogue, (level,))), self._valid(months))
            for level, months in by_level.items()
        ]
        listed = [conj(code, valid) for code, valid in whens]
        every = [number for level in by_level for number in codes(pick, self.catalogue, (level,))]
        rest = conj(op("not", member_of(col("code"), every)), self.times.in_period())
        return disj(*listed, rest)

    def _valid(self, months: int) -> Expr:
        first = Num(self.times.months_ago(months) + 1)
        return op("between", col("day"), first, Num(self.times.last_day))

    # --- what a row is worth

    def levels_of(self, form: SumForm) -> tuple[str, ...]:
        """With a table by level only those levels are picked."""
        if isinstance(form, PerEvent) and form.points.by_level:
            table = tuple(level for level, _ in form.points.by_level)
            chosen = form.pick.where.levels
            return tuple(level for level in table if not chosen or level in chosen)
        return ()

    def rows(self, form: SumForm) -> Expr:
        """The rows of a sum of facts."""
        levels = self.levels_of(form)
        rows = self.condition(form.pick, levels)
        if isinstance(form, PerEvent) and form.points.by_level and not levels:
            return op("=", ONE, Num(0))
        return (
            conj(rows, op(">", _late(form), Num(0)), op("not", op("isnull", col("due"))))
            if isinstance(form, Deadline)
            else rows
        )

    def base(self, form: SumForm) -> tuple[Expr, Expr, int]:
        """Sign, magnitude and denominator of a row's base worth."""
        match form:
            case Discretionary():
                low, high = sorted((abs(form.low), abs(form.high)))
                negative = min(form.low, form.high) < 0
                return Num(-1 if negative else 1), clamp(col("qty"), low, high), 1
            case Deadline():
                value = form.points.value or 0
                magnitude = mul(Num(abs(value)), _late(form)) if form.per_day else Num(abs(value))
                return Num(-1 if value < 0 else 1), magnitude, 1
            case PerEvent():
                sign, magnitude = self._points(form)
                if form.per_quantity:
                    return sign, mul(magnitude, col("qty")), 100
                return sign, magnitude, 1

    def _points(self, form: PerEvent) -> tuple[Expr, Expr]:
        table = worth_table(form.points, form.pick, self.catalogue)
        if table is None:
            value = form.points.value or 0
            return Num(-1 if value < 0 else 1), Num(abs(value))
        column, rows = table
        magnitudes = [(member_of(column, numbers), Num(abs(value))) for numbers, value in rows]
        negative = [number for numbers, value in rows if value < 0 for number in numbers]
        positive = [number for numbers, value in rows if value >= 0 for number in numbers]
        if not positive:
            sign: Expr = Num(-1)
        elif not negative:
            sign = ONE
        else:
            sign = iff(member_of(column, negative), Num(-1), ONE)
        return sign, when(magnitudes, Num(0))

    def factor(self, factor: Factor, pick: Pick, held: Expr = TRUE) -> tuple[Expr, int]:
        """A factor as numerator over its constant denominator; ``held``: its positions are held."""
        where = factor.where
        levels = member_of(col("code"), codes(pick, self.catalogue, where.levels)) if where.levels else TRUE
        condition = conj(levels, where_marks(where, pick.kinds, self.catalogue), where_quantity(where), held)
        times = factor.times
        return iff(condition, Num(times.numerator), Num(times.denominator)), times.denominator


def worth_table(points: Points, pick: Pick, catalogue: Catalogue) -> tuple[Col, list[tuple[list[int], int]]] | None:
    """The column that decides a row's worth and the values by its numbers; None: one value for all."""
    if points.by_position:
        return col("held"), [([place], value) for place, (_, value) in enumerate(points.by_position)]
    if not points.by_level:
        return None
    rows, running = [], 0
    for level, value in points.by_level:
        running += value
        rows.append((codes(pick, catalogue, (level,)), running if points.stacking else value))
    return col("code"), rows


def _late(form: Deadline) -> Expr:
    return sub(sub(col("day"), col("due")), Num(form.within_days))


def ordered(modifiers: Modifiers) -> bool:
    """Whether the facts have to stand in order, or side by side, before they can be summed."""
    return bool(
        modifiers.once_group
        or modifiers.beyond
        or modifiers.every > 1
        or modifiers.nth
        or modifiers.repeat
        or modifiers.escalate
        or modifiers.cap_day is not None
        or modifiers.cap_month is not None
        or any(factor.where.positions for factor in modifiers.factors)
    )


def row_points(
    picker: Picker, form: SumForm, nth: Expr | None = None, gap: Expr | None = None, held: tuple[Expr, ...] = ()
) -> Expr:
    """The points of one row, rounded half up: base worth, factors, repetition, order, sharers.

    ``nth`` is the row's number among those that remain, ``gap`` the days since the one before (null
    for the first), ``held`` the conditions for the positions of the factors.
    """
    modifiers = form.modifiers
    sign, numerator, denominator = picker.base(form)
    if modifiers.nth and nth is not None:
        sign, numerator, denominator = _nth_base(modifiers.nth, nth)
    for place, factor in enumerate(modifiers.factors):
        times, by = picker.factor(factor, form.pick, held[place] if held else TRUE)
        numerator, denominator = mul(numerator, times), denominator * by
    if modifiers.repeat and gap is not None:
        times_ = modifiers.repeat.times
        again = conj(op("not", op("isnull", gap)), op("<=", gap, Num(modifiers.repeat.within_days)))
        numerator = mul(numerator, iff(again, Num(times_.numerator), Num(times_.denominator)))
        denominator *= times_.denominator
    if modifiers.escalate and nth is not None:
        more = mul(sub(nth, ONE), Num(modifiers.escalate.numerator))
        numerator = mul(numerator, add(more, Num(modifiers.escalate.denominator)))
        denominator *= modifiers.escalate.denominator
    divisor: Expr = Num(denominator)
    if modifiers.split:
        divisor = mul(col("sharers"), Num(denominator))
    return mul(sign, half_up(numerator, divisor))


def _nth_base(table: tuple[int, ...], nth: Expr) -> tuple[Expr, Expr, int]:
    last = table[-1]
    magnitude = when([(op("=", nth, Num(i)), Num(abs(v))) for i, v in enumerate(table[:-1], 1)], Num(abs(last)))
    negative = [i for i, v in enumerate(table[:-1], 1) if v < 0]
    if all(value < 0 for value in table):
        return Num(-1), magnitude, 1
    if not any(value < 0 for value in table):
        return ONE, magnitude, 1
    falls = [(op("=", nth, Num(i)), Num(-1)) for i in negative]
    rises = [(op("=", nth, Num(i)), ONE) for i, v in enumerate(table[:-1], 1) if v >= 0]
    return when(falls + rises, Num(-1 if last < 0 else 1)), magnitude, 1


__all__ = ["Picker", "SumForm", "codes", "ordered", "row_points", "where_marks", "where_quantity", "worth_table"]
