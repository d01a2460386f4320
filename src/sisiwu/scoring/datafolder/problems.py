"""Problems of a data folder, collected: nothing is used while there is one."""

from __future__ import annotations

from sisiwu.foundation.spreadsheets import Problem

MOST = 1000
"""So many are told one by one."""


class DataError(Exception):
    """A folder that cannot be used; ``problems`` says why, ``count`` how many there are in all."""

    def __init__(self, problems: list[Problem], count: int | None = None) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.row))[:MOST]
        self.count = len(problems) if count is None else count
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Complaints:
    """Collects problems; counts those it does not keep."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0

    def add(self, problem: Problem) -> None:
        self.count += 1
        if len(self.problems) < MOST:
            self.problems.append(problem)

    def refuse(self) -> None:
        """Raises DataError when there is any problem."""
        if self.count:
            raise DataError(self.problems, self.count)


__all__ = ["MOST", "Complaints", "DataError", "Problem"]
