"""Sheets of text -> the rows of our three tables, each with where it stands; what is left out is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sisiwu.foundation.spreadsheets import Problem
from sisiwu.foundation.spreadsheets.pages import Page
from sisiwu.foundation.spreadsheets.reading import TITLE_ROWS, normal
from sisiwu.register.intake.columns import EXAMPLE, FOOT, IGNORED, NOT_COLLECTED, SHEETS, Column, Sheet
from sisiwu.register.intake.texts import clean

ROWS_MAX = 300_000
NEEDED = ("name", "branch", "organization", "position")
"""Columns without which a sheet says nothing; other required cells are only asked of what is new."""


@dataclass(slots=True, frozen=True)
class Row:
    """One row: ``cells`` by column name, cleaned, empty ones absent. ``table`` knows the headings."""

    table: Table
    row: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def key(self) -> tuple[str, int]:
        """How the row is named when it is to be left out."""
        return self.table.page, self.row

    @property
    def place(self) -> str:
        return f"《{self.table.page}》第 {self.row} 行"

    def problem(self, column: str, message: str, hint: str = "", value: str | None = None) -> Problem:
        """What is wrong with a cell of this row."""
        shown = self.get(column) if value is None else value
        return Problem(self.table.page, self.row, self.table.heading(column), shown, message, hint)


@dataclass(slots=True)
class Table:
    """One sheet of a file that was understood as one of ours."""

    sheet: Sheet
    page: str
    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Column name -> its index and its heading as written."""
    head: int = 0
    """The row of headings, counted from 1."""

    def heading(self, column: str) -> str:
        """The heading as the file has it, or ours."""
        return self.places[column][1] if column in self.places else self.sheet.column(column).title


@dataclass(slots=True)
class Book:
    """Everything that was read from one file."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {sheet.name: [] for sheet in SHEETS})
    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: list[Row] = field(default_factory=list)
    """Rows that the user leaves out."""


def read(pages: Iterable[Page], skip: Iterable[tuple[str, int]], name: str) -> Book:
    """Which sheet is which table, and their rows; ``skip`` names rows (sheet, row) to leave out."""
    book, left_out = Book(), set(skip)
    for page in pages:
        if page.is_hidden:
            book.notes.append(f"隐藏的工作表“{page.name}”没有读")
        elif table := _table(book, page, name):
            _rows(book, page, table, left_out)
    if not book.tables and not book.problems:
        shown = "；".join(
            f"{sheet.title}：{'、'.join(column.title for column in sheet.columns[:4])}" for sheet in SHEETS
        )
        book.problems.append(Problem(name, 0, "", "", "没有找到名册", f"表头要有这样的列名（{shown}），或用空白表样"))
    total = sum(len(rows) for rows in book.rows.values())
    if total > ROWS_MAX:
        book.problems.append(Problem(name, 0, "", "", f"有 {total} 行，一次最多 {ROWS_MAX} 行", "分几份导入"))
        book.rows = {sheet.name: [] for sheet in SHEETS}
    elif book.tables and not total and not book.skipped:
        book.problems.append(Problem(name, 0, "", "", "只有表头，没有内容", "填好再上传"))
    return book


def _table(book: Book, page: Page, name: str) -> Table | None:
    """The table that a sheet is, by its headings first and its name when they leave a doubt."""
    best: tuple[tuple[int, bool], int, Sheet] | None = None
    title = normal(page.name)
    for place, row in enumerate(page.rows[:TITLE_ROWS], 1):
        texts = [normal(clean(cell)) for cell in row]
        for sheet in SHEETS:
            headings = sheet.headings()
            known = len({headings[text] for text in texts if text in headings})
            named = any(normal(word) == title for word in (sheet.title, *sheet.others))
            needed = [column for column in sheet.columns if column.is_required and column.name in _meant(texts, sheet)]
            rank = (known + len(needed) + 3 * named, named)
            if known >= 2 and needed and (best is None or rank > best[0]):
                best = (rank, place, sheet)
    shown = page.name or (best[2].title if best else name)
    if best is None:
        if any(any(cell.strip() for cell in row) for row in page.rows):
            book.notes.append(f"工作表“{shown}”看不出是党组织、党员还是任职，没有读")
        return None
    table = Table(best[2], shown, head=best[1])
    _columns(book, table, page)
    book.tables.append(table)
    return table


def _meant(texts: Iterable[str], sheet: Sheet) -> set[str]:
    headings = sheet.headings()
    return {headings[text] for text in texts if text in headings}


def _columns(book: Book, table: Table, page: Page) -> None:
    """Which column stands where; what nobody asked for and what is not collected is named."""
    headings = table.sheet.headings()
    heads = [clean(cell) for cell in page.rows[table.head - 1]]
    found: dict[str, list[tuple[int, int, str]]] = {}
    unknown: list[str] = []
    refused: list[str] = []
    for index, head in enumerate(heads):
        flat = normal(head)
        if flat in headings:
            column = table.sheet.column(headings[flat])
            found.setdefault(column.name, []).append((_rank(column, flat), index, head))
        elif flat in NOT_COLLECTED:
            refused.append(head)
        elif flat and flat not in IGNORED:
            unknown.append(head)
    for name, places in found.items():
        places.sort()
        table.places[name] = places[0][1], places[0][2]
        for rank, _, head in places[1:]:
            if rank == places[0][0]:
                problem = Problem(table.page, table.head, head, "", "同一列出现了两次", "删去其中一列")
                book.problems.append(problem)
            (refused if normal(head) in NOT_COLLECTED else unknown).append(head)
    if refused:
        book.notes.append(f"《{table.page}》里不采集，已略过：{'、'.join(refused)}")
    if unknown:
        book.notes.append(f"《{table.page}》里没有用到的列：{'、'.join(unknown)}")
    for column in table.sheet.columns:
        if column.name in NEEDED and column.is_required and column.name not in table.places:
            hint = f"加上这一列；可用的列名：{'、'.join((column.title, *column.others))}"
            book.problems.append(Problem(table.page, table.head, column.title, "", "缺少这一列", hint))
    if table.sheet.name == "positions" and not {"code", "name"} & set(table.places):
        book.problems.append(Problem(table.page, table.head, "党员编号", "", "缺少这一列", "加上党员编号或姓名"))


def _rank(column: Column, flat: str) -> int:
    return [normal(word) for word in (column.title, *column.others)].index(flat)


def _rows(book: Book, page: Page, table: Table, skip: set[tuple[str, int]]) -> None:
    examples = feet = 0
    for number, texts in enumerate(page.rows[table.head :], table.head + 1):
        first = next((text for cell in texts if (text := clean(cell))), "")
        cells = {
            name: text
            for name, (index, _) in table.places.items()
            if index < len(texts) and (text := clean(texts[index]))
        }
        if not cells:
            continue
        if first.startswith(EXAMPLE):
            examples += 1
            continue
        if first.startswith(FOOT):
            feet += 1
            continue
        row = Row(table, number, cells)
        (book.skipped if row.key in skip else book.rows[table.sheet.name]).append(row)
    if examples:
        book.notes.append(f"《{table.page}》里的示例行没有读")
    if feet:
        book.notes.append(f"《{table.page}》里有 {feet} 行合计、备注等，没有读")
