"""Which files of a folder belong to which table, read as text into one relation a table."""

from __future__ import annotations

from pathlib import Path

import duckdb

from sisiwu.foundation.spreadsheets import SUFFIXES, FileError, Problem, TextTable, read_table
from sisiwu.scoring.datafolder.columns import SHEETS, Sheet
from sisiwu.scoring.datafolder.problems import Complaints


def files_of(folder: Path) -> tuple[dict[str, list[Path]], list[Path]]:
    """Files by table, and those that belong to none."""
    found: dict[str, list[Path]] = {sheet.name: [] for sheet in SHEETS}
    others: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES or path.name.startswith((".", "~$")):
            continue
        stem = path.stem.lower()
        mine = [sheet for sheet in SHEETS if stem.startswith((sheet.title, sheet.name))]
        if mine:
            found[max(mine, key=lambda sheet: len(sheet.title)).name].append(path)
        elif path.suffix.lower() != ".txt":
            others.append(path)
    return found, others


class TextFiles:
    """The text relations of a folder: ``<table>_text`` with ``_file``, ``_row`` and every known column."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, work: Path, complaints: Complaints) -> None:
        self.connection = connection
        self.work = work
        self.complaints = complaints
        self.names: list[str] = []
        """File names by ``_file``."""
        self.rows: dict[str, int] = {}
        self.notes: list[str] = []

    def read(self, sheet: Sheet, paths: list[Path], folder: Path) -> None:
        """Reads every file of one table; what cannot be read is a complaint."""
        if not paths and sheet.required:
            hint = f"文件名以“{sheet.title}”开头，如 {sheet.title}.csv、{sheet.title}.xlsx"
            self.complaints.add(Problem(str(folder.name), 0, "", "", f"没有找到《{sheet.title}》表", hint))
        tables = [found for path in paths if (found := self._file(sheet, path)) is not None]
        self.rows[sheet.name] = sum(table.rows for _, table in tables)
        parts = [self._select(sheet, place, table) for place, table in tables]
        if not parts:
            empty = ", ".join(f"CAST(NULL AS VARCHAR) AS {column.name}" for column in sheet.columns)
            parts = [f"SELECT 0 AS _file, 0 AS _row, {empty} WHERE false"]
        self.connection.execute(f"CREATE OR REPLACE TABLE {sheet.name}_text AS {' UNION ALL '.join(parts)}")
        for _, table in tables:
            self.connection.execute(f"DROP TABLE {table.table}")

    def _file(self, sheet: Sheet, path: Path) -> tuple[int, TextTable] | None:
        place = len(self.names)
        self.names.append(path.name)
        try:
            table = read_table(self.connection, path, f"file_{place}", sheet.headings(), self.work)
        except FileError as refused:
            self.complaints.add(refused.problem)
            return None
        for column in sheet.columns:
            if column.required and column.name not in table.columns:
                others = "、".join((column.title, *column.others))
                hint = f"加上这一列；可用的列名：{others}"
                self.complaints.add(Problem(path.name, 0, column.title, "", "缺少这一列", hint))
        if table.unknown:
            self.notes.append(f"{path.name} 里没有用到的列：{'、'.join(table.unknown)}")
        if table.rows == 0 and sheet.name == "organizations":
            self.complaints.add(Problem(path.name, 0, "", "", "只有表头，没有一个党组织", "至少填一行"))
        elif table.rows == 0 and sheet.required:
            self.notes.append(f"{path.name} 只有表头，没有数据")
        return place, table

    def _select(self, sheet: Sheet, place: int, table: TextTable) -> str:
        cells = ", ".join(
            column.name if column.name in table.columns else f"CAST(NULL AS VARCHAR) AS {column.name}"
            for column in sheet.columns
        )
        return f"SELECT CAST({place} AS BIGINT) AS _file, _row, {cells} FROM {table.table}"
