"""A case as read: what happened, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sisiwu.engine.records import Dataset
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.source import Place
from sisiwu.engine.values import Period


@dataclass(frozen=True)
class Expected:
    """One value that a case states of one subject."""

    subject: int
    name: str
    field: str
    key: str
    value: int | str | tuple[str, ...]
    """Hundredths for total, lists and items; a whole number for place; texts for the others."""


@dataclass(frozen=True)
class Case:
    """A case as read: what happened, and what must come of it."""

    name: str
    place: Place
    scheme: Scheme
    period: Period
    as_of: date | None
    dataset: Dataset
    expected: tuple[Expected, ...]
