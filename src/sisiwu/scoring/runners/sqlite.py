"""SQLite: tables in memory or in one file, with covering indexes."""

from __future__ import annotations

import sqlite3

from sisiwu.scoring.relations import COLUMNS, INDEXES, Source
from sisiwu.scoring.runners.interface import Answer, Closing


class SqliteRunner(Closing):
    dialect = "sqlite"

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path or ":memory:")

    def load(self, relations: Source) -> None:
        for table, columns in COLUMNS.items():
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")
            self._connection.execute(f"CREATE TABLE {table} ({', '.join(f'{name} INTEGER' for name in columns)})")
            marks = ", ".join("?" * len(columns))
            for rows in relations.batches(table):
                self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        for table in ("organization_fact", "member_fact"):
            rest = ", ".join(name for name in COLUMNS[table] if name != "subject")
            self._connection.execute(f"CREATE INDEX {table}_covering ON {table} (subject, {rest})")
        for table, columns in INDEXES:
            self._connection.execute(f"CREATE INDEX {table}_{columns[0]} ON {table} ({', '.join(columns)})")
        self._connection.commit()

    def run(self, statement: str, subject: int | None = None) -> Answer:
        cursor = self._connection.execute(statement, {} if subject is None else {"subject": subject})
        return Answer(tuple(entry[0] for entry in cursor.description), cursor.fetchall())

    def close(self) -> None:
        self._connection.close()


def open_(address: str) -> SqliteRunner:
    return SqliteRunner(address)
