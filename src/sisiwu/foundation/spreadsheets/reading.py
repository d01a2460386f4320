"""One file -> a table of texts in DuckDB, each row with the number a spreadsheet would show."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sisiwu.foundation.spreadsheets.encoding import as_utf8
from sisiwu.foundation.spreadsheets.problems import FileError, Problem
from sisiwu.foundation.spreadsheets.workbook import as_csv

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet")
TITLE_ROWS = 15
"""A heading stands in one of the first so many rows; titles may stand above it."""
QUOTING = "含有逗号、引号或换行的内容要用一对英文双引号括起来，里面的双引号写两个"
BLOCK = 1 << 22
DELIMITERS = (",", "\t", ";", "，")


@dataclass(frozen=True)
class TextTable:
    """``table`` has a column ``_row`` and one text column for each of ``columns``."""

    table: str
    file: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    """Headings that nobody asked for."""
    rows: int


def read_table(
    connection: duckdb.DuckDBPyConnection, path: Path, table: str, headings: Mapping[str, str], work: Path
) -> TextTable:
    """Reads a file; ``headings`` says which column a heading (normalised) means.

    Empty rows vanish. Raises FileError when the file is no table, or has no row of headings.
    """
    if path.suffix.lower() == ".parquet":
        return _parquet(connection, path, table, headings)
    text = work / f"{table}.csv"
    is_text = path.suffix.lower() in (".csv", ".txt", ".tsv")
    source = as_utf8(path, text) if is_text else as_csv(path, text)
    if source.stat().st_size == 0:
        raise FileError(Problem(path.name, 0, "", "", "文件是空的", "用 data template 生成表样再填"))
    _quotes(source, path.name)
    delimiter = _delimiter(source)
    width = _raw(connection, source, path.name, delimiter)
    first = connection.execute(f"SELECT * FROM raw_text ORDER BY _row LIMIT {TITLE_ROWS}").fetchall()
    place, names = _heading(path.name, first, headings)
    return _named(connection, path.name, table, names + [""] * (width - len(names)), headings, place)


def normal(text: str) -> str:
    """A heading as it is compared: full-width as half-width, no spaces, no remarks in brackets."""
    flat = "".join(unicodedata.normalize("NFKC", text).split()).lower().lstrip("*")
    return flat.split("(")[0]


def _quotes(path: Path, name: str) -> None:
    """Refuses a text in which a quotation never ends; says where it begins."""
    with path.open("rb") as file:
        count = sum(block.count(b'"') for block in iter(lambda: file.read(BLOCK), b""))
    if count % 2 == 0:
        return
    begun, is_open = 0, False
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.count(b'"') % 2:
                is_open = not is_open
                begun = number if is_open else begun
    raise FileError(Problem(name, begun, "", "", "引号没有成对", QUOTING))


def _delimiter(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line, _ in zip(file, range(TITLE_ROWS), strict=False)]
    return max(DELIMITERS[:3], key=lambda mark: max((line.count(mark) for line in lines), default=0))


def _raw(connection: duckdb.DuckDBPyConnection, path: Path, name: str, delimiter: str) -> int:
    """All cells as text, whatever the rows are like; returns the number of columns."""
    with path.open(encoding="utf-8", newline="") as file:
        width = max((line.count(delimiter) for line, _ in zip(file, range(200), strict=False)), default=0) + 1
    columns = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width)) + "}"
    try:
        connection.execute(
            f"""CREATE OR REPLACE TABLE raw_text AS
                SELECT row_number() OVER () AS _row, * FROM read_csv(?, header = false, auto_detect = false,
                    columns = {columns}, delim = ?, quote = '"', escape = '"', null_padding = true,
                    parallel = false, strict_mode = true, max_line_size = 1000000)""",
            [str(path), delimiter],
        )
    except duckdb.Error as error:
        line = next((part for part in str(error).splitlines() if "Line" in part), "")
        digits = "".join(char for char in line.split("Original")[0] if char.isdigit())
        row = int(digits) if digits else 0
        message = "这一行的列数与表头不符，或引号没有成对" if row else "读不成表格"
        raise FileError(Problem(name, row, "", "", message, QUOTING)) from error
    return width


def _heading(name: str, rows: list[tuple[object, ...]], headings: Mapping[str, str]) -> tuple[int, list[str]]:
    """The row of headings: the one in which most cells are known."""
    best: tuple[int, int, list[str]] = (0, 0, [])
    for place, *cells in rows:
        texts = [str(cell or "") for cell in cells]
        known = sum(1 for text in texts if normal(text) in headings)
        if known > best[0] and isinstance(place, int):
            best = (known, place, texts)
    if best[0] < 2:
        shown = "、".join(dict.fromkeys(headings.values()))
        raise FileError(Problem(name, 0, "", "", "没有找到表头", f"第一行写列名，例如：{shown}"))
    return best[1], best[2]


def _named(
    connection: duckdb.DuckDBPyConnection,
    file: str,
    table: str,
    names: list[str],
    headings: Mapping[str, str],
    place: int,
) -> TextTable:
    chosen: dict[str, int] = {}
    unknown: list[str] = []
    for i, name in enumerate(names):
        meant = headings.get(normal(name))
        if meant is None and name.strip():
            unknown.append(name.strip())
        elif meant in chosen:
            raise FileError(Problem(file, place, name, "", "同一列出现了两次", "删去其中一列"))
        elif meant is not None:
            chosen[meant] = i
        elif not name.strip():
            _headless(connection, file, i, place)
    return _create(connection, file, table, chosen, unknown, lambda i: f"c{i}", f"raw_text WHERE _row > {place}")


def _headless(connection: duckdb.DuckDBPyConnection, file: str, column: int, place: int) -> None:
    """Refuses cells under no heading: they would be lost."""
    found = connection.execute(
        f"SELECT _row, c{column} FROM raw_text WHERE _row > {place} AND trim(c{column}) <> '' ORDER BY _row LIMIT 1"
    ).fetchone()
    if found:
        message = "这一行的列数多于表头，多出来的内容没有列名"
        raise FileError(Problem(file, found[0], "", found[1], message, f"给这一列加上列名；{QUOTING}"))


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path, table: str, headings: Mapping[str, str]) -> TextTable:
    try:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise FileError(Problem(path.name, 0, "", "", "不是可读的 Parquet 文件")) from error
    chosen: dict[str, int] = {}
    unknown: list[str] = []
    for i, (name, *_) in enumerate(described):
        meant = headings.get(normal(str(name)))
        if meant is None:
            unknown.append(str(name))
        else:
            chosen.setdefault(meant, i)
    quoted = [str(name).replace('"', '""') for name, *_ in described]
    file = str(path).replace("'", "''")
    source = f"(SELECT row_number() OVER () + 1 AS _row, * FROM read_parquet('{file}'))"
    return _create(
        connection,
        path.name,
        table,
        chosen,
        unknown,
        lambda i: f'CAST("{quoted[i]}" AS VARCHAR)',
        f"{source} WHERE true",
    )


CLEAN = "NULLIF(trim(translate({}, '０１２３４５６７８９　\u00a0', '0123456789  '), ' \t\r\n'), '')"
"""Half-width digits, no blanks at the ends, nothing for an empty cell."""


def _create(
    connection: duckdb.DuckDBPyConnection,
    file: str,
    table: str,
    chosen: dict[str, int],
    unknown: list[str],
    cell: Callable[[int], str],
    source: str,
) -> TextTable:
    columns = [f"{CLEAN.format(cell(i))} AS {name}" for name, i in chosen.items()]
    filled = " OR ".join(f"{name} IS NOT NULL" for name in chosen)
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM (SELECT _row, {', '.join(columns)} FROM {source}) "
        f"WHERE {filled or 'false'}"
    )
    connection.execute("DROP TABLE IF EXISTS raw_text")
    counted = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return TextTable(table, file, tuple(chosen), tuple(unknown), int(counted[0]) if counted else 0)
