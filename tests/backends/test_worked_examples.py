"""The worked examples of every shipped scheme, counted by a database as by the plain reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from sisiwu.engine import reference
from sisiwu.engine.cases import run_cases
from sisiwu.scoring.evaluation import evaluate
from sisiwu.scoring.relations import relations, snapshot
from sisiwu.scoring.runners import open_runner

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
SHIPPED = sorted(path.parent for path in SCHEMES.rglob("tests") if path.is_dir())

SNAPSHOTS = 2
"""So many examples of a scheme are counted from a snapshot too."""


@pytest.mark.slow
@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: str(folder.relative_to(SCHEMES)))
def test_a_database_counts_the_worked_examples_of_a_scheme_alike(folder: Path) -> None:
    outcomes = run_cases(folder)
    assert outcomes
    with open_runner("sqlite") as runner:
        for place, outcome in enumerate(outcomes):
            case = outcome.case
            plain = reference.evaluate(case.scheme, case.dataset, case.period, case.as_of)
            expected = {number: (r.total_centi, r.grade, r.place, r.consequences) for number, r in plain.items()}
            rows = relations(case.scheme, case.dataset, case.period, case.as_of)
            for trimmed in (False, True) if place < SNAPSHOTS else (False,):
                runner.load(snapshot(case.scheme, rows, case.period, case.as_of) if trimmed else rows)
                scores = evaluate(case.scheme, runner, case.period, case.as_of, snapshot=trimmed)
                seen = {number: (s.total_centi, s.grade, s.place, s.consequences) for number, s in scores.items()}
                assert seen == expected, case.name
