"""Checks (检查): whether a scheme that could be read also makes sense.

Every stage looks at one side of the scheme; its docstring lists its complaints. What could not even be
read is told by ``engine.scheme`` (S0xx).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from sisiwu.engine.checks import citations, fit, grading, outcomes, policy, structure, worth
from sisiwu.engine.checks.draft import Draft, begins
from sisiwu.engine.scheme import Scheme, load
from sisiwu.engine.source import Complaint, Place, SchemeError
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
BY_PERIOD = ("C308", "C401", "C402", "C403", "C404", "C405", "C411", "C606")
"""What is out of reach depends on the values and on the length of the period."""


def check(scheme: Scheme, period: Period | None = None) -> list[Complaint]:
    """Everything wrong with a scheme, by place; ``warning`` marks what only needs a second look.

    ``period`` is the one it is to be used for; without it the scheme's own dates decide which documents
    and policies are in force. What is out of reach is not told for a scheme that was read for one of
    several kinds of period (K52): see ``check_readings``.
    """
    found = _judged(scheme, begins(scheme, period))
    several = len(scheme.calendars) > 1
    return [complaint for complaint in found if not (several and complaint.id in BY_PERIOD)]


def check_readings(schemes: Sequence[Scheme], period: Period | None = None) -> list[Complaint]:
    """The same of one scheme read for each kind of its periods, each complaint once.

    What is out of reach in one kind of period is wrong only if it is so in all of them.
    """
    readings = [_judged(scheme, begins(schemes[0], period)) for scheme in schemes]
    everywhere = set.intersection(*({(one.id, one.place) for one in reading} for reading in readings))
    found: dict[tuple[str, Place, str], Complaint] = {}
    for complaint in (one for reading in readings for one in reading):
        if complaint.id not in BY_PERIOD:
            found.setdefault((complaint.id, complaint.place, complaint.message), complaint)
        elif (complaint.id, complaint.place) in everywhere:
            found.setdefault((complaint.id, complaint.place, ""), complaint)
    return sorted(found.values(), key=_order)


def _judged(scheme: Scheme, day: date | None) -> list[Complaint]:
    draft = Draft(scheme, day)
    return sorted((complaint for stage in STAGES for complaint in stage(draft)), key=_order)


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
