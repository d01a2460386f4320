"""One measurement in a process of its own: ``python -m sisiwu.scoring.bench.worker JOB FOLDER``.

Prints one line of JSON: CPU seconds (all threads), wall seconds, peak memory of the process, rows.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from sisiwu.engine.plan import build
from sisiwu.engine.plan.expressions import col
from sisiwu.engine.plan.steps import Plan, Step
from sisiwu.engine.scheme import Scheme, load
from sisiwu.engine.sql import statement
from sisiwu.engine.values import Period
from sisiwu.scoring.evaluation import live_score
from sisiwu.scoring.relations import COLUMNS, Row
from sisiwu.scoring.runners.interface import Runner
from sisiwu.scoring.samples import connect

SCHEMES = Path(__file__).resolve().parents[4] / "schemes"
FLOOR = "SELECT subject, code // 100 AS item, SUM(qty) AS total FROM {} GROUP BY 1, 2"
FACTS = ("organization_fact", "member_fact")
ROUNDS = 3
LIVE = 300
BATCH = 50_000


def schemes() -> tuple[Scheme, Scheme, Period]:
    """Organizations, members, and the year."""
    organizations = load(SCHEMES / "2018" / "organizations")
    return organizations, load(SCHEMES / "2018" / "members"), organizations.calendars[0].period("2018")


def cpu() -> float:
    """CPU seconds of this process and of its children."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


def measured(work: Callable[[], object], rounds: int = ROUNDS, clock: Callable[[], float] = cpu) -> dict[str, float]:
    """The best of some rounds, and the peak memory after them."""
    seconds, walls = [], []
    for _ in range(rounds):
        before, wall = clock(), time.perf_counter()
        work()
        seconds.append(clock() - before)
        walls.append(time.perf_counter() - wall)
    return {"cpu": min(seconds), "wall": min(walls), "gib": peak()}


def peak() -> float:
    """The most memory this process has held, in GiB; getrusage would tell its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 2**20


# --- DuckDB over Parquet


def opened(folder: Path, layout: str) -> duckdb.DuckDBPyConnection:
    """The relations of a layout as views over its files."""
    connection = connect(folder)
    for table in COLUMNS:
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{folder / layout / table}.parquet'")
    return connection


def floor(folder: Path) -> dict[str, float]:
    """The bare GROUP BY of every fact."""
    connection = opened(folder, "snapshot")

    def work() -> None:
        for place, table in enumerate(FACTS):
            connection.execute(f"CREATE OR REPLACE TABLE floor_{place} AS {FLOOR.format(table)}")

    return measured(work)


def floor_members(folder: Path) -> dict[str, float]:
    """The bare GROUP BY of the members' facts alone."""
    connection = opened(folder, "snapshot")
    return measured(lambda: connection.execute(f"CREATE OR REPLACE TABLE floor AS {FLOOR.format('member_fact')}"))


def plan_of(what: str, *, snapshot: bool = True) -> Plan:
    """members: points alone; graded: with ranks and grades; branches; levels: with all above them."""
    organizations, members, period = schemes()
    if what in ("members", "graded"):
        plan = build(members, period, trimmed=snapshot, packed=True)
        return _points(plan) if what == "members" else plan
    scheme = replace(organizations, roll_up=None) if what == "branches" else organizations
    return build(scheme, period, trimmed=snapshot, packed=True)


def _points(plan: Plan) -> Plan:
    """The plan up to the totals."""
    last = next(place for place, step in enumerate(plan.steps) if step.name == "member_state")
    names = ("subject", "total", *(column for column, _ in plan.output.lists))
    points = Step("member_points", "得分", tuple((name, col(name)) for name in names), "member_state", "r")
    return replace(plan, steps=(*plan.steps[: last + 1], points))


def compiled(folder: Path, what: str, layout: str = "snapshot") -> dict[str, float]:
    """One of the plans on DuckDB."""
    connection = opened(folder, layout)
    text = statement(plan_of(what, snapshot=layout == "snapshot"), "duckdb")
    return measured(lambda: connection.execute(f"CREATE OR REPLACE TABLE results AS {text}"))


# --- the same bare sum by other means


def polars_floor(folder: Path) -> dict[str, float]:
    """The bare sum with polars' streaming engine."""
    import polars as pl  # noqa: PLC0415

    def work() -> None:
        for table in FACTS:
            rows = pl.scan_parquet(folder / "snapshot" / f"{table}.parquet")
            grouped = rows.group_by("subject", (pl.col("code") // 100).alias("item")).agg(pl.col("qty").sum())
            grouped.collect(engine="streaming")

    return measured(work)


def pandas_floor(folder: Path) -> dict[str, float]:
    """The bare sum with pandas."""
    import pandas as pd  # noqa: PLC0415

    def work() -> None:
        for table in FACTS:
            rows = pd.read_parquet(folder / "snapshot" / f"{table}.parquet", columns=["subject", "code", "qty"])
            rows.assign(item=rows["code"] // 100).groupby(["subject", "item"])["qty"].sum()

    return measured(work, rounds=1)


def loop_floor(folder: Path) -> dict[str, float]:
    """The bare sum with a loop over rows."""
    connection = opened(folder, "snapshot")

    def work() -> None:
        totals: dict[tuple[int, int], int] = defaultdict(int)
        for table in FACTS:
            cursor = connection.execute(f"SELECT subject, code, qty FROM {table}")
            while rows := cursor.fetchmany(BATCH):
                for subject, code, quantity in rows:
                    totals[subject, code // 100] += quantity

    return measured(work, rounds=1)


# --- databases that hold the facts themselves


class Files:
    """The Parquet files as a source of rows."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def batches(self, table: str) -> Iterator[list[Row]]:
        """Rows in the order of the file."""
        cursor = self.connection.cursor()
        cursor.execute(f"SELECT {', '.join(COLUMNS[table])} FROM {table}")
        while rows := cursor.fetchmany(BATCH):
            yield rows


def sqlite(folder: Path) -> dict[str, float]:
    """Branches on SQLite, then live scores and the facts behind them."""
    from sisiwu.scoring.runners.sqlite import SqliteRunner  # noqa: PLC0415

    path = folder / "bench.sqlite"
    path.unlink(missing_ok=True)
    with SqliteRunner(str(path)) as runner:
        runner.load(Files(opened(folder, "snapshot")))
        found = measured(lambda: runner.run(statement(plan_of("branches"), "sqlite")), rounds=1)
        found |= _live(runner)
    path.unlink(missing_ok=True)
    return found


def postgres(folder: Path) -> dict[str, float]:
    """Branches on a PostgreSQL of our own; CPU seconds are those of its processes."""
    from sisiwu.foundation.clusters.postgres import postgres_server  # noqa: PLC0415
    from sisiwu.scoring.runners.postgres import PostgresRunner  # noqa: PLC0415

    with postgres_server() as (dsn, clock), PostgresRunner(dsn) as runner:
        runner.load(Files(opened(folder, "snapshot")))
        runner.run("SELECT 1")
        found = measured(lambda: runner.run(statement(plan_of("branches"), "postgres")), rounds=1, clock=clock)
        return found | _live(runner)


def _live(runner: Runner) -> dict[str, float]:
    """Medians in milliseconds: a branch's live score, a member's, every fact behind a branch."""
    organizations, members, period = schemes()
    branches = [
        row[0] for row in runner.run(f"SELECT org FROM organization WHERE kind = 631 ORDER BY org LIMIT {LIVE}").rows
    ]
    persons = [row[0] for row in runner.run(f"SELECT member FROM member ORDER BY member LIMIT {LIVE}").rows]
    alone = replace(organizations, roll_up=None)
    timed: dict[str, list[float]] = {"branch": [], "member": [], "facts": []}
    for subjects, name, scheme in ((branches, "branch", alone), (persons, "member", members)):
        text = statement(build(scheme, period, single=True), runner.dialect)
        for one in subjects:
            timed[name].append(_seconds(lambda text=text, one=one: runner.run(text, one)))  # type: ignore[misc]
    for one in branches:
        text = f"SELECT * FROM organization_fact WHERE subject = {int(one or 0)} ORDER BY day, fact"
        timed["facts"].append(_seconds(lambda text=text: runner.run(text)))  # type: ignore[misc]
    if live_score(alone, runner, period, int(branches[0] or 0)) is None:
        raise RuntimeError("no live score")
    return {f"{name}_ms": 1000 * statistics.median(values) for name, values in timed.items()}


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spark(folder: Path, workers: int) -> dict[str, float]:
    """Branches on a standalone Spark of one master and so many workers of one core; wall seconds count."""
    from pyspark.sql import SparkSession  # noqa: PLC0415

    from sisiwu.foundation.clusters.spark import spark_cluster  # noqa: PLC0415

    with spark_cluster(workers) as master:
        session = (
            SparkSession.builder.master(master)
            .appName("sisiwu bench")
            .config("spark.ui.enabled", "false")
            .config("spark.executor.memory", "3g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()
        )
        for table in COLUMNS:
            rows = session.read.parquet(str(folder / "snapshot" / f"{table}.parquet"))
            wide = rows.selectExpr(*(f"CAST({name} AS BIGINT) AS {name}" for name in COLUMNS[table]))
            wide.createOrReplaceTempView(table)
        text = statement(plan_of("branches"), "spark")
        found = measured(lambda: session.sql(text).write.format("noop").mode("overwrite").save(), rounds=2)
        summed = session.sql(f"SELECT COUNT(*), SUM(total), SUM(place), SUM(grade) FROM ({text})").collect()[0]
        session.stop()
    connection = opened(folder, "snapshot")
    expected = connection.execute(
        f"SELECT COUNT(*), SUM(total), SUM(place), SUM(grade) FROM ({statement(plan_of('branches'), 'duckdb')})"
    ).fetchone()
    if tuple(summed) != expected:
        raise RuntimeError(f"Spark {tuple(summed)} is not DuckDB {expected}")
    return found


JOBS: dict[str, Callable[[Path], dict[str, float]]] = {
    "floor": floor,
    "floor_members": floor_members,
    "members": lambda folder: compiled(folder, "members"),
    "graded": lambda folder: compiled(folder, "graded"),
    "branches": lambda folder: compiled(folder, "branches"),
    "levels": lambda folder: compiled(folder, "levels"),
    "as_of": lambda folder: compiled(folder, "levels", "full"),
    "polars": polars_floor,
    "pandas": pandas_floor,
    "loop": loop_floor,
    "sqlite": sqlite,
    "postgres": postgres,
    "spark_1": lambda folder: spark(folder, 1),
    "spark_2": lambda folder: spark(folder, 2),
}


if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](Path(sys.argv[2]))))
