"""DuckDB: embedded, the default."""

from __future__ import annotations

import duckdb

from sisiwu.scoring.relations import COLUMNS, Relations
from sisiwu.scoring.runners.interface import Answer, Closing


class DuckdbRunner(Closing):
    dialect = "duckdb"

    def __init__(self, path: str) -> None:
        self._connection = duckdb.connect(path or ":memory:")

    def load(self, relations: Relations) -> None:
        for table, columns in COLUMNS.items():
            self._connection.execute(f"CREATE OR REPLACE TABLE {table} ({', '.join(f'{n} BIGINT' for n in columns)})")
            rows = relations.rows[table]
            if rows:
                marks = ", ".join("?" * len(columns))
                self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def run(self, statement: str) -> Answer:
        cursor = self._connection.execute(statement)
        return Answer(tuple(entry[0] for entry in cursor.description), cursor.fetchall())

    def close(self) -> None:
        self._connection.close()


def open_(address: str) -> DuckdbRunner:
    return DuckdbRunner(address)
