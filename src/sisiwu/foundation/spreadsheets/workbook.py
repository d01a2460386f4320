"""The first sheet of a workbook as a CSV of plain text; nothing in it is executed or followed."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from sisiwu.foundation.spreadsheets.problems import FileError, Problem

type Cell = int | float | str | bool | time | date | datetime | timedelta | None


def as_csv(path: Path, target: Path) -> Path:
    """Writes the first sheet that is not empty. Raises FileError when the file is no workbook."""
    try:
        book = CalamineWorkbook.from_path(path)
        names = [sheet.name for sheet in book.sheets_metadata]
        sheets = (book.get_sheet_by_name(name) for name in names if name not in ("说明", "选项"))
        rows: list[list[Cell]] = next(
            (found for sheet in sheets if (found := sheet.to_python(skip_empty_area=False))), []
        )
    except (CalamineError, OSError, ValueError) as error:
        message = "打不开这个工作簿（可能设了密码、已损坏，或不是 Excel 格式）"
        raise FileError(Problem(path.name, 0, "", "", message, "用 Excel 或 WPS 打开后另存为 .xlsx")) from error
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow([text_of(cell) for cell in row])
    return target


def text_of(cell: Cell) -> str:
    """What a cell says: whole numbers without a point, days as 2018-11-26."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float():
            return str(int(cell)) if cell.is_integer() else f"{cell:.10g}"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
