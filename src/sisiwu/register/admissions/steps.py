"""The 25 steps as data: read once from steps.yaml, where each period has its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from sisiwu.register.members.models import Status

LAST = 25


@dataclass(frozen=True)
class Period:
    """So many months after a step; ``words`` say it."""

    after: int
    months: int
    words: str
    at_most: int | None = None
    """A deadline that may be extended: to so many months."""


@dataclass(frozen=True)
class Prolonging:
    """By how many months a period may be made longer."""

    at_least: int
    at_most: int


@dataclass(frozen=True)
class Repeating:
    """Again at least every so many months until another step."""

    months: int
    since: int
    until: int
    words: str


@dataclass(frozen=True)
class Need:
    """A number that a step must reach; ``name`` is the field."""

    name: str
    label: str
    at_least: int
    words: str


@dataclass(frozen=True)
class Step:
    """One of the 25."""

    number: int
    title: str
    phase: str
    by: str
    who: str
    source: str
    opens: Period | None = None
    due: Period | None = None
    prolong: Prolonging | None = None
    repeats: Repeating | None = None
    needs: tuple[Need, ...] = ()
    status: Status | None = None
    joined_from: int | None = None

    def __str__(self) -> str:
        return f"第 {self.number} 步“{self.title}”"

    @property
    def is_superior(self) -> bool:
        """Done by the committee above, not by the branch."""
        return self.by == "superior"


@cache
def _read() -> tuple[tuple[str, ...], dict[int, Step]]:
    text = files("sisiwu.register.admissions").joinpath("steps.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    phases = tuple(data["phases"])
    made = [_step(one, phases) for one in data["steps"]]
    return phases, {one.number: one for one in made}


def _step(one: dict[str, Any], phases: tuple[str, ...]) -> Step:
    forms: dict[str, type[Any]] = {"opens": Period, "due": Period, "prolong": Prolonging, "repeats": Repeating}
    parts: dict[str, Any] = {name: form(**one[name]) for name, form in forms.items() if name in one}
    if "status" in one:
        parts["status"] = Status[one["status"]]
    parts["needs"] = tuple(Need(**need) for need in one.get("needs", ()))
    parts["phase"] = phases[one["phase"] - 1]
    return Step(**{**one, **parts})


def phases() -> tuple[str, ...]:
    """The five parts of the way, in order."""
    return _read()[0]


def steps() -> dict[int, Step]:
    """All steps by number, in order."""
    return _read()[1]
