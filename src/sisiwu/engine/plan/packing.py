"""Several counts of one subject in one column, for the yearly run over a snapshot.

An aggregate costs a database more than a comparison, so counts share a column, ten bits each. No
count of a subject can pass 1,023 when the subject has fewer than 1,024 facts, which the statement
says in ``rows``; the runner reads it, and counts without packing should a subject have more.
"""

from __future__ import annotations

from sisiwu.engine.plan.expressions import ZERO, Expr, Num, Op, add, col, div, op, total, when

BITS = 10
FIELDS = 6
FULL = 1 << BITS
"""A subject with so many facts (or more) may have overflowed."""
ROWS = "rows"


class Pack:
    """Fields given out one after the other; ``columns`` are the aggregates that hold them."""

    def __init__(self) -> None:
        self._summands: list[list[tuple[Expr, Expr]]] = []
        self._free = 0

    def _column(self, wanted: int) -> tuple[int, int]:
        """A column with room for so many fields, and the first free place in it."""
        if not self._summands or self._free + wanted > FIELDS:
            self._summands.append([])
            self._free = 0
        place = self._free
        self._free += wanted
        return len(self._summands) - 1, place

    def count(self, condition: Expr) -> Expr:
        """A field for the number of rows that satisfy a condition; returns how to read it."""
        column, place = self._column(1)
        self._summands[column].append((condition, Num(1 << BITS * place)))
        return _field(column, place)

    def counts(self, condition: Expr, ends: list[int]) -> list[Expr]:
        """A field for each part of the period: ``ends`` are the last days of the parts."""
        fields: list[Expr] = []
        for start in range(0, len(ends), FIELDS):
            taken = ends[start : start + FIELDS]
            column, place = self._column(len(taken))
            units = [Num(1 << BITS * (place + i)) for i in range(len(taken))]
            one = _of_day(taken, units)
            if start + len(taken) < len(ends):
                one = when([(op("<=", col("day"), Num(taken[-1])), one)], ZERO)
            if start:
                one = when([(op("<=", col("day"), Num(ends[start - 1])), ZERO)], one)
            self._summands[column].append((condition, one))
            fields += [_field(column, place + i) for i in range(len(taken))]
        return fields

    def columns(self) -> list[tuple[str, Expr]]:
        """The aggregates, and the number of rows that proves them."""
        if not self._summands:
            return []
        return [*((f"k{i}", total(_together(row))) for i, row in enumerate(self._summands)), (ROWS, total(Num(1)))]


def _of_day(ends: list[int], units: list[Num]) -> Expr:
    """The unit of the part in which a day lies, found by halves; days after the last belong to it."""
    if len(units) == 1:
        return units[0]
    half = len(units) // 2
    earlier = op("<=", col("day"), Num(ends[half - 1]))
    return when([(earlier, _of_day(ends[:half], units[:half]))], _of_day(ends[half:], units[half:]))


def _together(summands: list[tuple[Expr, Expr]]) -> Expr:
    """One CASE where no row can satisfy two of the conditions, otherwise the sum of several."""
    cases: list[tuple[set[int], list[tuple[Expr, Expr]]]] = []
    for condition, unit in summands:
        codes = _codes(condition)
        for taken, whens in cases:
            if codes and taken and not codes & taken:
                taken |= codes
                whens.append((condition, unit))
                break
        else:
            cases.append((codes, [(condition, unit)]))
    return add(*(when(whens, ZERO) for _, whens in cases))


def _codes(condition: Expr) -> set[int]:
    """The codes a condition allows; empty when it does not say."""
    if not isinstance(condition, Op):
        return set()
    if condition.name == "and":
        return next((codes for part in condition.args if (codes := _codes(part))), set())
    if not condition.args or condition.args[0] != col("code"):
        return set()
    numbers = [arg.value for arg in condition.args[1:] if isinstance(arg, Num)]
    if condition.name == "between":
        return set(range(numbers[0], numbers[1] + 1))
    return set(numbers) if condition.name in ("=", "in") else set()


def _field(column: int, place: int) -> Expr:
    shifted = div(op("coalesce", col(f"k{column}"), ZERO), Num(1 << BITS * place))
    return op("mod", shifted, Num(FULL))
