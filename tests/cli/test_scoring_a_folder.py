"""A scheme and a folder in, results out: the main job, on real files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import jsonschema
import openpyxl
import pytest
from tests.cli.commands import ROOT, SCHEME, run

from sisiwu.foundation.clusters.postgres import postgres_cluster, programs
from sisiwu.foundation.clusters.spark import spark_cluster


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample year as a folder of tables."""
    place = tmp_path_factory.mktemp("year") / "data"
    done = run("data", "generate", place)
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="module")
def scored(year: Path) -> list[list[str]]:
    """The results of the default database as rows."""
    out = year.parent / "results.csv"
    done = run("score", SCHEME, year, "--out", out)
    assert done.returncode == 0, done.stderr
    return rows(out)


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_sample_year_is_sound_and_scored_with_grades(year: Path, scored: list[list[str]]) -> None:
    assert "没有问题" in run("data", "check", year).stdout
    assert scored[0][:6] == ["名次", "编号", "名称", "类别", "总分", "等级"]
    assert len(scored) == 1 + 100 + 1
    assert {row[5] for row in scored[1:]} >= {"好", "较好"}


def test_sqlite_gives_the_identical_file(year: Path, scored: list[list[str]]) -> None:
    out = year.parent / "sqlite.csv"

    done = run("score", SCHEME, year, "--engine", "sqlite", "--out", out)

    assert done.returncode == 0, done.stderr
    assert rows(out) == scored


@pytest.mark.spark
def test_a_cluster_of_a_master_and_two_workers_gives_the_identical_file(year: Path, scored: list[list[str]]) -> None:
    out = year.parent / "spark.csv"
    with spark_cluster(2, memory="2g") as master:
        done = run("score", SCHEME, year, "--engine", "spark", "--address", master, "--out", out)

    assert done.returncode == 0, done.stderr
    assert rows(out) == scored


@pytest.mark.postgres
@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed on this machine")
def test_postgresql_gives_the_identical_file(year: Path, scored: list[list[str]]) -> None:
    out = year.parent / "postgres.csv"
    with postgres_cluster() as dsn:
        done = run("score", SCHEME, year, "--engine", "postgres", "--address", dsn, "--out", out)

    assert done.returncode == 0, done.stderr
    assert rows(out) == scored


def test_the_json_is_of_the_documented_shape_and_its_items_sum_to_the_csv(year: Path, scored: list[list[str]]) -> None:
    out = year.parent / "results.json"
    assert run("score", SCHEME, year, "--out", out).returncode == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    shape = json.loads((ROOT / "docs" / "engineers" / "results.schema.json").read_text(encoding="utf-8"))

    jsonschema.validate(document, shape)

    totals = {row[1]: row[4].replace(".", "") for row in scored[1:]}
    for subject in document["subjects"]:
        assert int(totals[subject["id"]]) == subject["total_centi"]
    branch = next(one for one in document["subjects"] if one["lists"])
    rules = [rule for list_ in branch["lists"] for item in list_["items"] for rule in item["rules"]]
    assert any(rule["facts"] for rule in rules)
    assert all(rule["words"] and rule["clause"]["text"] for rule in rules)


def test_the_workbook_opens_and_holds_the_same_totals(year: Path, scored: list[list[str]]) -> None:
    out = year.parent / "results.xlsx"
    assert run("score", SCHEME, year, "--out", out).returncode == 0

    book = openpyxl.load_workbook(out)

    assert book.sheetnames == ["结果", "条目", "等级分布", "说明"]
    page = book["结果"]
    seen = {str(row[1].value): f"{row[4].value:.2f}" for row in page.iter_rows(min_row=2)}
    assert seen == {row[1]: row[4] for row in scored[1:]}


def test_parquet_holds_whole_hundredths(year: Path, scored: list[list[str]]) -> None:
    out = year.parent / "results.parquet"
    assert run("score", SCHEME, year, "--out", out).returncode == 0

    found = duckdb.execute("SELECT id, total_centi, typeof(total_centi) FROM read_parquet(?)", [str(out)]).fetchall()

    assert {(id_, kind) for id_, _, kind in found} == {(row[1], "BIGINT") for row in scored[1:]}
    assert {id_: total for id_, total, _ in found} == {row[1]: int(row[4].replace(".", "")) for row in scored[1:]}


def test_an_earlier_day_gives_what_was_true_then(year: Path, scored: list[list[str]]) -> None:
    out = year.parent / "june.csv"
    assert run("score", SCHEME, year, "--as-of", "2018-06-30", "--out", out).returncode == 0

    assert rows(out) != scored
    assert len(rows(out)) == len(scored)


def test_an_explanation_goes_down_to_clause_and_fact(year: Path) -> None:
    done = run("explain", SCHEME, year, "第7党支部", "--item", "党课")

    assert done.returncode == 0, done.stderr
    for word in ("第7党支部", "党课（满分 4）", "依据：《", "[F0"):
        assert word in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("explain", SCHEME, "YEAR", "没有这个支部"), "没有编号或名称为“没有这个支部”的党组织"),
        (("explain", SCHEME, "YEAR", "第7党支部", "--item", "没有"), "没有“没有”这个条目"),
        (("score", SCHEME, "YEAR", "--as-of", "六月"), "写成 2018-11-26 的样子"),
        (("score", SCHEME, "YEAR", "--out", "结果.doc"), "只能写成"),
        (("score", SCHEME, "YEAR", "--period", "明年"), "不是这份办法的考核期"),
        (("score", SCHEME, "nowhere"), "没有这个文件夹"),
        (("score", "nowhere", "YEAR"), "找不到这个文件"),
    ],
)
def test_a_wrong_word_is_answered_in_chinese(year: Path, words: tuple[str, ...], said: str) -> None:
    done = run(*(str(year) if word == "YEAR" else word for word in words))

    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
