"""What is wrong in a file, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; ``row`` counts as a spreadsheet shows it, 0: the file as a whole."""

    file: str
    row: int
    column: str
    value: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file} 第 {self.row} 行" if self.row else self.file
        column = f"“{self.column}”列" if self.column else ""
        value = f"“{self.value}”" if self.value else ""
        hint = f"（改法：{self.hint}）" if self.hint else ""
        return f"{where}{column}{value}：{self.message}{hint}"


class FileError(Exception):
    """A file that cannot be read as a table."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))
