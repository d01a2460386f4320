"""Facts that need an order, stand against each other, or reach a subject through somebody else.

Such a rule gets a short chain of relations: its rows, once per matter, numbered, valued, capped,
summed. The chain ends in a relation (subject, value).
"""

from __future__ import annotations

from dataclasses import replace

from sisiwu.engine.plan.expressions import (
    ONE,
    TRUE,
    ZERO,
    Aggregate,
    Case,
    Expr,
    Num,
    Window,
    clamp,
    col,
    conj,
    disj,
    div,
    member_of,
    mul,
    op,
    renamed,
    sub,
    total,
    when,
)
from sisiwu.engine.plan.measures import HOME, Measures, held_positions
from sisiwu.engine.plan.picks import SumForm, codes, ordered, row_points
from sisiwu.engine.plan.steps import Join, Step
from sisiwu.engine.scheme.forms import PerEvent, Pick

ROW = ("fact", "day", "code", "qty", "marks", "sharers", "due", "matter")


class Chains:
    """The chains of one track; ``organization_rows`` and ``member_rows`` are its fact sources."""

    def __init__(self, prefix: str, measures: Measures, organization_rows: str, member_rows: str, subject: str) -> None:
        self.prefix = prefix
        self.measures = measures
        self.picker = measures.picker
        self.organization_rows = organization_rows
        self.member_rows = member_rows
        self.subject = subject
        self.steps: list[Step] = []
        self._ends: list[tuple[str, str]] = []
        """Relation and column of every finished chain."""
        self._codes: set[int] = set()
        """What the chains over a subject's own facts look at."""
        self._groups: dict[str, list[tuple[str, SumForm, Expr]]] = {}

    def finished(self) -> tuple[list[Step], list[tuple[str, list[str]]]]:
        """All relations, and the last one with its columns: one pass picks the rows, one sums up."""
        steps = [self._picked(), *self.steps] if self._codes else list(self.steps)
        if len(self._ends) < 2:
            return steps, [(name, [column]) for name, column in self._ends]
        slots = [
            Step("", "", (("subject", col("r.subject")), ("slot", Num(i)), ("value", col(f"r.{column}"))), name, "r")
            for i, (name, column) in enumerate(self._ends, 1)
        ]
        together = f"{self.prefix}_single"
        steps.append(replace(slots[0], name=f"{together}_values", comment="逐条计算的各条规则", union=tuple(slots[1:])))
        names = [column for _, column in self._ends]
        columns = [
            (name, total(Case(((op("=", col("r.slot"), Num(i)), col("r.value")),), None)))
            for i, name in enumerate(names, 1)
        ]
        subject = col("r.subject")
        columns_: tuple[tuple[str, Expr], ...] = (("subject", subject), *columns)
        steps.append(Step(together, "每个主体一行", columns_, f"{together}_values", "r", group=(subject,)))
        return steps, [(together, names)]

    def _picked(self) -> Step:
        """The facts that have to be looked at one by one, picked in one pass."""
        fields = ["subject", *ROW, *(["cycle"] if self._own_year else [])]
        columns = tuple((field, col(f"f.{field}")) for field in fields)
        where = member_of(col("code"), sorted(self._codes))
        return Step(self._single, "需逐条计算的事实", columns, self.measures.own, "f", where=where)

    def _shared_rows(self, pick: Pick, *, own: bool = False) -> str:
        """The rows picked in one pass, if they come from the relation of the subjects' own facts."""
        if not own and self.member_rows != self.measures.own:
            return self.member_rows
        self._codes.update(codes(pick, self.picker.catalogue))
        return self._single

    @property
    def _single(self) -> str:
        return f"{self.prefix}_single_rows"

    @property
    def _own_year(self) -> bool:
        return self.prefix == "member" and self.picker.times.calendar.rolling

    # --- sums of facts

    def needed(self, form: SumForm) -> bool:
        return ordered(form.modifiers) or form.pick.of in ("organization", "colleagues")

    def announce(self, number: int, form: SumForm, applies: Expr) -> None:
        """Tell which rules share a group of matters before any of them is planned."""
        if form.modifiers.once_group:
            rows = self._rows(f"{self.prefix}_rows{number}", form.pick, form)
            self._groups.setdefault(form.modifiers.once_group, []).append((rows, form, applies))

    def once(self) -> None:
        """Facts of one matter stand against each other, over all rules of their group."""
        for place, (group, entries) in enumerate(self._groups.items(), 1):
            parts = [self._candidates(i, rows, form, applies) for i, (rows, form, applies) in enumerate(entries)]
            first = parts[0]
            name = f"{self.prefix}_matters{place}"
            self.steps.append(replace(first, name=name, comment=f"同一事项就高（{group}）", union=tuple(parts[1:])))
            best = Window(
                "row_number",
                None,
                (col("subject"), col("matter")),
                ((col("worth"), True), (col("rule"), False), (col("day"), False), (col("fact"), False)),
            )
            self.steps.append(Step(f"{name}_best", "每个事项的先后", (("best", best),), name, "r", star="r"))

    def _candidates(self, rule: int, rows: str, form: SumForm, applies: Expr) -> Step:
        _, magnitude, denominator = self.picker.base(form)
        joins = (
            ()
            if applies == TRUE
            else (Join(self.subject, "s", conj(op("=", col("s.subject"), col("r.subject")), applies)),)
        )
        columns = [("subject", col("r.subject")), *((name, col(f"r.{name}")) for name in (*ROW, "held"))]
        worth = _qualified(mul(magnitude, Num(100 // denominator)))
        return Step("", "", (*columns, ("rule", Num(rule)), ("worth", worth)), rows, "r", joins)

    def sum(self, number: int, form: SumForm) -> Expr:
        """The sum of a rule's facts, as a column of the chain's last relation."""
        modifiers = form.modifiers
        name = f"{self.prefix}_rows{number}"
        rows = self._winners(number, form) if modifiers.once_group else self._rows(name, form.pick, form)
        sequence = modifiers.beyond or modifiers.every > 1 or modifiers.nth or modifiers.repeat or modifiers.escalate
        nth: Expr | None = None
        gap: Expr | None = None
        if sequence:
            rows = self._numbered(number, rows, form)
            nth, gap = col("i"), col("gap") if modifiers.repeat else None
        joins, held = self._factor_positions(number, rows, form)
        points = row_points(self.picker, form, nth, gap, held)
        capped = modifiers.cap_day is not None or modifiers.cap_month is not None
        if not capped:
            return self._end(f"{self.prefix}_rule{number}", rows, points, joins)
        self._step(
            f"{self.prefix}_points{number}",
            "每条事实的分",
            (("subject", col("r.subject")), ("day", col("r.day")), ("points", points)),
            rows,
            joins,
        )
        return self._capped(number, modifiers.cap_day, modifiers.cap_month)

    def _winners(self, number: int, form: SumForm) -> str:
        groups = list(self._groups)
        group = form.modifiers.once_group or ""
        entries = self._groups[group]
        rule = next(i for i, (rows, _, _) in enumerate(entries) if rows == f"{self.prefix}_rows{number}")
        source = f"{self.prefix}_matters{groups.index(group) + 1}_best"
        kept = conj(op("=", col("rule"), Num(rule)), disj(op("isnull", col("matter")), op("=", col("best"), ONE)))
        name = f"{self.prefix}_kept{number}"
        self.steps.append(Step(name, "同一事项中计分的事实", (), source, "r", where=kept, star="r"))
        return name

    def _rows(self, name: str, pick: Pick, form: SumForm | None = None) -> str:
        condition = self.picker.rows(form) if form else self.picker.condition(pick)
        condition = conj(condition, held_positions(pick, self.picker))
        fields: list[tuple[str, Expr]] = [(field, col(f"f.{field}")) for field in ROW]
        match pick.of:
            case "members":
                joins = (Join(HOME, "m", op("=", col("m.member"), col("f.subject"))),)
                step = Step(
                    name,
                    "本支部党员的事实",
                    (("subject", col("m.branch")), *fields, ("held", ZERO)),
                    self.member_rows,
                    "f",
                    joins,
                    condition,
                )
            case "organization" | "colleagues":
                step = self._through_positions(name, pick, form, fields, condition)
            case _:
                step = Step(
                    name,
                    "计入的事实",
                    (("subject", col("f.subject")), *fields, ("held", ZERO)),
                    self._shared_rows(pick, own=True),
                    "f",
                    where=condition,
                )
        self.steps.append(step)
        return name

    def _through_positions(
        self, name: str, pick: Pick, form: SumForm | None, fields: list[tuple[str, Expr]], condition: Expr
    ) -> Step:
        table = form.points.by_position if isinstance(form, PerEvent) else ()
        positions = self.picker.catalogue.positions
        numbers = [positions.number(code) for code, _ in table]
        held = when(
            [(op("=", col("p.position"), Num(number)), Num(i)) for i, number in enumerate(numbers)], Num(len(numbers))
        )
        at = conj(op("<=", col("p.start_day"), col("f.day")), op("<", col("f.day"), col("p.stop_day")))
        wanted = op("in", col("p.position"), *(Num(number) for number in numbers)) if numbers else op("=", ONE, ZERO)
        if pick.of == "organization":
            joins: tuple[Join, ...] = (Join("post", "p", conj(op("=", col("p.org"), col("f.subject")), at, wanted)),)
            source = self.organization_rows
        else:
            other = op("<>", col("p.member"), col("f.subject"))
            joins = (
                Join(HOME, "m", op("=", col("m.member"), col("f.subject"))),
                Join("post", "p", conj(op("=", col("p.org"), col("m.branch")), other, at, wanted)),
            )
            source = self._shared_rows(pick)
        if self.picker.times.calendar.rolling:
            joins += (Join("cycles", "c", op("=", col("c.member"), col("p.member"))),)
            if not self.picker.guard_period:
                condition = conj(condition, self.picker.times.in_period())
        subject = col("p.member")
        keys = (subject, *(value for _, value in fields))
        columns = (("subject", subject), *fields, ("held", Aggregate("min", held)))
        return Step(name, "因所任职务承担责任的事实", columns, source, "f", joins, condition, keys)

    def _numbered(self, number: int, rows: str, form: SumForm) -> str:
        modifiers = form.modifiers
        order = ((col("r.day"), False), (col("r.fact"), False))
        nth = Window("row_number", None, (col("r.subject"),), order)
        name = f"{self.prefix}_order{number}"
        self.steps.append(Step(name, "按先后编号", (("n", nth),), rows, "r", star="r"))
        after = sub(col("r.n"), Num(modifiers.beyond))
        keep = op(">", col("r.n"), Num(modifiers.beyond)) if modifiers.beyond else TRUE
        if modifiers.every > 1:
            keep = conj(keep, op("=", op("mod", after, Num(modifiers.every)), ZERO))
        columns: list[tuple[str, Expr]] = [("i", div(after, Num(modifiers.every)))]
        if modifiers.repeat:
            before = Window("lag", col("r.day"), (col("r.subject"),), order)
            columns.append(("gap", sub(col("r.day"), before)))
        left = f"{self.prefix}_left{number}"
        self.steps.append(Step(left, "其中计分的", tuple(columns), name, "r", where=keep, star="r"))
        return left

    def _factor_positions(self, number: int, rows: str, form: SumForm) -> tuple[tuple[Join, ...], tuple[Expr, ...]]:
        joins: list[Join] = []
        held: list[Expr] = []
        for place, factor in enumerate(form.modifiers.factors):
            if not factor.where.positions:
                held.append(TRUE)
                continue
            numbers = [self.picker.catalogue.positions.number(code) for code in factor.where.positions]
            name = f"{self.prefix}_held{number}_{place}"
            at = conj(
                op("=", col("p.member"), col("r.subject")),
                op("<=", col("p.start_day"), col("r.day")),
                op("<", col("r.day"), col("p.stop_day")),
                op("in", col("p.position"), *(Num(value) for value in numbers)),
            )
            keys = (col("r.subject"), col("r.fact"))
            columns = (("subject", keys[0]), ("fact", keys[1]))
            self.steps.append(Step(name, "当日任该职务的", columns, rows, "r", (Join("post", "p", at),), group=keys))
            alias = f"h{place}"
            on = conj(op("=", col(f"{alias}.fact"), col("r.fact")), op("=", col(f"{alias}.subject"), col("r.subject")))
            joins.append(Join(name, alias, on, left=True))
            held.append(op("not", op("isnull", col(f"{alias}.fact"))))
        return tuple(joins), tuple(held)

    def _capped(self, number: int, day_cap: int | None, month_cap: int | None) -> Expr:
        source = f"{self.prefix}_points{number}"
        summed: Expr = total(col("r.points"))
        if day_cap is not None:
            name = f"{self.prefix}_days{number}"
            self._grouped(name, "每日封顶", source, ("day", col("r.day")), clamp(summed, -day_cap, day_cap))
            source = name
        if month_cap is not None:
            parts = self.picker.times.parts(1)
            whens: list[tuple[Expr, Expr]] = [
                (op("<=", col("r.day"), Num(last)), Num(i)) for i, (_, last, _) in enumerate(parts)
            ]
            part = when(whens[:-1], Num(len(parts) - 1))
            name = f"{self.prefix}_months{number}"
            self._grouped(name, "每月封顶", source, ("day", part), clamp(summed, -month_cap, month_cap))
            source = name
        return self._end(f"{self.prefix}_rule{number}", source, col("r.points"), ())

    def _grouped(self, name: str, comment: str, source: str, key: tuple[str, Expr], value: Expr) -> None:
        columns = (("subject", col("r.subject")), key, ("points", value))
        self.steps.append(Step(name, comment, columns, source, "r", group=(col("r.subject"), key[1])))

    def _step(
        self, name: str, comment: str, columns: tuple[tuple[str, Expr], ...], table: str, joins: tuple[Join, ...]
    ) -> None:
        self.steps.append(
            Step(name, comment, tuple((key, _qualified(value)) for key, value in columns), table, "r", joins)
        )

    def _end(self, name: str, source: str, value: Expr, joins: tuple[Join, ...]) -> Expr:
        column = self.measures.name()
        columns = (("subject", col("r.subject")), (column, total(_qualified(value))))
        self.steps.append(Step(name, "合计，每个主体一行", columns, source, "r", joins, group=(col("r.subject"),)))
        self._ends.append((name, column))
        return op("coalesce", col(column), ZERO)

    # --- the last fact

    def latest(self, number: int, pick: Pick, levels: tuple[str, ...] = ()) -> Expr:
        """The quantity of the last picked fact; null without facts."""
        chosen = replace(pick, where=replace(pick.where, levels=levels)) if levels else pick
        rows = self._rows(f"{self.prefix}_rows{number}", chosen)
        place = Window("row_number", None, (col("r.subject"),), ((col("r.day"), True), (col("r.fact"), True)))
        ranked = f"{self.prefix}_order{number}"
        columns: tuple[tuple[str, Expr], ...] = (("subject", col("r.subject")), ("qty", col("r.qty")), ("place", place))
        self.steps.append(Step(ranked, "从近到远编号", columns, rows, "r"))
        column = self.measures.name()
        name = f"{self.prefix}_last{number}"
        self.steps.append(
            Step(
                name,
                "最近一条",
                (("subject", col("r.subject")), (column, col("r.qty"))),
                ranked,
                "r",
                where=op("=", col("r.place"), ONE),
            )
        )
        self._ends.append((name, column))
        return col(column)


def _qualified(value: Expr) -> Expr:
    """Columns of a row step under its alias, where a joined relation could be meant instead."""
    return renamed(value, lambda name: col(name if "." in name else f"r.{name}"))


__all__ = ["Chains"]
