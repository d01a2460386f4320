"""What is under check: a scheme, the day from which it is to hold, and everything that looks for facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sisiwu.engine.catalogue import FactKind
from sisiwu.engine.scheme.forms import Pick
from sisiwu.engine.scheme.model import (
    Clause,
    Condition,
    Consequence,
    DirectGrade,
    Grade,
    Item,
    ResponsibilityList,
    Rule,
    Scheme,
    Veto,
)
from sisiwu.engine.scheme.walking import walk
from sisiwu.engine.source import Complaint
from sisiwu.engine.values import Period

type Part = Scheme | ResponsibilityList | Item | Rule | Clause | Veto | DirectGrade | Grade | Consequence
"""Whatever has a place in a scheme file."""


@dataclass(frozen=True)
class Draft:
    """A scheme that was read, and the first day of the period that it is to be used for.

    ``begins`` is None for a scheme that says no date at all: it may be used from any day on.
    """

    scheme: Scheme
    begins: date | None

    def kinds(self, pick: Pick) -> list[FactKind]:
        """The kinds of fact a pick counts, as the dictionary has them."""
        return [kind for code in pick.kinds if (kind := self.scheme.catalogue.kind(code))]

    def owners(self) -> Iterator[Part]:
        """Everything that may look for facts, in the order of the scheme; the scheme itself for not_graded."""
        yield from self.scheme.rules()
        yield from self.scheme.vetoes
        yield from self.scheme.direct_grades
        yield from self.scheme.consequences

    def picks(self) -> Iterator[tuple[Part, Pick]]:
        """Every pick with whoever it belongs to."""
        for owner in self.owners():
            for pick in walk(owner, Pick):
                yield owner, pick
        for pick in walk(self.scheme.not_graded_when, Pick):
            yield self.scheme, pick

    def conditions(self) -> Iterator[tuple[Part, Condition]]:
        """Every condition with whoever it belongs to."""
        for veto in self.scheme.vetoes:
            yield veto, veto.when
        if self.scheme.not_graded_when is not None:
            yield self.scheme, self.scheme.not_graded_when
        for consequence in self.scheme.consequences:
            yield consequence, consequence.when


def begins(scheme: Scheme, period: Period | None) -> date | None:
    """From when a scheme is to hold: its period, else its issue, else the newest document it stands on."""
    if period is not None:
        return period.start
    if scheme.default_period:
        return scheme.calendars[0].period(scheme.default_period).start
    if scheme.issued_on is not None:
        return scheme.issued_on
    cited = {clause.source for clause in scheme.clauses}
    return max((s.issued_on for s in scheme.sources if s.id in cited and s.issued_on is not None), default=None)


def name_of(part: Part) -> str:
    """What a complaint calls it: the author's own id."""
    return part.name if isinstance(part, Grade) else part.id


def error(id_: str, part: Part, message: str, hint: str) -> Complaint:
    """Something that forbids using the scheme, at the place of the part."""
    return Complaint(id_, part.place, message, hint, name_of(part))


def warning(id_: str, part: Part, message: str, hint: str) -> Complaint:
    """Something the author should look at again."""
    return Complaint(id_, part.place, message, hint, name_of(part), warning=True)
