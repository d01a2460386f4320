"""Small workbooks of a register, written as a person would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

from sisiwu.foundation.spreadsheets.pages import Page
from sisiwu.register.intake.planning import Plan, plan
from sisiwu.register.intake.reading import Book, read

TODAY = date(2026, 11, 24)
type Sheet = Sequence[Sequence[Any]]

ORGANIZATIONS = (
    ("编号", "名称", "类别", "上级", "地区", "成立日期", "本届选举日期"),
    ("DZ9001", "援疆警队临时党委", "临时党委", "厅机关党委", "省直", "2024-01-05", ""),
    ("DZ9002", "援疆第一党支部", "党支部", "援疆警队临时党委", "成都市", "2024.2.1", "2024-02-02"),
)
MEMBERS = (
    ("编号", "姓名", "所在支部", "党籍", "入党日期", "编入支部日期"),
    ("M9001", "单雄信", "DZ9002", "正式党员", "2010-07-01", "2024-02-01"),
    ("M9002", "张　三", "援疆第一党支部", "预备党员", "２０２５年７月１日", "2025-07-01"),
)
POSITIONS = (
    ("党员编号", "姓名", "党组织", "职务", "任职日期"),
    ("M9001", "单雄信", "援疆第一党支部", "书记", "2024-02-02"),
)


def workbook(**sheets: Sheet) -> bytes:
    """A workbook of openpyxl: ``workbook(党组织=[...], 党员=[...])``."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def whole(**sheets: Sheet) -> bytes:
    """The three sheets above, some of them replaced."""
    return workbook(**{"党组织": ORGANIZATIONS, "党员": MEMBERS, "任职": POSITIONS, **sheets})


def book_of(skip: Sequence[tuple[str, int]] = (), **sheets: Sheet) -> Book:
    """Rows of text as read, without a file."""
    pages = [Page(title, [[str(cell) for cell in row] for row in rows]) for title, rows in sheets.items()]
    return read(pages, skip, "名册.xlsx")


def planned(
    skip: Sequence[tuple[str, int]] = (), *, reach: str = "", day: date = TODAY, today: date = TODAY, **sheets: Sheet
) -> Plan:
    """What these sheets ask for on 24 November 2026, or on another day (what the demonstration exports: today)."""
    return plan(book_of(skip, **sheets), reach=[reach], day=day, today=today)


def told(made: Plan) -> list[str]:
    """The problems as sentences."""
    return [str(problem) for problem in made.problems]
