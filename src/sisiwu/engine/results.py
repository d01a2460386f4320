"""What an evaluation says of one subject: scores all the way down to the facts that were counted."""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.engine.records import Fact

NOT_GRADED = "不评定"


@dataclass(frozen=True)
class Line:
    """One counted fact: its points after everything that happened to it (hundredths)."""

    fact: Fact
    points_centi: int
    note: str = ""
    """In Chinese, what changed the points: 第3次 ×2；主要责任 ×0.7；同一事项就高. Empty: nothing did."""


@dataclass(frozen=True)
class RuleScore:
    """One rule's worth. ``score_centi`` is what entered the item, after the rule's cap.

    For a sum of facts (PerEvent, Discretionary, Deadline) the points of ``lines`` plus ``cut_centi``
    are the score. For other forms the lines name the facts looked at (points 0) and ``arithmetic``
    says how they became the score, in Chinese, with numbers.
    """

    rule: str
    score_centi: int
    lines: tuple[Line, ...] = ()
    arithmetic: str = ""
    cut_centi: int = 0
    """What caps took away or floors gave back (score minus the sum before them)."""
    zeroes_item: bool = False
    applies: bool = True
    uncounted: tuple[Line, ...] = ()
    """Picked facts that did not count (same matter counted higher elsewhere, within the basic task …)."""


@dataclass(frozen=True)
class ItemScore:
    """full + rules + cut = score, unless the item does not apply or was zeroed (``note`` says so)."""

    item: str
    score_centi: int
    rules: tuple[RuleScore, ...] = ()
    full_centi: int = 0
    cut_centi: int = 0
    applies: bool = True
    note: str = ""


@dataclass(frozen=True)
class ListScore:
    """base + items, weighed and bounded; ``arithmetic`` says how when it is more than a sum."""

    list: str
    score_centi: int
    items: tuple[ItemScore, ...] = ()
    base_centi: int = 0
    cut_centi: int = 0
    outside: bool = False
    arithmetic: str = ""


@dataclass(frozen=True)
class Result:
    """One subject's evaluation."""

    subject: int
    total_centi: int
    grade: str
    """Name of the grade, NOT_GRADED, or empty when the scheme has no grades."""
    place: int | None
    lists: tuple[ListScore, ...] = ()
    consequences: tuple[str, ...] = ()
    """Ids of the consequences that follow, in the order of the scheme."""
    vetoes: tuple[str, ...] = ()
    """Ids of the vetoes that hold."""
    direct: str = ""
    """Id of the direct grade that set the grade."""
    base_centi: int = 0
    cut_centi: int = 0
    """What the scheme's own bounds (or a direct grade's points) changed in the total."""
    notes: tuple[str, ...] = ()
    """In Chinese: why the grade is not the one the points alone would give."""

    def item(self, id_: str) -> ItemScore | None:
        return next((item for list_ in self.lists for item in list_.items if item.item == id_), None)
