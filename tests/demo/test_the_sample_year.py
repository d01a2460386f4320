"""The sample year is the same every time, and every way of scoring it gives the same."""

from __future__ import annotations

from pathlib import Path

from sisiwu.demo.year import UNITS, grow
from sisiwu.engine import reference
from sisiwu.engine.scheme import load
from sisiwu.scoring.evaluation import evaluate
from sisiwu.scoring.relations import relations
from sisiwu.scoring.runners import open_runner

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
CHENGDU = 510_100


def test_the_same_seed_grows_the_same_year() -> None:
    catalogue = load(SCHEMES / "2018" / "organizations").catalogue

    assert grow(catalogue, [CHENGDU]) == grow(catalogue, [CHENGDU])


def test_the_embedded_databases_and_the_plain_reading_score_the_sample_year_alike() -> None:
    scheme = load(SCHEMES / "2018" / "organizations")
    period = scheme.calendars[0].period(scheme.default_period)
    year = grow(scheme.catalogue, [CHENGDU])
    plain = reference.evaluate(scheme, year, period)

    for name in ("duckdb", "sqlite"):
        with open_runner(name) as runner:
            runner.load(relations(scheme, year, period))
            scores = evaluate(scheme, runner, period)

        seen = {number: (score.total_centi, score.grade, score.place) for number, score in scores.items()}
        expected = {number: (r.total_centi, r.grade, r.place) for number, r in plain.items()}
        assert seen == expected
        assert len([score for score in scores.values() if score.place is not None]) == UNITS + 1


def test_no_more_than_a_fifth_of_the_department_receive_the_top_grade() -> None:
    scheme = load(SCHEMES / "2018" / "organizations")
    period = scheme.calendars[0].period(scheme.default_period)
    year = grow(scheme.catalogue, [])
    top = scheme.grading.grades[0].name

    results = reference.evaluate(scheme, year, period)

    # 20 % of 79, rounded half up, is 16 (schemes/2018/organizations/scheme.yaml).
    assert 0 < sum(1 for result in results.values() if result.place and result.grade == top) <= 16
