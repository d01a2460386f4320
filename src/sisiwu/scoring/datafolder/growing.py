"""A sample folder of any size, grown set-wise: the texts of what ``samples`` grows as numbers."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import duckdb

from sisiwu.engine.catalogue import Catalogue, Vocabulary
from sisiwu.engine.values import FOREVER, day_number
from sisiwu.scoring.samples import Size, connect, grow

DAY = "strftime(DATE '1970-01-01' + CAST({} AS INTEGER), '%Y-%m-%d')"


def grow_folder(folder: Path, catalogue: Catalogue, facts: int, seed: int, year: int, form: str) -> list[Path]:
    """About so many facts of a year (and a tenth of the year before); ``form`` csv or parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sisiwu-") as work:
        days = (day_number(date(year, 1, 1)), day_number(date(year + 1, 1, 1)))
        grow(Path(work), catalogue, Size(facts), days, seed)
        with connect(Path(work)) as connection:
            for table in ("organization", "member", "post", "organization_fact", "member_fact"):
                connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{work}/full/{table}.parquet'")
            _words(connection, catalogue)
            return [_copy(connection, query, folder / f"{name}.{form}") for name, query in _queries().items()]


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> Path:
    options = "FORMAT csv, HEADER" if path.suffix == ".csv" else "FORMAT parquet, COMPRESSION zstd"
    connection.execute(f"COPY ({query}) TO '{path}' ({options})")
    return path


def _words(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Titles behind the numbers."""
    connection.execute("CREATE TABLE words (what VARCHAR, number BIGINT, title VARCHAR)")
    vocabularies = {
        "kind": catalogue.organization_kinds,
        "region": catalogue.regions,
        "status": catalogue.statuses,
        "position": catalogue.positions,
    }
    rows: list[tuple[str, int, str]] = [
        (what, number, title) for what, words in vocabularies.items() for number, _, title in words.entries
    ]
    rows += [("posts", words_bits(catalogue.positions, code), title) for _, code, title in catalogue.positions.entries]
    connection.executemany("INSERT INTO words VALUES (?, ?, ?)", rows)
    connection.execute("CREATE TABLE codes (code BIGINT, kind VARCHAR, level VARCHAR, quantity BOOLEAN)")
    codes = [
        (kind.number_of(level), kind.title, title, bool(kind.quantity))
        for kind in catalogue.kinds
        for level, title in ((None, None), *kind.levels)
    ]
    connection.executemany("INSERT INTO codes VALUES (?, ?, ?, ?)", codes)


def words_bits(words: Vocabulary, code: str) -> int:
    """The integer of one entry alone."""
    return words.bits(frozenset({code}))


def _word(what: str, number: str) -> str:
    return f"(SELECT title FROM words w WHERE w.what = '{what}' AND w.number = {number})"


def _queries() -> dict[str, str]:
    organization, member = "printf('ORG%07d', {})", "printf('M%08d', {})"
    facts = " UNION ALL ".join(
        f"""SELECT printf('{letter}%09d', f.fact) AS "编号", c.kind AS "类型", {id_.format("f.subject")} AS "主体",
            {DAY.format("f.day")} AS "日期", c.level AS "层级",
            CASE WHEN c.quantity THEN printf('%d.%02d', f.qty // 100, f.qty % 100) END AS "数量",
            {DAY.format("f.recorded")} AS "录入日期",
            CASE WHEN f.voided < {FOREVER} THEN {DAY.format("f.voided")} END AS "失效日期"
            FROM {table} f JOIN codes c ON c.code = f.code"""
        for letter, id_, table in (("A", organization, "organization_fact"), ("B", member, "member_fact"))
    )
    return {
        "党组织": f"""SELECT {organization.format("org")} AS "编号", '第' || org || '党组织' AS "名称",
            {_word("kind", "o.kind")} AS "类别", {organization.format("parent")} AS "上级",
            {_word("region", "o.region")} AS "地区", size AS "人数", '设支委会、基层一线单位' AS "标记",
            {DAY.format("since")} AS "成立日期" FROM organization o ORDER BY org""",
        "党员": f"""SELECT {member.format("member")} AS "编号", '党员' || member AS "姓名",
            {organization.format("branch")} AS "支部", {_word("status", "m.status")} AS "状态",
            {_word("posts", "m.posts")} AS "职务", {DAY.format("since")} AS "起算日期" FROM member m ORDER BY member""",
        "任职": f"""SELECT {member.format("member")} AS "党员", {organization.format("org")} AS "党组织",
            {_word("position", "p.position")} AS "职务", {DAY.format("start_day")} AS "任职日期" FROM post p
            ORDER BY member""",
        "事实": f"""SELECT * FROM ({facts}) ORDER BY "编号" """,
    }
