"""One evaluation on one database: compile, run, and say what the columns are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sisiwu.engine.plan import build
from sisiwu.engine.results import NOT_GRADED
from sisiwu.engine.scheme import Scheme
from sisiwu.engine.sql import statement
from sisiwu.engine.values import Period
from sisiwu.scoring.runners import Runner


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


def evaluate(scheme: Scheme, runner: Runner, period: Period, as_of: date | None = None) -> dict[int, Score]:
    """The scores of all subjects by number; the relations are loaded already."""
    plan = build(scheme, period, as_of)
    answer = runner.run(statement(plan, runner.dialect))
    scores = {}
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        subject, grade, bits = row["subject"] or 0, row["grade"], row["consequences"] or 0
        name = plan.output.grades[grade] if grade is not None else "" if row["is_graded"] else NOT_GRADED
        scores[subject] = Score(
            subject,
            row["total"] or 0,
            name,
            row["place"],
            {id_: row[column] or 0 for column, id_ in plan.output.lists},
            {id_: row[column] or 0 for column, id_ in plan.output.items},
            tuple(id_ for place, id_ in enumerate(plan.output.consequences) if bits >> place & 1),
        )
    return scores
