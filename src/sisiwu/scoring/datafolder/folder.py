"""Opening a folder: all or nothing, and what it then offers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.records import Dataset
from sisiwu.engine.scheme import Scheme
from sisiwu.engine.values import Period, day_date, day_number
from sisiwu.foundation.spreadsheets import Problem
from sisiwu.scoring.datafolder.checking import Checker
from sisiwu.scoring.datafolder.columns import SHEETS
from sisiwu.scoring.datafolder.facts import Facts
from sisiwu.scoring.datafolder.files import TextFiles, files_of
from sisiwu.scoring.datafolder.problems import Complaints, DataError
from sisiwu.scoring.datafolder.rows import records
from sisiwu.scoring.datafolder.subjects import Subjects
from sisiwu.scoring.relations import COLUMNS, Row
from sisiwu.scoring.runners.interface import Closing

type Progress = Callable[[str], None]
BATCH = 50_000


class DataFolder(Closing):
    """A checked folder; ``connection`` holds the relations and the names behind their numbers."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, work: Path, catalogue: Catalogue) -> None:
        self.connection = connection
        self.catalogue = catalogue
        self.notes: list[str] = []
        self._work = work

    def close(self) -> None:
        """Gives everything back."""
        self.connection.close()
        shutil.rmtree(self._work, ignore_errors=True)

    def as_of(self, scheme: Scheme, period: Period, as_of: date | None = None) -> None:
        """Sets the personal year of each member as a scheme sees it on a day."""
        personal = scheme.members if scheme.subject == "organization" and scheme.members else scheme
        calendar, last = personal.calendars[0], min(as_of or period.end, period.end)
        starts = self.connection.execute("SELECT DISTINCT since FROM member").fetchall()
        rows = [(since, day_number(calendar.cycle_start(day_date(since), last))) for (since,) in starts]
        self.connection.execute("CREATE OR REPLACE TEMP TABLE starts (since BIGINT, cycle BIGINT)")
        if rows:
            self.connection.executemany("INSERT INTO starts VALUES (?, ?)", rows)
        self.connection.execute("UPDATE member SET cycle = s.cycle FROM starts s WHERE s.since = member.since")

    def batches(self, table: str) -> Iterator[list[Row]]:
        """The rows of one relation, for other databases."""
        cursor = self.connection.cursor()
        cursor.execute(f"SELECT {', '.join(COLUMNS[table])} FROM {table}")
        while rows := cursor.fetchmany(BATCH):
            yield rows

    def dataset(self, subjects: set[int] | None = None) -> Dataset:
        """Everything as records; with ``subjects`` (numbers of organizations) only their and their members' facts."""
        return records(self.connection, self.catalogue, subjects)

    def names(self, subject: str) -> dict[int, tuple[str, str]]:
        """Id and name by number; ``subject`` organization or member."""
        key = "org" if subject == "organization" else "member"
        rows = self.connection.execute(f"SELECT {key}, id, name FROM {subject}_name").fetchall()
        return {number: (id_, name) for number, id_, name in rows}

    def subject(self, word: str, subject: str) -> int:
        """The number behind an id or a name. Raises KeyError when there is none, ValueError when several."""
        key = "org" if subject == "organization" else "member"
        found = self.connection.execute(f"SELECT number FROM known_{subject} WHERE word = ?", [word]).fetchall()
        if found:
            return int(found[0][0])
        named = self.connection.execute(f"SELECT {key} FROM {subject}_name WHERE name = ?", [word]).fetchall()
        if named:
            raise ValueError(word)
        raise KeyError(word)

    def counts(self) -> dict[str, int]:
        """Rows of each relation."""
        tables = ("organization", "member", "post", "organization_fact", "member_fact")
        return {table: int(self._one(f"SELECT count(*) FROM {table}")) for table in tables}

    def years(self) -> list[tuple[int, int]]:
        """How many facts lie in which year."""
        rows = self.connection.execute("""SELECT year(DATE '1970-01-01' + CAST(day AS INTEGER)), count(*) FROM
            (SELECT day FROM organization_fact UNION ALL SELECT day FROM member_fact) GROUP BY 1 ORDER BY 1""").fetchall()
        return [(int(year), int(count)) for year, count in rows]

    def _one(self, query: str) -> int:
        row = self.connection.execute(query).fetchone()
        return int(row[0]) if row else 0


def open_folder(folder: Path, catalogue: Catalogue, *, progress: Progress | None = None) -> DataFolder:
    """Reads and checks a folder. Raises DataError when anything is wrong; nothing is half-read."""
    say = progress or (lambda _: None)
    if not folder.is_dir():
        hint = "用 data template 生成表样，或写对文件夹的位置"
        raise DataError([Problem(str(folder), 0, "", "", "没有这个文件夹", hint)])
    work = Path(tempfile.mkdtemp(prefix="sisiwu-"))
    connection = duckdb.connect()
    opened = DataFolder(connection, work, catalogue)
    try:
        connection.execute("SET temp_directory = ?", [str(work)])
        _read(opened, folder, work, say)
    except BaseException:
        opened.close()
        raise
    return opened


def _read(opened: DataFolder, folder: Path, work: Path, say: Progress) -> None:
    complaints = Complaints()
    texts = TextFiles(opened.connection, work, complaints)
    found, others = files_of(folder)
    opened.notes += [f"没有用到的文件：{path.name}" for path in others]
    for sheet in SHEETS:
        say(f"读取《{sheet.title}》")
        texts.read(sheet, found[sheet.name], folder)
    opened.notes += texts.notes
    complaints.refuse()
    checker = Checker(opened.connection, texts.names, complaints)
    for sheet in SHEETS:
        say(f"核对《{sheet.title}》")
        checker.cells(sheet)
    subjects, facts = Subjects(checker, opened.catalogue), Facts(checker, opened.catalogue)
    subjects.organizations()
    subjects.members()
    subjects.posts()
    say("整理事实")
    facts.make()
    complaints.refuse()
    for sheet in SHEETS:
        opened.connection.execute(f"DROP TABLE {sheet.name}_text")
    opened.connection.execute("DROP TABLE typed_fact")
