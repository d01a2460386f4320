"""The user's own workbook with the wrong cells marked; where that cannot be, the wrong rows in our form."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from io import BytesIO
from pathlib import PurePath

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from sisiwu.foundation.spreadsheets import Problem
from sisiwu.register.intake.columns import SHEETS
from sisiwu.register.intake.planning import Plan
from sisiwu.register.intake.reading import Book, Row
from sisiwu.register.intake.sheets import Workbook

OWN_ROWS_MAX = 5000
OWN_BYTES_MAX = 40 * 1024 * 1024
"""Unpacked; openpyxl holds everything (users.md, section 1: 900 MB for 100,000 rows)."""
RED = PatternFill("solid", fgColor="F6C7C3")
AUTHOR = "名册导入"
TITLE = "问题"


def marked(content: bytes, form: str, name: str, book: Book, plan: Plan) -> tuple[bytes, str]:
    """The file to give back, and its name."""
    stem = PurePath(name).stem
    if form == ".xlsx" and _is_small(content, book):
        try:
            return _own(content, book, plan), f"{stem}-标注.xlsx"
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile):
            pass  # A workbook that only its own program understands: the wrong rows still help.
    return _wrong_rows(book, plan), f"{stem}-有问题的行.xlsx"


def _is_small(content: bytes, book: Book) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        size = sum(one.file_size for one in packed.infolist())
    return size <= OWN_BYTES_MAX and sum(len(rows) for rows in book.rows.values()) <= OWN_ROWS_MAX


def _words(problem: Problem) -> str:
    return f"{problem.message}（{problem.hint}）" if problem.hint else problem.message


def _own(content: bytes, book: Book, plan: Plan) -> bytes:
    """Macros and links to other files are left behind; everything else stays as the sender made it."""
    opened = openpyxl.load_workbook(BytesIO(content), keep_vba=False, keep_links=False)
    tables = {table.page: table for table in book.tables}
    by_row: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in plan.problems:
        if problem.file in tables and problem.row:
            by_row[problem.file, problem.row].append(problem)
    last = {page: opened[page].max_column + 1 for page in tables}
    for (page, row), problems in by_row.items():
        sheet, table = opened[page], tables[page]
        sheet.row_dimensions[row].hidden = False
        for problem in problems:
            index = next((at for at, heading in table.places.values() if heading == problem.column), None)
            cell = sheet.cell(row, index + 1) if index is not None else None
            if cell is not None and not isinstance(cell, MergedCell):
                before = f"{cell.comment.text}\n" if cell.comment else ""
                cell.fill, cell.comment = RED, Comment(before + _words(problem), AUTHOR, width=320, height=120)
        if row != table.head:
            said = sheet.cell(row, last[page], "；".join(f"{one.column}：{_words(one)}" for one in problems))
            said.fill = RED
    for page, table in tables.items():
        if any(name == page for name, _ in by_row):
            sheet = opened[page]
            sheet.cell(table.head, last[page], TITLE)
            sheet.column_dimensions[sheet.cell(table.head, last[page]).column_letter].width = 60
    buffer = BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def _wrong_rows(book: Book, plan: Plan) -> bytes:
    """The wrong rows under our headings with what is wrong beside them: mended, it can be imported alone."""
    made, by_row = Workbook(), defaultdict(list)
    for problem in plan.problems:
        by_row[problem.file, problem.row].append(problem)
    placed: set[tuple[str, int]] = set()
    for sheet in SHEETS:
        wrong = [row for row in book.rows[sheet.name] if row.key in by_row]
        placed |= {row.key for row in wrong}
        cells = [[*(row.get(column.name) for column in sheet.columns), _told(row, by_row[row.key])] for row in wrong]
        made.sheet(sheet, cells, lists=False, remark=TITLE)
    others = [one for one in plan.problems if (one.file, one.row) not in placed]
    made.list(
        "其他问题", [[one.file, str(one.row or ""), one.column, one.value, one.message, one.hint] for one in others]
    )
    return made.close()


def _told(row: Row, problems: list[Problem]) -> str:
    said = "；".join(
        f"{one.column}“{one.value}”：{_words(one)}" if one.value else f"{one.column}：{_words(one)}" for one in problems
    )
    return f"{row.place}　{said}"
