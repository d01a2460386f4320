"""A ledger of any size as Parquet files, grown set-wise from a seed.

Two layouts: ``snapshot`` (the year's live facts, sorted by subject) and ``full`` (the same and the
year before, with reversals, every time of recording). The columns are those of ``relations.COLUMNS``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.values import FOREVER
from sisiwu.scoring.relations import COLUMNS

MEMBERS_OF_FACTS = 80
"""Percent of the facts that are about persons, as measured in the source's own year."""
FACTS_OF_A_MEMBER = 24
MEMBERS_OF_A_BRANCH = 20
BRANCHES_OF_A_PARENT = 20

MEMBER_KINDS = (
    ("attendance.meeting", None, 520, 1),
    ("attendance.absent", None, 25, 1),
    ("attendance.late", None, 25, 1),
    ("member.study_hours", None, 120, 16),
    ("member.service_hours", None, 80, 10),
    ("member.lecture_given", "branch", 12, 1),
    ("member.lecture_given", "department", 3, 1),
    ("member.commended", "commendation", 6, 1),
    ("member.commended", "third_merit", 2, 1),
    ("member.dues_late", None, 12, 1),
    ("member.pledge_done", None, 60, 1),
    ("member.suggestion_adopted", None, 14, 1),
    ("member.sanction", "warning", 1, 1),
    ("member.appraisal", "mutual", 60, 90),
    ("member.appraisal", "mass", 60, 90),
)
ORGANIZATION_KINDS = (
    ("meeting.member_assembly", None, 95, 1),
    ("meeting.branch_committee", None, 290, 1),
    ("meeting.group_meeting", None, 200, 1),
    ("meeting.party_lecture", None, 90, 1),
    ("meeting.party_day", None, 200, 1),
    ("meeting.organization_life", None, 20, 1),
    ("meeting.democratic_appraisal", None, 20, 1),
    ("meeting.heart_talk", None, 30, 1),
    ("project.established", None, 15, 1),
    ("project.milestone_met", None, 20, 1),
    ("assignment.other_missed", None, 3, 1),
    ("dues.unpaid", None, 4, 1),
    ("article.published", None, 6, 1),
    ("commendation.organization", None, 3, 1),
    ("meeting.flawed_record", None, 3, 1),
    ("veto.discipline_case", None, 1, 1),
)
"""Kind, level (None: the first there is), per mille, usual quantity."""


@dataclass(frozen=True)
class Size:
    """How much of everything stands in a ledger of so many facts."""

    facts: int

    @property
    def member_facts(self) -> int:
        return self.facts * MEMBERS_OF_FACTS // 100

    @property
    def members(self) -> int:
        return max(self.member_facts // FACTS_OF_A_MEMBER, MEMBERS_OF_A_BRANCH)

    @property
    def branches(self) -> int:
        return max(self.members // MEMBERS_OF_A_BRANCH, 1)

    @property
    def parents(self) -> int:
        return max(self.branches // BRANCHES_OF_A_PARENT, 1)


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB with both cores, which spills beside the files."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET temp_directory = ?", [str(folder / "spill")])
    return connection


def grow(folder: Path, catalogue: Catalogue, size: Size, year: tuple[int, int], seed: int = 445) -> None:
    """Writes both layouts into ``folder``; ``year``: its first day number and the first one after it."""
    year_start, year_stop = year
    for layout in ("snapshot", "full"):
        (folder / layout).mkdir(parents=True, exist_ok=True)
    with connect(folder) as connection:
        _people(connection, folder, catalogue, size, year_start)
        per_branch = max((size.facts - size.member_facts) // size.branches, 1)
        first = size.parents + 1
        facts = (
            ("member_fact", MEMBER_KINDS, 1, size.members, FACTS_OF_A_MEMBER),
            ("organization_fact", ORGANIZATION_KINDS, first, size.branches, per_branch),
        )
        for table, kinds, start, subjects, each in facts:
            query = _facts(catalogue, kinds, (start, subjects, each), year, seed)
            columns = ", ".join(COLUMNS[table])
            narrow = ", ".join(f"CAST({name} AS INTEGER) AS {name}" for name in COLUMNS[table])
            live = f"SELECT {narrow} FROM ({query}) WHERE day >= {year_start} AND voided > {year_stop}"
            for layout, text in (("snapshot", live), ("full", f"SELECT {columns} FROM ({query})")):
                _copy(connection, f"{text} ORDER BY subject", folder / layout / f"{table}.parquet")


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def _people(connection: duckdb.DuckDBPyConnection, folder: Path, catalogue: Catalogue, size: Size, start: int) -> None:
    kinds = catalogue.organization_kinds
    branch, parent = kinds.number("branch"), kinds.number("organ_committee")
    regions = [number for number, _, _ in catalogue.regions.entries]
    marks = catalogue.organization_marks.bits(frozenset({"with_committee", "grassroots_unit"}))
    full = catalogue.statuses.number("full")
    secretary = catalogue.positions.number("secretary")
    posts = catalogue.positions.bits(frozenset({"secretary"}))
    listed = "[" + ", ".join(str(region) for region in regions) + "]"
    organizations = f"""
        SELECT n AS org, CAST(CASE WHEN n > {size.parents} THEN 1 + (n - {size.parents} - 1) // {BRANCHES_OF_A_PARENT}
                 % {size.parents} END AS BIGINT) AS parent,
               CAST(CASE WHEN n > {size.parents} THEN {branch} ELSE {parent} END AS BIGINT) AS kind,
               CAST({listed}[1 + n % {len(regions)}] AS BIGINT) AS region,
               CAST({MEMBERS_OF_A_BRANCH} AS BIGINT) AS size,
               CAST({marks} AS BIGINT) AS marks, CAST({start - 4000} AS BIGINT) AS since
        FROM range(1, {size.parents + size.branches + 1}) t(n)"""
    branch_of = f"{size.parents} + 1 + (n - 1) // {MEMBERS_OF_A_BRANCH} % {size.branches}"
    members = f"""
        SELECT n AS member, {branch_of} AS branch, CAST({full} AS BIGINT) AS status,
               CAST(CASE WHEN n % {MEMBERS_OF_A_BRANCH} = 1 THEN {posts} ELSE 0 END AS BIGINT) AS posts,
               CAST(0 AS BIGINT) AS marks, CAST({start - 3000} AS BIGINT) AS since, CAST(0 AS BIGINT) AS cycle
        FROM range(1, {size.members + 1}) t(n)"""
    terms = f"""
        SELECT n AS member, {branch_of} AS org, CAST({secretary} AS BIGINT) AS position,
               CAST({start - 400} AS BIGINT) AS start_day, CAST({start + 4000} AS BIGINT) AS stop_day
        FROM range(1, {size.members + 1}, {MEMBERS_OF_A_BRANCH}) t(n)"""
    for table, query in (("organization", organizations), ("member", members), ("post", terms)):
        for layout in ("snapshot", "full"):
            _copy(connection, f"{query} ORDER BY 1", folder / layout / f"{table}.parquet")


def _facts(
    catalogue: Catalogue,
    kinds: tuple[tuple[str, str | None, int, int], ...],
    who: tuple[int, int, int],
    year: tuple[int, int],
    seed: int,
) -> str:
    """Facts of ``subjects`` subjects, so many each on average; one in ten of the year before, one in fifty reversed."""
    start, subjects, each = who
    codes, amounts, reached = [], [], 0
    for name, level, mille, amount in kinds:
        kind = catalogue.kind(name)
        if kind is None:
            raise KeyError(name)
        reached += mille
        levels = [code for code, _ in kind.levels]
        code = kind.number_of(level if level in levels else levels[0] if levels else None)
        codes.append((reached, code))
        amounts.append((reached, amount))
    pick = "CASE " + " ".join(f"WHEN h % {reached} < {upto} THEN {code}" for upto, code in codes) + " END"
    quantity = "CASE " + " ".join(f"WHEN h % {reached} < {upto} THEN {n}" for upto, n in amounts) + " END"
    length = year[1] - year[0]
    day = f"({year[0]} + (h // 100003) % {length} - CASE WHEN (h // 7919) % 11 = 0 THEN {length} ELSE 0 END)"
    rows = f"""
        SELECT s AS subject, hash(s * 1000 + i + {seed} * 1000003) AS h
        FROM range({start}, {start + subjects}) a(s), range(0, {2 * each}) b(i)
        WHERE i < {each} + CAST(hash(s) % {each} AS BIGINT) - {each} // 2"""
    return f"""
        SELECT CAST(row_number() OVER () AS BIGINT) AS fact, subject, CAST({pick} AS BIGINT) AS code,
               CAST({day} AS BIGINT) AS day, CAST({quantity} * 100 AS BIGINT) AS qty, CAST(0 AS BIGINT) AS base,
               CAST(NULL AS BIGINT) AS matter, CAST(NULL AS BIGINT) AS due, CAST(0 AS BIGINT) AS marks,
               CAST(1 AS BIGINT) AS sharers, CAST({day} + h % 5 AS BIGINT) AS recorded,
               CAST(CASE WHEN (h // 31) % 50 = 0 THEN {day} + 20 ELSE {FOREVER} END AS BIGINT) AS voided
        FROM ({rows})"""
