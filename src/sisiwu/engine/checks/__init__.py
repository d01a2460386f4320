"""Checks (检查): whether a scheme that could be read also makes sense.

Every stage looks at one side of the scheme; its docstring lists its complaints. What could not even be
read is told by ``engine.scheme`` (S0xx).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from sisiwu.engine.checks import citations, fit, grading, outcomes, policy, structure, worth
from sisiwu.engine.checks.draft import Draft, begins
from sisiwu.engine.scheme import Scheme, load
from sisiwu.engine.source import Complaint, SchemeError
from sisiwu.engine.values import Period

__all__ = ["check", "check_folder", "check_readings"]

STAGES: tuple[Callable[[Draft], Iterable[Complaint]], ...] = (
    structure.check,
    citations.check,
    grading.check,
    worth.check,
    fit.check,
    outcomes.check,
    policy.check,
)


def check(scheme: Scheme, period: Period | None = None) -> list[Complaint]:
    """Everything wrong with a scheme, by place; ``warning`` marks what only needs a second look.

    ``period`` is the one it is to be used for; without it the scheme's own dates decide which documents
    and policies are in force.
    """
    draft = Draft(scheme, begins(scheme, period))
    return sorted((complaint for stage in STAGES for complaint in stage(draft)), key=_order)


def check_readings(schemes: list[Scheme], period: Period | None = None) -> list[Complaint]:
    """The same of one scheme read for each kind of its periods (K52), each complaint once."""
    found = {complaint: None for scheme in schemes for complaint in check(scheme, period)}
    found |= dict.fromkeys(worth.never_worth(schemes))
    return sorted(found, key=_order)


def check_folder(path: Path, label: str = "") -> list[Complaint]:
    """Everything wrong with the scheme of a folder, be it that it cannot be read or makes no sense.

    ``label`` names the period it is to be used for. Raises ValueError for a label that none of the
    scheme's calendars knows.
    """
    try:
        first = load(path)
        others = [load(path, calendar.kind) for calendar in first.calendars[1:]]
    except SchemeError as error_:
        return sorted(error_.complaints, key=_order)
    return check_readings([first, *others], _period(first, label) if label else None)


def _period(scheme: Scheme, label: str) -> Period:
    for calendar in scheme.calendars:
        try:
            return calendar.period(label)
        except ValueError:
            continue
    raise ValueError(label)


def _order(complaint: Complaint) -> tuple[str, int, int, str, str]:
    place = complaint.place
    return place.file, place.line, place.column, complaint.id, complaint.message
