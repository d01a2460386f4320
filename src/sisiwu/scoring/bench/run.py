"""Grows ledgers, measures each job in a process of its own, and prints ratios to the floor of the same run."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sisiwu.engine.values import day_number
from sisiwu.scoring.bench.worker import schemes
from sisiwu.scoring.samples import Size, grow

TITLES = {
    "floor": "DuckDB 裸的分组求和（全部事实）",
    "floor_members": "DuckDB 裸的分组求和（党员事实）",
    "members": "党员得分（比党员事实的裸求和）",
    "graded": "党员得分、名次、等级（比党员事实的裸求和）",
    "branches": "支部得分、名次、等级（含党员得分）",
    "levels": "逐级汇总（含支部、党员）",
    "as_of": "全账本按日重算（逐级汇总）",
    "polars": "polars 裸求和",
    "pandas": "pandas 裸求和",
    "loop": "逐行循环裸求和",
    "sqlite": "SQLite 支部得分、名次、等级（比 DuckDB 同一结果）",
    "postgres": "PostgreSQL 支部得分、名次、等级（比 DuckDB 同一结果）",
    "spark_1": "Spark 1 个工作进程（墙钟，比 DuckDB 同一结果）",
    "spark_2": "Spark 2 个工作进程（墙钟，比 DuckDB 同一结果）",
}
AGAINST = {"members": "floor_members", "graded": "floor_members"}
AGAINST |= dict.fromkeys(("sqlite", "postgres", "spark_1", "spark_2"), "branches")
ALWAYS = ("floor_members", "floor", "members", "graded", "branches", "levels", "as_of", "polars", "pandas")
LOOP_MOST = 10_000_000
"""A loop over more rows only wastes time; so do databases that keep rows."""


@dataclass
class Bench:
    """Measurements by size and job."""

    folder: Path
    say: Callable[[str], None]
    found: dict[int, dict[str, dict[str, float]]] = field(default_factory=dict)

    def size(self, facts: int, jobs: tuple[str, ...]) -> None:
        """Grows the ledger if it is not there, and measures."""
        place = self.folder / str(facts)
        if not (place / "full" / "member_fact.parquet").exists():
            self.say(f"生成 {facts:,} 条事实")
            organizations, _, period = schemes()
            days = (day_number(date(period.start.year, 1, 1)), day_number(date(period.start.year + 1, 1, 1)))
            grow(place, organizations.catalogue, Size(facts), days)
        self.found[facts] = {}
        for job in jobs:
            self.say(f"{facts:,}：{TITLES[job]}")
            done = subprocess.run(
                [sys.executable, "-m", "sisiwu.scoring.bench.worker", job, str(place)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                self.say(
                    f"没有测成：{done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}"
                )
                continue
            self.found[facts][job] = json.loads(done.stdout.strip().splitlines()[-1])

    def rows(self, facts: int) -> list[tuple[str, str, str, str, str]]:
        """Title, CPU seconds, wall seconds, ratio, peak memory."""
        measured = self.found[facts]
        rows = []
        for job, one in measured.items():
            base = measured.get(AGAINST.get(job, "floor"))
            by = "wall" if job.startswith("spark") else "cpu"
            ratio = f"{one[by] / base[by]:.2f}" if base and base[by] else ""
            rows.append((TITLES[job], f"{one['cpu']:.2f}", f"{one['wall']:.2f}", ratio, f"{one['gib']:.2f}"))
        return rows

    def live(self, facts: int) -> list[str]:
        """What one subject takes on databases that keep rows."""
        said = []
        for job in ("sqlite", "postgres"):
            one = self.found[facts].get(job)
            if one and "branch_ms" in one:
                times = f"支部 {one['branch_ms']:.2f}、党员 {one['member_ms']:.2f}、背后的事实 {one['facts_ms']:.2f}"
                said.append(f"{job} 实时得分（中位数，毫秒）：{times}")
        return said

    def growth(self, job: str) -> float | None:
        """The exponent with which CPU seconds grow from the smallest to the largest size."""
        sizes = sorted(size for size, one in self.found.items() if job in one)
        if len(sizes) < 2:
            return None
        first, last = self.found[sizes[0]][job]["cpu"], self.found[sizes[-1]][job]["cpu"]
        return math.log(last / first) / math.log(sizes[-1] / sizes[0])


def jobs_of(facts: int, *, databases: bool, spark: bool) -> tuple[str, ...]:
    """What is measured at a size."""
    jobs: tuple[str, ...] = ALWAYS
    if facts <= LOOP_MOST:
        jobs += ("loop",)
        if databases:
            jobs += ("sqlite", "postgres")
    if spark:
        jobs += ("spark_1", "spark_2")
    return jobs
