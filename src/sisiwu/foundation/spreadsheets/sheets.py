"""A plain workbook of one sheet, as an answer to a browser; numbers of people stay text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

WIDTH_MAX = 40


def workbook(title: str, rows: Iterable[Sequence[object]]) -> bytes:
    """The first row is the heading; everything is written as text, so that no number loses a digit."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    head = book.add_format({"bold": True, "bg_color": "#F0EDE6", "border": 1})
    body = book.add_format({"num_format": "@", "border": 1})
    widths: dict[int, int] = {}
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            text = "" if value is None else str(value)
            sheet.write_string(at, column, text, head if at == 0 else body)
            widths[column] = min(WIDTH_MAX, max(widths.get(column, 8), len(text.encode("gb18030", "replace")) + 2))
    for column, width in widths.items():
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    book.close()
    return buffer.getvalue()
