"""One evaluation on one database: compile, run, and say what the columns are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sisiwu.engine.plan import FULL, Output, build
from sisiwu.engine.results import NOT_GRADED
from sisiwu.engine.scheme import Scheme
from sisiwu.engine.sql import statement
from sisiwu.engine.values import Period
from sisiwu.scoring.runners import Answer, Runner


@dataclass(frozen=True)
class Score:
    """What a database says of one subject; points in hundredths."""

    subject: int
    total_centi: int
    grade: str
    place: int | None
    lists: dict[str, int]
    items: dict[str, int]
    consequences: tuple[str, ...]


def evaluate(
    scheme: Scheme, runner: Runner, period: Period, as_of: date | None = None, *, snapshot: bool = False
) -> dict[int, Score]:
    """The scores of all subjects by number; the relations are loaded already.

    ``snapshot``: what is loaded holds only live facts up to the evaluation day (``relations.snapshot``).
    """
    packed = snapshot or runner.dialect == "duckdb"
    plan = build(scheme, period, as_of, trimmed=snapshot, packed=packed)
    answer = runner.run(statement(plan, runner.dialect))
    if "widest" in answer.columns:
        place = answer.columns.index("widest")
        if any((row[place] or 0) >= FULL for row in answer.rows):
            plan = build(scheme, period, as_of, trimmed=snapshot)
            answer = runner.run(statement(plan, runner.dialect))
    return dict(_scores(plan.output, answer))


def live_score(scheme: Scheme, runner: Runner, period: Period, subject: int, as_of: date | None = None) -> Score | None:
    """One subject's points at this moment; place, grade and what compares peers see it alone."""
    plan = build(scheme, period, as_of, single=True)
    return dict(_scores(plan.output, runner.run(statement(plan, runner.dialect), subject))).get(subject)


def _scores(output: Output, answer: Answer) -> Iterator[tuple[int, Score]]:
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        subject, grade, bits = row["subject"] or 0, row["grade"], row["consequences"] or 0
        name = output.grades[grade] if grade is not None else "" if row["is_graded"] else NOT_GRADED
        yield (
            subject,
            Score(
                subject,
                row["total"] or 0,
                name,
                row["place"],
                {id_: row[column] or 0 for column, id_ in output.lists},
                {id_: row[column] or 0 for column, id_ in output.items},
                tuple(id_ for place, id_ in enumerate(output.consequences) if bits >> place & 1),
            ),
        )
