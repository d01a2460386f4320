"""Worked examples of a scheme (tests/*.yaml): facts in, points out, differences told in Chinese.

The format is section 9 of ``docs/engineers/scheme-language.md``. Which evaluator runs is for the
caller to say: the plain reading by default, a database in the tests of the compiler.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sisiwu.engine import reference
from sisiwu.engine.cases.model import Case, Expected
from sisiwu.engine.cases.reading import read_cases
from sisiwu.engine.records import Dataset
from sisiwu.engine.results import Result
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.values import Period, points_text, score_text

__all__ = ["Case", "CaseOutcome", "Evaluate", "Expected", "read_cases", "run", "run_cases"]

type Evaluate = Callable[[Scheme, Dataset, Period, date | None], dict[int, Result]]


@dataclass(frozen=True)
class CaseOutcome:
    """What came of a case; without differences it holds."""

    case: Case
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def run_cases(scheme_folder: Path, evaluate: Evaluate = reference.evaluate) -> list[CaseOutcome]:
    """Every case of a scheme's folder, in the order of its files. Raises SchemeError."""
    return [run(case, evaluate) for case in read_cases(scheme_folder)]


def run(case: Case, evaluate: Evaluate = reference.evaluate) -> CaseOutcome:
    """One case against what it states."""
    results = evaluate(case.scheme, case.dataset, case.period, case.as_of)
    found = (_difference(case.scheme, expected, results.get(expected.subject)) for expected in case.expected)
    return CaseOutcome(case, tuple(difference for difference in found if difference))


# --- comparing


def _difference(scheme: Scheme, expected: Expected, result: Result | None) -> str:
    """What is not as stated; empty when all is well."""
    if result is None:
        return f"{expected.name} 没有结果：不在本办法的考核范围之内"
    got = _got(scheme, expected, result)
    if got == expected.value:
        return ""
    return f"{expected.name} {_title(scheme, expected)}：期望 {_shown(expected, expected.value)}，实得 {_shown(expected, got)}"


def _got(scheme: Scheme, expected: Expected, result: Result) -> int | str | tuple[str, ...] | None:
    match expected.field:
        case "total":
            return result.total_centi
        case "grade":
            return result.grade
        case "place":
            return result.place
        case "lists":
            return next((score.score_centi for score in result.lists if score.list == expected.key), None)
        case "items":
            item = result.item(expected.key)
            return item.score_centi if item else None
        case _:
            titles = {consequence.id: consequence.title for consequence in scheme.consequences}
            return tuple(sorted(titles[id_] for id_ in result.consequences))


def _title(scheme: Scheme, expected: Expected) -> str:
    match expected.field:
        case "lists":
            title = next(list_.title for list_ in scheme.lists if list_.id == expected.key)
            return f"“{title}”（{expected.key}）"
        case "items":
            title = next(item.title for item in scheme.items() if item.id == expected.key)
            return f"“{title}”（{expected.key}）"
        case field:
            return {"total": "总分", "grade": "等级", "place": "名次", "consequences": "后果"}[field]


def _shown(expected: Expected, value: int | str | tuple[str, ...] | None) -> str:
    if value is None:
        return "无"
    if isinstance(value, tuple):
        return "、".join(value) or "无"
    if isinstance(value, str):
        return value or "无"
    if expected.field == "place":
        return f"第 {value} 名"
    return points_text(value) if value == expected.value else score_text(value)
