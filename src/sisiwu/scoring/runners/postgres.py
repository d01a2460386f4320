"""PostgreSQL: temporary tables of one connection, with covering indexes."""

from __future__ import annotations

import psycopg

from sisiwu.engine.sql import PARAMETER
from sisiwu.scoring.relations import COLUMNS, INDEXES, Source
from sisiwu.scoring.runners.interface import Answer, Closing


class PostgresRunner(Closing):
    dialect = "postgres"

    def __init__(self, dsn: str) -> None:
        try:
            self._connection = psycopg.connect(dsn, autocommit=True)
        except psycopg.OperationalError as error:
            raise ConnectionError(str(error)) from error

    def load(self, relations: Source) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            for table, columns in COLUMNS.items():
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}".encode())
                cursor.execute(f"CREATE TEMP TABLE {table} ({', '.join(f'{n} BIGINT' for n in columns)})".encode())
                with cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
                    for rows in relations.batches(table):
                        for row in rows:
                            copy.write_row(row)
                if table.endswith("_fact"):
                    rest = ", ".join(name for name in columns if name != "subject")
                    cursor.execute(f"CREATE INDEX ON {table} (subject) INCLUDE ({rest})".encode())
                for indexed, keys in INDEXES:
                    if indexed == table:
                        cursor.execute(f"CREATE INDEX ON {table} ({', '.join(keys)})".encode())
                cursor.execute(f"ANALYZE {table}".encode())

    def run(self, statement: str, subject: int | None = None) -> Answer:
        with self._connection.cursor() as cursor:
            if subject is None:
                cursor.execute(statement.encode())
            else:
                text = statement.replace("%", "%%").replace(PARAMETER, "%(subject)s")
                cursor.execute(text.encode(), {"subject": subject}, prepare=True)
            names = tuple(column.name for column in cursor.description or ())
            return Answer(names, cursor.fetchall())

    def close(self) -> None:
        self._connection.close()


def open_(address: str) -> PostgresRunner:
    return PostgresRunner(address)
