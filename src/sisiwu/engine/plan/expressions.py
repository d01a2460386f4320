"""Integer expressions that mean the same on every database.

Only what the plan needs: columns, whole numbers, and a handful of operations. ``div`` truncates and
is only ever given non-negative operands, because databases disagree about negative ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Num:
    """A whole number."""

    value: int


@dataclass(frozen=True)
class Col:
    """A column, perhaps with the alias of its relation."""

    name: str


@dataclass(frozen=True)
class Op:
    """An operation; ``name`` is one of the functions below."""

    name: str
    args: tuple[Expr, ...]


@dataclass(frozen=True)
class Case:
    """The value of the first condition that holds."""

    whens: tuple[tuple[Expr, Expr], ...]
    other: Expr | None


@dataclass(frozen=True)
class Aggregate:
    """sum, count, max, min over a group; ``distinct`` rows are never needed."""

    name: str
    value: Expr


@dataclass(frozen=True)
class Window:
    """sum, count, max, row_number, rank or lag over the rows of a partition.

    ``order`` pairs a column expression with whether it descends. A sum with an order runs up to and
    including all rows that are equal in the order (the standard's RANGE frame).
    """

    name: str
    value: Expr | None
    partition: tuple[Expr, ...] = ()
    order: tuple[tuple[Expr, bool], ...] = ()


type Expr = Num | Col | Op | Case | Aggregate | Window

ZERO = Num(0)
ONE = Num(1)
NULL = Op("null", ())
TRUE = Op("true", ())


def col(name: str) -> Col:
    return Col(name)


def op(name: str, *args: Expr) -> Expr:
    return Op(name, args)


def add(*args: Expr) -> Expr:
    """The sum; zeros vanish."""
    number = sum(arg.value for arg in args if isinstance(arg, Num))
    rest: list[Expr] = [arg for arg in args if not isinstance(arg, Num)]
    if number or not rest:
        rest.append(Num(number))
    return rest[0] if len(rest) == 1 else Op("+", tuple(rest))


def sub(left: Expr, right: Expr) -> Expr:
    if isinstance(left, Num) and isinstance(right, Num):
        return Num(left.value - right.value)
    return left if right == ZERO else Op("-", (left, right))


def mul(left: Expr, right: Expr) -> Expr:
    """The product; a factor 1 vanishes."""
    if isinstance(left, Num) and isinstance(right, Num):
        return Num(left.value * right.value)
    if left == ONE:
        return right
    if right == ONE:
        return left
    return ZERO if ZERO in (left, right) else Op("*", (left, right))


def div(left: Expr, right: Expr) -> Expr:
    """Whole quotient of non-negative operands."""
    if isinstance(left, Num) and isinstance(right, Num):
        return Num(left.value // right.value)
    return left if right == ONE else Op("div", (left, right))


def half_up(numerator: Expr, denominator: Expr) -> Expr:
    """Rounded quotient of non-negative operands."""
    if denominator == ONE:
        return numerator
    return div(add(mul(Num(2), numerator), denominator), mul(Num(2), denominator))


def half_up_signed(numerator: Expr, denominator: Expr) -> Expr:
    """Rounded quotient, halves away from zero; the denominator is positive."""
    if denominator == ONE:
        return numerator
    negative = sub(ZERO, half_up(sub(ZERO, numerator), denominator))
    return when([(op("<", numerator, ZERO), negative)], half_up(numerator, denominator))


def when(whens: Sequence[tuple[Expr, Expr]], other: Expr | None) -> Expr:
    """A CASE; conditions that are always or never true disappear."""
    return Case(tuple(whens), other) if whens else other or NULL


def iff(condition: Expr, value: Expr, other: Expr | None = ZERO) -> Expr:
    return value if condition == TRUE else Case(((condition, value),), other)


def conj(*args: Expr) -> Expr:
    """All of them; TRUE vanishes."""
    flat: list[Expr] = []
    for arg in args:
        parts = arg.args if isinstance(arg, Op) and arg.name == "and" else (arg,)
        flat.extend(part for part in parts if part != TRUE and part not in flat)
    return TRUE if not flat else flat[0] if len(flat) == 1 else Op("and", tuple(flat))


def disj(*args: Expr) -> Expr:
    if TRUE in args:
        return TRUE
    return args[0] if len(args) == 1 else Op("or", tuple(args))


def clamp(value: Expr, low: int | None, high: int | None) -> Expr:
    if high is not None:
        value = Op("least", (value, Num(high)))
    if low is not None:
        value = Op("greatest", (value, Num(low)))
    return value


def renamed(value: Expr, name: Callable[[str], Expr]) -> Expr:
    """The expression with every column replaced; aggregates and windows are left as they are."""
    match value:
        case Col(column):
            return name(column)
        case Op(operation, args):
            return Op(operation, tuple(renamed(arg, name) for arg in args))
        case Case(whens, other):
            rows = tuple((renamed(a, name), renamed(b, name)) for a, b in whens)
            return Case(rows, None if other is None else renamed(other, name))
        case _:
            return value


def member_of(column: Expr, numbers: Sequence[int]) -> Expr:
    """column IN numbers; a run of numbers is a BETWEEN."""
    values = sorted(set(numbers))
    if not values:
        return op("=", ONE, ZERO)
    if len(values) == 1:
        return op("=", column, Num(values[0]))
    if values[-1] - values[0] == len(values) - 1:
        return op("between", column, Num(values[0]), Num(values[-1]))
    return Op("in", (column, *(Num(value) for value in values)))


def has_all(column: Expr, bits: int) -> Expr:
    return TRUE if not bits else op("=", op("&", column, Num(bits)), Num(bits))


def has_any(column: Expr, bits: int) -> Expr:
    return op("<>", op("&", column, Num(bits)), ZERO)


def has_none(column: Expr, bits: int) -> Expr:
    return TRUE if not bits else op("=", op("&", column, Num(bits)), ZERO)


def total(value: Expr) -> Aggregate:
    return Aggregate("sum", value)
