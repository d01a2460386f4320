"""DuckDB: embedded, the default; also over a connection that holds the relations already."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import duckdb

from sisiwu.engine.sql import PARAMETER
from sisiwu.scoring.relations import COLUMNS, Source
from sisiwu.scoring.runners.interface import Answer, Closing


class DuckdbRunner(Closing):
    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def load(self, relations: Source) -> None:
        with tempfile.TemporaryDirectory(prefix="sisiwu-") as work:
            for table, columns in COLUMNS.items():
                path = Path(work) / f"{table}.csv"
                with path.open("w", encoding="ascii", newline="") as file:
                    writer = csv.writer(file)  # a file is far quicker to load than single rows
                    for rows in relations.batches(table):
                        writer.writerows(rows)
                types = "{" + ", ".join(f"'{name}': 'BIGINT'" for name in columns) + "}"
                read = f"read_csv('{path}', header = false, auto_detect = false, columns = {types})"
                self._connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM {read}")

    def run(self, statement: str, subject: int | None = None) -> Answer:
        if subject is None:
            cursor = self._connection.execute(statement)
        else:
            cursor = self._connection.execute(statement.replace(PARAMETER, "$subject"), {"subject": subject})
        return Answer(tuple(entry[0] for entry in cursor.description), cursor.fetchall())

    def close(self) -> None:
        self._connection.close()


def open_(address: str) -> DuckdbRunner:
    return DuckdbRunner(duckdb.connect(address or ":memory:"))
