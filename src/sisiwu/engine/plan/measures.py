"""Named integers about each subject, taken from the facts in as few passes as possible.

Everything that is a plain sum over a subject's facts becomes a column of one GROUP BY; what has to be
counted month by month becomes a column of a second one; facts that need an order, or reach a subject
through somebody else, get relations of their own (``chains``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sisiwu.engine.plan.expressions import (
    NULL,
    ONE,
    TRUE,
    ZERO,
    Aggregate,
    Col,
    Expr,
    Num,
    add,
    clamp,
    col,
    conj,
    div,
    iff,
    mul,
    op,
    renamed,
    sub,
    total,
    when,
)
from sisiwu.engine.plan.packing import Pack
from sisiwu.engine.plan.picks import Picker
from sisiwu.engine.plan.steps import Join, Step
from sisiwu.engine.plan.windows import Times
from sisiwu.engine.scheme.forms import PerMissing, Pick

HOME = "home"
"""Members and their branches alone, so that no column of theirs is mistaken for one of a fact."""


@dataclass
class Sums:
    """The columns of one GROUP BY subject."""

    name: str
    table: str
    through_members: bool
    where: Expr
    columns: dict[tuple[str, Expr, Expr], str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ending:
    """A relation with one row a subject, and each measure read from its columns."""

    relation: str
    measures: list[tuple[str, Expr]]
    packed: bool = False
    """It says in ``rows`` whether its counts can be trusted."""


class Measures:
    """Collects measures while rules are planned; ``steps`` then makes the relations."""

    def __init__(self, prefix: str, picker: Picker, own: str, members: str, subject_size: bool) -> None:
        self.prefix = prefix
        self.picker = picker
        self.times: Times = picker.times
        self.own = own
        self.members = members
        self.has_size = subject_size
        self._sums: dict[tuple[bool, Expr], Sums] = {}
        self._parts: dict[tuple[bool, Expr, int], Parts] = {}
        self._count = 0

    def name(self) -> str:
        self._count += 1
        return f"m{self._count}"

    def sum(self, pick: Pick, condition: Expr, value: Expr, aggregate: str = "sum", note: str = "") -> Expr:
        """A sum (or max, min) over the facts of a subject; 0 (or null) without facts."""
        through = pick.of == "members"
        where = held_positions(pick, self.picker)
        sums = self._grouped(through, where)
        key = (aggregate, condition, value)
        if key not in sums.columns:
            sums.columns[key] = self.name()
            if note:
                sums.notes[sums.columns[key]] = note
        column = col(sums.columns[key])
        return column if aggregate != "sum" else op("coalesce", column, ZERO)

    def _grouped(self, through: bool, where: Expr) -> Sums:
        """The GROUP BY over a subject's own facts, or its members', under one condition."""
        if (through, where) not in self._sums:
            name = self._relation("sums", through, len(self._sums))
            table = self.members if through else self.own
            self._sums[through, where] = Sums(name, table, through, where)
        return self._sums[through, where]

    def _relation(self, what: str, through: bool, others: int) -> str:
        return f"{self.prefix}_{'members_' if through else ''}{what}{others or ''}"

    def count(self, pick: Pick, condition: Expr | None = None, note: str = "") -> Expr:
        """How many facts are picked."""
        return self.sum(pick, condition or self.picker.condition(pick), ONE, note=note)

    def parts(self, months: int, pick: Pick) -> Parts:
        """The GROUP BY subject and part of the period."""
        through = pick.of == "members"
        where = held_positions(pick, self.picker)
        key = (through, where, months)
        if key not in self._parts:
            name = self._relation(f"parts{months}", through, len(self._parts))
            table = self.members if through else self.own
            self._parts[key] = Parts(name, table, through, where, months, self)
        return self._parts[key]

    def finished(self) -> tuple[list[Step], list[Ending]]:
        """The relations that hold all measures, and what their columns say (each has a column subject)."""
        steps: list[Step] = []
        endings: list[Ending] = []
        shared: dict[tuple[bool, Expr], list[tuple[str, Expr]]] = {}
        packs: dict[tuple[bool, Expr], Pack] = {}
        for (through, where, _), parts in self._parts.items():
            if self.times.packed and parts.packable:
                pack = packs.setdefault((through, where), Pack())
                shared.setdefault((through, where), []).extend(parts.packed(pack))
                self._grouped(through, where)
            else:
                steps.extend(parts.steps())
                names: list[tuple[str, Expr]] = [(name, col(name)) for name in parts.outcomes.values()]
                endings.append(Ending(f"{parts.name}_sums", names))
        for key, sums in self._sums.items():
            shared_by = packs.get(key) or Pack() if self.times.packed and not sums.through_members else None
            step, read = _group(sums, shared_by)
            steps.append(step)
            endings.append(
                Ending(
                    sums.name, [*read, *shared.get(key, [])], packed=shared_by is not None and bool(shared_by.columns())
                )
            )
        return steps, endings


def held_positions(pick: Pick, picker: Picker) -> Expr:
    """Whether the subject of the row held one of the pick's positions on the day (a sub-select)."""
    if not pick.where.positions:
        return TRUE
    numbers = [picker.catalogue.positions.number(code) for code in pick.where.positions]
    return op("held", *(Num(number) for number in numbers))


def _group(sums: Sums, pack: Pack | None) -> tuple[Step, list[tuple[str, Expr]]]:
    """The GROUP BY, and how to read each measure from its columns."""
    columns: list[tuple[str, Expr]] = []
    read: list[tuple[str, Expr]] = []
    for (aggregate, condition, value), column in sums.columns.items():
        if aggregate == "sum" and pack is not None and isinstance(value, Num):
            read.append((column, mul(value, pack.count(condition))))
            continue
        if aggregate == "sum":
            columns.append((column, total(iff(condition, value, ZERO))))
        else:
            columns.append((column, Aggregate(aggregate, iff(condition, value, NULL))))
        read.append((column, col(column)))
    columns += pack.columns() if pack is not None else []
    subject = col("m.branch") if sums.through_members else col("subject")
    joins = (Join(HOME, "m", op("=", col("m.member"), col("f.subject"))),) if sums.through_members else ()
    step = Step(
        name=sums.name,
        comment="本支部党员的事实，每个支部一行" if sums.through_members else "每个主体一行，每条规则数一列",
        columns=(("subject", subject), *columns),
        table=sums.table,
        alias="f",
        joins=joins,
        where=sums.where,
        group=(subject,),
        notes=tuple(sums.notes.items()),
    )
    return step, read


class Parts:
    """Counts by part of the period (month, quarter …): what each part requires, part by part."""

    def __init__(self, name: str, table: str, through: bool, where: Expr, months: int, measures: Measures) -> None:
        self.name = name
        self.table = table
        self.through = through
        self.where = where
        self.months = months
        self.measures = measures
        self.days = measures.times.parts(months)
        self.counts: dict[tuple[Expr, Expr], str] = {}
        self.outcomes: dict[Expr, str] = {}

    def ended(self) -> int:
        return sum(1 for _, _, over in self.days if over)

    def _count(self, condition: Expr, value: Expr) -> Expr:
        key = (condition, value)
        name = self.counts.setdefault(key, f"c{len(self.counts) + 1}")
        return col(f"p.{name}")

    def _outcome(self, value: Expr) -> Expr:
        name = self.outcomes.get(value)
        if name is None:
            name = self.outcomes[value] = self.measures.name()
        return op("coalesce", col(name), ZERO)

    def _over(self) -> Expr:
        """Whether the row's part is over: the first so many are."""
        return op("<", col("p.part"), Num(self.ended()))

    def missing(self, form: PerMissing, required: Callable[[Expr], Expr]) -> Expr:
        """How many occurrences are missing over all ended parts; ``required`` takes the head count."""
        picker = self.measures.picker
        count = self._count(picker.condition(form.pick), ONE)
        asked = needed = required(col("o.size"))
        if form.deployed:
            days = div(self._count(picker.condition(form.deployed), col("qty")), Num(100))
            length = when(
                [
                    (op("=", col("p.part"), Num(i)), Num(last - first + 1))
                    for i, (first, last, _) in enumerate(self.days)
                ],
                ONE,
            )
            needed = div(mul(asked, sub(length, op("least", days, length))), length)
        spared = sub(asked, op("greatest", sub(needed, count), ZERO))
        return sub(mul(required(col("size")), Num(self.ended())), self._outcome(iff(self._over(), spared)))

    def capped(self, pick: Pick, value: int, cap: int) -> Expr:
        """Facts worth ``value`` each, at most ``cap`` (as a magnitude) in every part."""
        count = self._count(self.measures.picker.condition(pick), ONE)
        return self._outcome(clamp(mul(Num(value), count), -cap, cap))

    def empty(self, pick: Pick) -> Expr:
        """How many ended parts have no picked fact."""
        count = self._count(self.measures.picker.condition(pick), ONE)
        happened = iff(conj(self._over(), op(">", count, ZERO)), ONE)
        return sub(Num(self.ended()), self._outcome(happened))

    @property
    def packable(self) -> bool:
        """Whether every part is a plain count of a subject's own facts."""
        return not self.through and self.where == TRUE and all(value == ONE for _, value in self.counts)

    def packed(self, pack: Pack) -> list[tuple[str, Expr]]:
        """Every outcome as the sum over its parts, each read from a shared column."""
        ends = [last for _, last, _ in self.days]
        fields = {
            f"p.{name}": pack.counts(conj(condition, self._within()), ends)
            for (condition, _), name in self.counts.items()
        }
        return [
            (name, add(*(_of_part(value, i, fields) for i in range(len(ends)))))
            for value, name in self.outcomes.items()
        ]

    def _within(self) -> Expr:
        """Days before the first part belong to no part, even where a pick looks further back."""
        guarded = self.measures.picker.guard_period
        return op(">=", col("day"), Num(self.days[0][0])) if guarded else TRUE

    def steps(self) -> list[Step]:
        any_of = (
            op("or", *(condition for condition, _ in self.counts))
            if len(self.counts) > 1
            else next(iter(self.counts))[0]
        )
        whens: list[tuple[Expr, Expr]] = [
            (op("<=", col("day"), Num(last)), Num(i)) for i, (_, last, _) in enumerate(self.days)
        ]
        part = when(whens[:-1], Num(len(self.days) - 1))
        subject: Col = col("m.branch") if self.through else col("subject")
        joins = (Join(HOME, "m", op("=", col("m.member"), col("f.subject"))),) if self.through else ()
        counted = Step(
            name=self.name,
            comment=f"按 {self.months} 个月一段分别计数",
            columns=(
                ("subject", subject),
                ("part", part),
                *((name, total(iff(condition, value))) for (condition, value), name in self.counts.items()),
            ),
            table=self.table,
            alias="f",
            joins=joins,
            where=conj(self.where, self._within(), any_of),
            group=(subject, part),
        )
        size = (Join("organization", "o", op("=", col("o.org"), col("p.subject"))),) if self.measures.has_size else ()
        summed = Step(
            name=f"{self.name}_sums",
            comment="各段合并，每个主体一行",
            columns=(
                ("subject", col("p.subject")),
                *((name, total(value)) for value, name in self.outcomes.items()),
            ),
            table=self.name,
            alias="p",
            joins=size,
            group=(col("p.subject"),),
        )
        return [counted, summed]


def _of_part(value: Expr, part: int, fields: dict[str, list[Expr]]) -> Expr:
    """What an outcome is in one part of the period."""
    known: dict[str, Expr] = {name: read[part] for name, read in fields.items()}
    known |= {"p.part": Num(part), "o.size": col("s.size")}
    return renamed(value, lambda name: known.get(name, col(name)))


__all__ = ["Ending", "Measures", "Parts", "held_positions"]
