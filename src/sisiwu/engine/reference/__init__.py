"""The plain reading of a scheme: slow, subject by subject, with every step kept.

This is the judge in tests and the source of explanations. It shares nothing with the compiler.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from sisiwu.engine.records import Dataset
from sisiwu.engine.reference.grading import Grader
from sisiwu.engine.reference.lists import Lists
from sisiwu.engine.reference.picking import World
from sisiwu.engine.reference.rules import Rules
from sisiwu.engine.results import Result
from sisiwu.engine.scheme.forms import MemberAverage
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.values import Period

__all__ = ["evaluate"]


def evaluate(
    scheme: Scheme,
    dataset: Dataset,
    period: Period,
    as_of: date | None = None,
    only: Container[int] | None = None,
) -> dict[int, Result]:
    """Results by subject number, with full traces.

    ``as_of`` defaults to the last day of the period. ``only`` limits what is returned, not who is
    compared.
    """
    world = World(scheme, dataset, period, as_of or period.end)
    totals: dict[int, list[int]] = {}
    if scheme.members is not None and any(isinstance(rule.form, MemberAverage) for rule in scheme.rules()):
        totals = _member_totals(scheme.members, dataset, period, as_of)
    results = Grader(world, Lists(world, Rules(world, totals))).results()
    return {result.subject: result for result in results if only is None or result.subject in only}


def _member_totals(scheme: Scheme, dataset: Dataset, period: Period, as_of: date | None) -> dict[int, list[int]]:
    branches = {member.number: member.branch for member in dataset.members}
    """Totals of the members the member scheme assesses, by branch."""
    totals: dict[int, list[int]] = {}
    for number, result in evaluate(scheme, dataset, period, as_of).items():
        totals.setdefault(branches[number], []).append(result.total_centi)
    return totals
