"""DuckDB: embedded, the default; also over a connection that holds the relations already."""

from __future__ import annotations

import duckdb

from sisiwu.scoring.relations import COLUMNS, Source
from sisiwu.scoring.runners.interface import Answer, Closing


class DuckdbRunner(Closing):
    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def load(self, relations: Source) -> None:
        for table, columns in COLUMNS.items():
            self._connection.execute(f"CREATE OR REPLACE TABLE {table} ({', '.join(f'{n} BIGINT' for n in columns)})")
            marks = ", ".join("?" * len(columns))
            for rows in relations.batches(table):
                if rows:
                    self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def run(self, statement: str) -> Answer:
        cursor = self._connection.execute(statement)
        return Answer(tuple(entry[0] for entry in cursor.description), cursor.fetchall())

    def close(self) -> None:
        self._connection.close()


def open_(address: str) -> DuckdbRunner:
    return DuckdbRunner(duckdb.connect(address or ":memory:"))
