"""The steps of a plan: named relations, each made from earlier ones; together one statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from sisiwu.engine.plan.expressions import TRUE, Expr


@dataclass(frozen=True)
class Join:
    """A join; ``left`` keeps rows without a partner."""

    table: str
    alias: str
    on: Expr
    left: bool = False


@dataclass(frozen=True)
class Step:
    """One SELECT with a name; ``union`` appends the rows of others with the same columns."""

    name: str
    comment: str
    columns: tuple[tuple[str, Expr], ...]
    table: str
    alias: str = ""
    joins: tuple[Join, ...] = ()
    where: Expr = TRUE
    group: tuple[Expr, ...] = ()
    having: Expr = TRUE
    union: tuple[Step, ...] = ()
    star: str = ""
    """Also all columns of this alias."""
    notes: tuple[tuple[str, str], ...] = ()
    """Comments of single columns: item and clause."""
    recursive: bool = False
    inline: bool = False
    """Only a way of looking at its source: databases that would keep a copy are told not to."""


@dataclass(frozen=True)
class Output:
    """What the columns of the result are, so that a runner can read them."""

    grades: tuple[str, ...]
    lists: tuple[tuple[str, str], ...] = ()
    """Column and list id."""
    items: tuple[tuple[str, str], ...] = ()
    """Column and item id."""
    consequences: tuple[str, ...] = ()
    """Ids; consequence i is bit i of column ``consequences``."""


@dataclass(frozen=True)
class Plan:
    """The steps of one evaluation and the meaning of the columns of the last."""

    title: str
    steps: tuple[Step, ...]
    output: Output
    columns: tuple[str, ...] = field(default=())
