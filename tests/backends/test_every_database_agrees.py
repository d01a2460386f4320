"""Every database gives, to the hundredth, what the plain reading of the scheme gives."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from tests.engine.strategies import Situation, situations

from sisiwu.engine import reference
from sisiwu.engine.scheme import Scheme, forms
from sisiwu.foundation.clusters.postgres import postgres_cluster, programs
from sisiwu.scoring.evaluation import Score, evaluate, live_score
from sisiwu.scoring.relations import relations, snapshot
from sisiwu.scoring.runners import Runner, open_runner

CI = os.environ.get("CI") == "true"
MORE = int(os.environ.get("SISIWU_EXAMPLES", "0"))
"""``make more``: so many other examples of every test, new ones every time."""


def many(ci: int, here: int) -> settings:
    """So many examples, the same ones every day unless more are asked for."""
    return settings(
        max_examples=MORE or (ci if CI else here),
        deadline=None,
        database=None,
        derandomize=not MORE,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def plain(situation: Situation) -> dict[int, Score]:
    """The reference's results in the shape a database gives; rolled-up organizations have no lists."""
    results = reference.evaluate(situation.scheme, situation.dataset, situation.period, situation.as_of)
    lists = [list_.id for list_ in situation.scheme.lists]
    return {
        number: Score(
            number,
            result.total_centi,
            result.grade,
            result.place,
            {score.list: score.score_centi for score in result.lists} or dict.fromkeys(lists, 0),
            {item.item: item.score_centi for score in result.lists for item in score.items},
            result.consequences,
        )
        for number, result in results.items()
    }


def assert_agrees(runner: Runner, situation: Situation, *, trimmed: bool = False) -> None:
    scheme, period, as_of = situation.scheme, situation.period, situation.as_of
    rows = relations(scheme, situation.dataset, period, as_of)
    runner.load(snapshot(scheme, rows, period, as_of) if trimmed else rows)

    scores = evaluate(scheme, runner, period, as_of, snapshot=trimmed)

    expected = plain(situation)
    assert set(scores) == set(expected)
    for number, score in expected.items():
        seen = scores[number]
        assert (seen.total_centi, seen.grade, seen.place) == (score.total_centi, score.grade, score.place)
        assert seen.lists == score.lists
        assert {id_: seen.items[id_] for id_ in score.items} == score.items
        assert seen.consequences == score.consequences


def compares(scheme: Scheme) -> bool:
    """Whether a subject's points depend on those of others."""
    steps = (form for rule in scheme.rules() if isinstance(form := rule.form, forms.Step))
    return (
        any(isinstance(rule.form, forms.RankPoints | forms.VsPeerAverage) for rule in scheme.rules())
        or any(isinstance(rule.form, forms.Ratio) and rule.form.out_of is None for rule in scheme.rules())
        or any(step.baseline.peers is not None for step in steps)
        or any(item.absent == "peer_average" for item in scheme.items())
    )


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Runner]:
    with open_runner("sqlite") as runner:
        yield runner


@pytest.fixture(scope="module")
def duckdb() -> Iterator[Runner]:
    with open_runner("duckdb") as runner:
        yield runner


@pytest.fixture(scope="module")
def postgres() -> Iterator[Runner]:
    if programs() is None and not CI:
        pytest.skip("PostgreSQL is not installed on this machine")
    with postgres_cluster() as dsn, open_runner("postgres", dsn) as runner:
        yield runner


@pytest.fixture(scope="module")
def spark() -> Iterator[Runner]:
    with open_runner("spark") as runner:
        yield runner


@many(ci=2000, here=150)
@given(situation=situations())
def test_sqlite_agrees_with_the_plain_reading_of_the_rules(sqlite: Runner, situation: Situation) -> None:
    assert_agrees(sqlite, situation)


@many(ci=300, here=30)
@given(situation=situations())
def test_duckdb_agrees_with_the_plain_reading_of_the_rules(duckdb: Runner, situation: Situation) -> None:
    assert_agrees(duckdb, situation)


@many(ci=1000, here=100)
@given(situation=situations())
def test_a_yearly_snapshot_gives_what_the_full_ledger_gives(sqlite: Runner, situation: Situation) -> None:
    assert_agrees(sqlite, situation, trimmed=True)


@many(ci=200, here=20)
@given(situation=situations())
def test_duckdb_counts_a_yearly_snapshot_alike(duckdb: Runner, situation: Situation) -> None:
    assert_agrees(duckdb, situation, trimmed=True)


@many(ci=400, here=40)
@given(situation=situations())
def test_the_live_score_of_one_subject_is_the_one_of_the_yearly_run(sqlite: Runner, situation: Situation) -> None:
    scheme, period, as_of = situation.scheme, situation.period, situation.as_of
    assume(not compares(scheme))
    sqlite.load(relations(scheme, situation.dataset, period, as_of))
    rolled = {number for number, score in plain(situation).items() if score.place is None}

    for number, score in evaluate(scheme, sqlite, period, as_of).items():
        alone = live_score(scheme, sqlite, period, number, as_of)
        if alone is None:
            assert number in rolled
        else:
            assert (alone.total_centi, alone.lists, alone.items) == (score.total_centi, score.lists, score.items)


@pytest.mark.postgres
@many(ci=400, here=30)
@given(situation=situations())
def test_postgres_agrees_with_the_plain_reading_of_the_rules(postgres: Runner, situation: Situation) -> None:
    assert_agrees(postgres, situation)


@pytest.mark.spark
@many(ci=8, here=2)
@given(situation=situations())
def test_spark_agrees_with_the_plain_reading_of_the_rules(spark: Runner, situation: Situation) -> None:
    assert_agrees(spark, situation)
