"""What a check found, as JSON beside the upload: the page shows it without reading the file again."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import Any

from sisiwu.foundation.spreadsheets import Problem
from sisiwu.register.intake.planning import Plan
from sisiwu.register.intake.planning.plan import WORDS
from sisiwu.register.positions.models import Position

SHOWN_MAX = 200


def report(plan: Plan) -> dict[str, Any]:
    """Numbers of everything; the first ``SHOWN_MAX`` problems, changes and new rows in words."""
    return {
        "counts": [{"name": name, "word": WORDS[name], **numbers} for name, numbers in plan.counts().items()],
        "problems": _rows(plan),
        "problems_count": len(plan.problems),
        "is_cut": len(plan.problems) > SHOWN_MAX,
        "wrong_count": len(plan.wrong),
        "others_count": sum(1 for one in plan.problems if (one.file, one.row) not in plan.wrong),
        "changes": [asdict(one) for one in plan.changes[:SHOWN_MAX]],
        "changes_count": len(plan.changes),
        "new": new(plan)[:SHOWN_MAX],
        "new_count": len(plan.found) + len(plan.enter) + len(plan.appoint),
        "notes": plan.notes,
        "skipped": plan.skipped,
        "is_empty": plan.is_empty,
        "fingerprint": plan.fingerprint(),
    }


def _rows(plan: Plan) -> list[dict[str, Any]]:
    """Problems by the row they are in, so that each row has one tick."""
    shown = plan.problems[:SHOWN_MAX]
    return [
        {"page": page, "row": row, "place": place(told[0]), "can_skip": (page, row) in plan.wrong, "told": [asdict(one) for one in told]}
        for (page, row), told in ((key, list(group)) for key, group in groupby(shown, lambda one: (one.file, one.row)))
    ]  # fmt: skip


def place(problem: Problem) -> str:
    """Where a problem is, for a reader."""
    return f"《{problem.file}》第 {problem.row} 行" if problem.row else problem.file


def new(plan: Plan) -> list[dict[str, Any]]:
    """What is new, a line each."""
    lines = [
        {"page": one.row.table.page, "row": one.row.row, "who": one.name, "where": one.parent.final("name") if one.parent else "最上级"}
        for one in plan.found[:SHOWN_MAX] if one.row
    ]  # fmt: skip
    lines += [
        {"page": one.row.table.page, "row": one.row.row, "who": f"{one.name} {one.code}", "where": one.branch.final("name")}
        for one in plan.enter[:SHOWN_MAX] if one.row
    ]  # fmt: skip
    lines += [
        {"page": one.row.table.page, "row": one.row.row,
         "who": f"{one.person.final('name')} {Position(one.position).label}", "where": one.organization.final("name")}
        for one in plan.appoint[:SHOWN_MAX] if one.row
    ]  # fmt: skip
    return lines
