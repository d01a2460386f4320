"""All sheets of a file as rows of plain text, each cell where a spreadsheet shows it.

``read_apart`` reads in a process of its own with limits: a file of two cells, the second in the far
corner, makes the reader ask for 512 GB and ends its process (tried with calamine 0.8 and 1,048,576 × 16,384).
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sisiwu.foundation.spreadsheets.encoding import encoding_of
from sisiwu.foundation.spreadsheets.problems import FileError, Problem
from sisiwu.foundation.spreadsheets.reading import DELIMITERS, TITLE_ROWS
from sisiwu.foundation.spreadsheets.trust import SAVE_AS, UNLOCK
from sisiwu.foundation.spreadsheets.workbook import text_of

MEMORY_MAX = 2 * 1024**3
SECONDS_MAX = 120
CELLS_MAX = 8_000_000
ASIDE = ("说明", "选项")
"""Sheets of a template that hold no data."""


@dataclass(frozen=True)
class Page:
    """One sheet; the first of ``rows`` is row 1. ``is_hidden``: its rows are left out."""

    name: str
    rows: list[list[str]]
    is_hidden: bool = False


def read_apart(path: Path, form: str, name: str) -> list[Page]:
    """The sheets of a file of this ``form`` (.xlsx, .xls, .ods, .csv). Raises FileError."""
    source = str(Path(__file__).resolve().parents[3])
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONUTF8": "1", "RUST_BACKTRACE": "0"}
    command = [sys.executable, "-m", "sisiwu.foundation.spreadsheets.pages", str(path), form, name]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS_MAX, env=environment, stdin=subprocess.DEVNULL, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FileError(Problem(name, 0, "", "", "两分钟还没有读完", "分几份导入")) from error
    if done.returncode != 0:
        message = "表格的范围大得不正常（可能在很远的格子里有内容），或已损坏"
        raise FileError(Problem(name, 0, "", "", message, "把名册复制到一个新的工作簿里再上传"))
    answer = json.loads(done.stdout)
    if "problem" in answer:
        raise FileError(Problem(**answer["problem"]))
    return [Page(**page) for page in answer["pages"]]


def read_pages(path: Path, form: str, name: str) -> list[Page]:
    """The same, in this process: for files that are one's own."""
    if form == ".csv":
        return [Page("", list(_csv(path)))]
    try:
        book = CalamineWorkbook.from_path(path)
        pages, cells = [], 0
        for sheet in book.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet or sheet.name in ASIDE:
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                pages.append(Page(sheet.name, [], is_hidden=True))
                continue
            found = book.get_sheet_by_name(sheet.name)
            cells += found.total_height * found.total_width
            if cells > CELLS_MAX:
                raise FileError(Problem(name, 0, "", "", "表格的范围大得不正常", "把名册复制到一个新的工作簿里再上传"))
            pages.append(Page(sheet.name, _filled(found)))
    except PasswordError as error:
        raise FileError(Problem(name, 0, "", "", "文件设了密码，打不开", UNLOCK)) from error
    except (CalamineError, OSError, ValueError) as error:
        message = "打不开这个工作簿（可能设了密码、已损坏，或不是 Excel 格式）"
        raise FileError(Problem(name, 0, "", "", message, SAVE_AS)) from error
    return pages


def _filled(sheet: CalamineSheet) -> list[list[str]]:
    """The rows; a cell merged over several rows says the same in each that holds anything else."""
    if not sheet.total_height:
        return []
    rows = [[text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for row in rows[top + 1 : bottom + 1] if left == right else ():
            if left < len(row) and any(row) and not row[left]:
                row[left] = rows[top][left]
    return _without_tails(rows)


def _csv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding=encoding_of(path), newline="") as file:
        lines = [line for line, _ in zip(file, range(TITLE_ROWS), strict=False)]
    delimiter = max(DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))
    csv.field_size_limit(1_000_000)
    try:
        with path.open(encoding=encoding_of(path), newline="") as file:
            yield from _without_tails(list(csv.reader(file, delimiter=delimiter)))
    except csv.Error as error:
        raise FileError(Problem(path.name, 0, "", "", "读不成表格，引号可能没有成对", SAVE_AS)) from error


def _without_tails(rows: list[list[str]]) -> list[list[str]]:
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _limit() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, form: str, name: str) -> None:
    """Writes the sheets, or the problem, as JSON."""
    _limit()
    try:
        answer: dict[str, object] = {"pages": [asdict(page) for page in read_pages(Path(path), form, name)]}
    except FileError as error:
        answer = {"problem": asdict(error.problem)}
    json.dump(answer, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
