"""What is wrong in the rows of a table: each question is one statement over all rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches

import duckdb

from sisiwu.foundation.spreadsheets import Problem
from sisiwu.scoring.datafolder.columns import Sheet
from sisiwu.scoring.datafolder.problems import MOST, Complaints
from sisiwu.scoring.datafolder.texts import FORMS, SAID


class WordError(Exception):
    """A word that is not in the dictionary: a message and a hint."""

    def __init__(self, message: str, hint: str, column: str = "") -> None:
        self.message, self.hint, self.column = message, hint, column
        super().__init__(message)


class Checker:
    """Asks the questions and files the complaints."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, names: list[str], complaints: Complaints) -> None:
        self.connection = connection
        self.names = names
        self.complaints = complaints

    def ask(self, query: str, column: str, message: str, hint: str = "") -> None:
        """Complains of every row (_file, _row, value) that the query gives."""
        counted = self.connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
        count = int(counted[0]) if counted else 0
        if not count:
            return
        rows = self.connection.execute(f"SELECT * FROM ({query}) ORDER BY _file, _row LIMIT {MOST}").fetchall()
        for file, row, value, *more in rows:
            told = message.format(*more)
            self.complaints.add(Problem(self.names[file], row, column, str(value or ""), told, hint.format(*more)))
        self.complaints.count += max(count - MOST, 0)

    def cells(self, sheet: Sheet) -> None:
        """Required cells are there, and every cell can be read as what it should be."""
        table = f"{sheet.name}_text"
        for column in sheet.columns:
            if column.required:
                self.ask(
                    f"SELECT _file, _row, NULL FROM {table} WHERE {column.name} IS NULL",
                    column.title,
                    "这一格不能空着",
                    "补上内容；整行不要的，删去整行",
                )
            if column.form in FORMS:
                read = FORMS[column.form](column.name)
                message, hint = SAID[column.form]
                query = f"SELECT _file, _row, {column.name} FROM {table} WHERE {column.name} IS NOT NULL AND ({read}) IS NULL"
                self.ask(query, column.title, message, hint)

    def unique(self, sheet: Sheet, column: str = "id") -> None:
        """No two rows have the same id; the later one is told, with where the first stands."""
        title = sheet.column(column).title
        table = f"{sheet.name}_text"
        query = f"""SELECT t._file, t._row, t.{column}, f.first
            FROM {table} t JOIN (SELECT {column}, min(_file * 1000000000 + _row) AS at,
                                        arg_min(_row, _file * 1000000000 + _row) AS first
                                 FROM {table} WHERE {column} IS NOT NULL GROUP BY {column} HAVING count(*) > 1) f
            ON f.{column} = t.{column} AND t._file * 1000000000 + t._row > f.at"""
        self.ask(query, title, "与第 {} 行重复", "每行的编号不能相同；确是同一条的，删去一行")

    def words(
        self, sheet: Sheet, columns: tuple[str, ...], resolve: Callable[..., int], target: str, *, empty: bool = False
    ) -> None:
        """Resolves every different word (or tuple of words) once, into relation ``target``.

        ``empty``: rows where all the words are missing are resolved too.
        """
        table, keys = f"{sheet.name}_text", ", ".join(columns)
        some = "true" if empty else " OR ".join(f"{column} IS NOT NULL" for column in columns)
        found = self.connection.execute(
            f"SELECT {keys}, count(*), arg_min(_file, _file * 1000000000 + _row), "
            f"arg_min(_row, _file * 1000000000 + _row) FROM {table} WHERE {some} GROUP BY {keys}"
        ).fetchall()
        listed: list[tuple[object, ...]] = []
        for *words, count, file, row in found:
            try:
                listed.append((*words, resolve(*words)))
            except WordError as error:
                name = error.column or columns[0]
                value = words[columns.index(name)] or ""
                more = f"（共 {count} 行）" if count > 1 else ""
                title = sheet.column(name).title
                self.complaints.add(Problem(self.names[file], row, title, value, error.message + more, error.hint))
        types = ", ".join(f"{column} VARCHAR" for column in columns)
        self.connection.execute(f"CREATE OR REPLACE TABLE {target} ({types}, number BIGINT)")
        if listed:
            marks = ", ".join("?" * (len(columns) + 1))
            self.connection.executemany(f"INSERT INTO {target} VALUES ({marks})", listed)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the most similar known words, or some of them."""
    names = list(known)
    close = get_close_matches(word, names, n=3, cutoff=0.4)
    if close:
        return f"是不是“{'”“'.join(close)}”？"
    return f"可用的有：{'、'.join(names[:12])}{' 等' if len(names) > 12 else ''}" if names else ""


def parted(text: str | None) -> list[str]:
    """Several names in one cell."""
    for mark in "，,;；/|":
        text = (text or "").replace(mark, "、")
    return [part.strip() for part in (text or "").split("、") if part.strip()]
