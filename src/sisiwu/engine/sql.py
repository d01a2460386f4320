"""Plan -> one readable SELECT statement in the dialect of a database.

The dialects differ in very little: whole division, greatest and least, and how an exact type is
named. Sums are cast, because PostgreSQL's are not whole otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.engine.plan.expressions import (
    TRUE,
    Aggregate,
    Case,
    Col,
    Expr,
    Num,
    Op,
    Window,
)
from sisiwu.engine.plan.steps import Join, Plan, Step


@dataclass(frozen=True)
class Dialect:
    """Where a database speaks its own way."""

    name: str
    division: str
    """Whole division, with both operands."""
    greatest: str
    least: str
    whole: str = "BIGINT"
    """The type that holds every number of ours."""
    inline: str = "NOT MATERIALIZED "
    """Says that a step is not to be kept as a copy."""


DIALECTS = {
    dialect.name: dialect
    for dialect in (
        Dialect("duckdb", "({} // {})", "GREATEST", "LEAST"),
        Dialect("sqlite", "({} / {})", "MAX", "MIN", whole="INTEGER"),
        Dialect("postgres", "({} / {})", "GREATEST", "LEAST"),
        Dialect("spark", "({} DIV {})", "GREATEST", "LEAST", inline=""),
    )
}

PARAMETER = ":subject"
"""How a statement asks for the one subject of a live score; runners write it as their database wants it."""
SCOPES = {
    "in_branch": f"SELECT member FROM member WHERE branch = {PARAMETER}",
    "in_posts": f"SELECT org FROM post WHERE member = {PARAMETER}",
    "in_branch_posts": f"SELECT p.org FROM member h JOIN post p ON p.member = h.member WHERE h.branch = {PARAMETER}",
    "with_colleagues": f"SELECT member FROM member WHERE member = {PARAMETER} UNION SELECT m.member FROM post p "
    f"JOIN member m ON m.branch = p.org WHERE p.member = {PARAMETER}",
    "branch_with_colleagues": f"SELECT member FROM member WHERE branch = {PARAMETER} UNION SELECT m.member "
    f"FROM member h JOIN post p ON p.member = h.member JOIN member m ON m.branch = p.org WHERE h.branch = {PARAMETER}",
}
"""Whose facts count for one subject."""

INFIX = {"+", "-", "*", "=", "<>", "<", "<=", ">", ">=", "&"}


def statement(plan: Plan, dialect: str) -> str:
    """The whole statement; rows come ordered by subject."""
    writer = _Writer(DIALECTS[dialect])
    recursive = "RECURSIVE " if any(step.recursive for step in plan.steps) else ""
    steps = ",\n".join(writer.step(step) for step in plan.steps)
    last = plan.steps[-1].name
    return f"-- {plan.title}\nWITH {recursive}{steps}\nSELECT * FROM {last} ORDER BY subject\n"


class _Writer:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def step(self, step: Step) -> str:
        bodies = [self.select(part) for part in (step, *step.union)]
        body = "\n  UNION ALL\n".join(bodies)
        comment = f"  -- {step.comment}\n" if step.comment else ""
        inline = self.dialect.inline if step.inline else ""
        return f"{step.name} AS {inline}(\n{comment}{body}\n)"

    def select(self, step: Step) -> str:
        notes = dict(step.notes)
        columns = [f"{step.star}.*"] if step.star else []
        last = len(step.columns) - 1
        for place, (name, value) in enumerate(step.columns):
            text = self.column(name, value)
            note = notes.get(name, "").replace("\n", " ")
            comma = "," if place < last else ""
            columns.append(f"{text}{comma}  -- {note}" if note else f"{text}{comma}")
        if step.star and step.columns:
            columns[0] += ","
        lines = ["  SELECT " + "\n    ".join(columns)]
        lines.append(f"  FROM {step.table}{' ' + step.alias if step.alias else ''}")
        lines.extend(self.join(join) for join in step.joins)
        if step.where != TRUE:
            lines.append(f"  WHERE {self.top(step.where)}")
        keys = [self.expr(value) for value in step.group if not isinstance(value, Num)]
        if keys:
            lines.append("  GROUP BY " + ", ".join(keys))
        return "\n".join(lines)

    def column(self, name: str, value: Expr) -> str:
        text = self.top(value)
        if _is_null(value):
            text = self.null()
        return text if text == name else f"{text} AS {name}"

    def null(self) -> str:
        """A null of the right type: PostgreSQL takes a bare one for a text."""
        return f"CAST(NULL AS {self.dialect.whole})"

    def join(self, join: Join) -> str:
        kind = "LEFT JOIN" if join.left else "JOIN"
        return f"  {kind} {join.table} {join.alias} ON {self.top(join.on)}"

    def top(self, value: Expr) -> str:
        """An expression without its outer parentheses."""
        text = self.expr(value)
        if isinstance(value, Op) and (value.name in INFIX or value.name in ("and", "or")) and text.startswith("("):
            return text[1:-1]
        return text

    def expr(self, value: Expr) -> str:
        match value:
            case Num(number):
                return str(number)
            case Col(name):
                return name
            case Case(whens, other):
                if all(_is_null(result) for result in (*(b for _, b in whens), *(() if other is None else (other,)))):
                    return self.null()
                rows = " ".join(f"WHEN {self.top(a)} THEN {self.top(b)}" for a, b in whens)
                otherwise = "" if other is None else f" ELSE {self.top(other)}"
                return f"CASE {rows}{otherwise} END"
            case Aggregate(name, inner):
                if name == "count":
                    return f"COUNT({self.top(inner)})"
                return f"CAST({name.upper()}({self.top(inner)}) AS {self.dialect.whole})"
            case Window():
                return self.window(value)
            case Op(name, args):
                return self.operation(name, args)

    def operation(self, name: str, args: tuple[Expr, ...]) -> str:
        texts = [self.expr(arg) for arg in args]
        if name in INFIX:
            return "(" + f" {name} ".join(texts) + ")"
        if name in ("and", "or"):
            return "(" + f" {name.upper()} ".join(texts) + ")"
        match name:
            case "div":
                return self.dialect.division.format(*texts)
            case "mod":
                return f"({texts[0]} % {texts[1]})"
            case "greatest":
                return f"{self.dialect.greatest}({', '.join(texts)})"
            case "least":
                return f"{self.dialect.least}({', '.join(texts)})"
            case "coalesce":
                return f"COALESCE({', '.join(texts)})"
            case "isnull":
                return f"({texts[0]} IS NULL)"
            case "not":
                return f"NOT {texts[0]}"
            case "in":
                return f"({texts[0]} IN ({', '.join(texts[1:])}))"
            case "between":
                return f"({texts[0]} BETWEEN {texts[1]} AND {texts[2]})"
            case "held":
                return (
                    "EXISTS (SELECT 1 FROM post q WHERE q.member = f.subject AND q.start_day <= f.day "
                    f"AND f.day < q.stop_day AND q.position IN ({', '.join(texts)}))"
                )
            case "parameter":
                return PARAMETER
            case "in_branch" | "with_colleagues" | "branch_with_colleagues" | "in_posts" | "in_branch_posts":
                return f"({texts[0]} IN ({SCOPES[name]}))"
            case "null":
                return "NULL"
            case "true":
                return "(1 = 1)"
            case _:
                raise KeyError(name)

    def window(self, window: Window) -> str:
        inner = "" if window.value is None else self.top(window.value)
        call = f"COUNT({inner})" if window.name == "count" else f"{window.name.upper()}({inner})"
        parts = []
        if window.partition:
            parts.append("PARTITION BY " + ", ".join(self.expr(value) for value in window.partition))
        if window.order:
            order = ", ".join(f"{self.expr(value)}{' DESC' if down else ''}" for value, down in window.order)
            parts.append(f"ORDER BY {order}")
        text = f"{call} OVER ({' '.join(parts)})"
        return f"CAST({text} AS {self.dialect.whole})" if window.name == "sum" else text


def _is_null(value: Expr) -> bool:
    return isinstance(value, Op) and value.name == "null"
