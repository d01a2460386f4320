"""Workbooks that we make: the blank template, the register in the same form, and the wrong rows of somebody's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from sisiwu.register.intake.columns import SHEETS, Column, Sheet

LIST_ROWS = 20_000
"""Rows with drop-downs."""
WIDE = {"name": 26, "parent": 24, "branch": 24, "organization": 24, "place": 18}
GUIDE = (
    "三张表：党组织、党员、任职。可以只填一张，也可以一次填好；行的先后不限，可以互相引用。",
    "以“示例”开头的行不会导入，可以删，也可以留着。",
    "已有的（编号相同）按表里写的更新；空着的格不改；表里没有的不会删除。先检查，看清新增、变更，再写入。",
    "日期写 2018-11-26、2018.11.26、2018年11月26日、20181126 都可以，要写到日。",
    "没有列出的列（如身份证号码、住址）不采集，留着也不会读。",
)


class Workbook:
    """The three sheets, written from top to bottom in constant memory."""

    def __init__(self) -> None:
        self.buffer = BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.buffer, options)
        common = {"num_format": "@", "valign": "vcenter"}
        self.body = self.book.add_format(common)
        self.head = self.book.add_format({**common, "bold": True, "bg_color": "#F0EDE6", "border": 1})
        self.needed = self.book.add_format({**common, "bold": True, "bg_color": "#E9C9C5", "border": 1})
        self.example = self.book.add_format({**common, "italic": True, "font_color": "#6B6B6B"})
        self.wrong = self.book.add_format({**common, "bg_color": "#F6C7C3"})

    def sheet(
        self,
        sheet: Sheet,
        rows: Iterable[Sequence[str]],
        *,
        example: bool = False,
        lists: bool = True,
        remark: str = "",
    ) -> int:
        """One sheet, with a column of remarks at the end if ``remark`` heads one; how many rows it got."""
        page = self.book.add_worksheet(sheet.title)
        self._columns(page, sheet, lists=lists)
        if remark:
            page.set_column(len(sheet.columns), len(sheet.columns), 80, self.wrong)
            page.write_string(0, len(sheet.columns), remark, self.head)
        if example:
            self._row(page, 1, [column.example for column in sheet.columns], self.example)
        count = 0
        for count, row in enumerate(rows, 1):
            self._row(page, count + example, row, self.body)
        page.ignore_errors({"number_stored_as_text": "A1:Z1048576"})
        return count

    def _columns(self, page: Any, sheet: Sheet, *, lists: bool) -> None:
        page.freeze_panes(1, 2)
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, WIDE.get(column.name, 14), self.body)
            if lists and (rule := _rule(column)):
                page.data_validation(1, place, LIST_ROWS, place, rule)
        for place, column in enumerate(sheet.columns):
            page.write_string(0, place, column.title, self.needed if column.is_required else self.head)

    def _row(self, page: Any, line: int, cells: Sequence[str], form: Any) -> None:
        for place, text in enumerate(cells):
            if text:
                page.write_string(line, place, text, form)

    def list(self, title: str, rows: Iterable[Sequence[str]]) -> None:
        """Problems that belong to no row."""
        page = self.book.add_worksheet(title)
        page.set_column(0, 5, 24)
        self._row(page, 0, ("工作表", "行", "列", "内容", "问题", "改法"), self.head)
        for line, row in enumerate(rows, 1):
            self._row(page, line, row, self.body)

    def guide(self) -> None:
        """The sheet that says how; it is never read."""
        page = self.book.add_worksheet("说明")
        page.set_column(0, 1, 16)
        page.set_column(2, 3, 60)
        line = 0
        for words in GUIDE:
            page.write_string(line, 0, words)
            line += 1
        for place, words in enumerate(("表", "列名", "怎么填", "也认得的列名")):
            page.write_string(line + 1, place, words, self.head)
        line += 2
        for sheet in SHEETS:
            for column in sheet.columns:
                must = "必填" if column.is_required else "可空"
                says = "；".join(part for part in (must, column.note) if part)
                for place, words in enumerate((sheet.title, column.title, says, "、".join(column.others))):
                    page.write_string(line, place, words)
                line += 1

    def close(self) -> bytes:
        """The file."""
        self.book.close()
        return self.buffer.getvalue()


def _rule(column: Column) -> dict[str, Any] | None:
    """A drop-down, or a note shown beside the cell, or neither."""
    note = column.note[:255]
    said = {"input_title": column.title[:32], "input_message": note} if note else {}
    if column.choices:
        return {"validate": "list", "source": list(column.choices), "error_type": "warning", **said}
    return {"validate": "any", **said} if said else None


def template() -> bytes:
    """The blank workbook: three sheets with an example row each, drop-downs, notes, and how to fill it in."""
    made = Workbook()
    for sheet in SHEETS:
        made.sheet(sheet, (), example=True)
    made.guide()
    return made.close()
