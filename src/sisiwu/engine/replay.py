"""The same facts under two schemes: who moves, by how much, because of what (N4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sisiwu.engine import words
from sisiwu.engine.results import Result
from sisiwu.engine.scheme.model import Item, Scheme


@dataclass(frozen=True)
class Outcome:
    """What one scheme gives one subject; points in hundredths, items by id."""

    total_centi: int
    grade: str
    place: int | None
    items: Mapping[str, int]

    @staticmethod
    def of(result: Result) -> Outcome:
        """The outcome of a plain reading."""
        items = {item.item: item.score_centi for list_ in result.lists for item in list_.items}
        return Outcome(result.total_centi, result.grade, result.place, items)


@dataclass(frozen=True)
class Cause:
    """An item that gives another score, and what changed in its rules."""

    title: str
    difference_centi: int
    why: str = ""


@dataclass(frozen=True)
class Move:
    """One subject under both schemes."""

    subject: int
    before: Outcome
    after: Outcome
    causes: tuple[Cause, ...]

    @property
    def difference_centi(self) -> int:
        """How many points it gains."""
        return self.after.total_centi - self.before.total_centi


@dataclass(frozen=True)
class Replay:
    """Everybody assessed under both schemes, the biggest moves first."""

    moves: tuple[Move, ...]
    flow: Mapping[tuple[str, str], int]
    """How many go from which grade to which."""
    only_before: tuple[int, ...] = ()
    only_after: tuple[int, ...] = ()
    by_item: Mapping[str, int] = field(default_factory=dict)
    """Sum of the differences of an item over all subjects, by title."""

    @property
    def unmoved(self) -> int:
        """How many keep total and grade."""
        return sum(1 for move in self.moves if not move.difference_centi and move.before.grade == move.after.grade)


REST = "清单折算、限额和总分限额"
"""What is left when the items' differences do not explain the total's."""


def replay(old: Scheme, new: Scheme, before: Mapping[int, Outcome], after: Mapping[int, Outcome]) -> Replay:
    """Compares two evaluations of the same facts."""
    why = _reasons(old, new)
    titles = {item.id: item.title for scheme in (old, new) for item in scheme.items()}
    both = [number for number in before if number in after]
    moves = [
        Move(number, before[number], after[number], _causes(before[number], after[number], titles, why))
        for number in both
    ]
    moves.sort(key=lambda move: (-abs(move.difference_centi), move.subject))
    by_item: Counter[str] = Counter()
    for move in moves:
        for cause in move.causes:
            by_item[cause.title] += cause.difference_centi
    return Replay(
        tuple(moves),
        Counter((move.before.grade, move.after.grade) for move in moves),
        tuple(number for number in before if number not in after),
        tuple(number for number in after if number not in before),
        dict(by_item),
    )


def _causes(one: Outcome, other: Outcome, titles: Mapping[str, str], why: Mapping[str, str]) -> tuple[Cause, ...]:
    if not one.items or not other.items:  # a rolled-up organization has no items of its own
        rolled = other.total_centi - one.total_centi
        return (Cause("下属平均分", rolled),) if rolled else ()
    found = []
    for id_ in dict.fromkeys((*one.items, *other.items)):
        difference = other.items.get(id_, 0) - one.items.get(id_, 0)
        if difference:
            found.append(Cause(titles[id_], difference, why.get(id_, "")))
    rest = other.total_centi - one.total_centi - sum(cause.difference_centi for cause in found)
    if rest:
        found.append(Cause(REST, rest))
    return tuple(sorted(found, key=lambda cause: -abs(cause.difference_centi)))


def _reasons(old: Scheme, new: Scheme) -> dict[str, str]:
    """What changed in each item, in words."""
    before = {item.id: item for item in old.items()}
    after = {item.id: item for item in new.items()}
    reasons: dict[str, str] = {}
    for id_, item in after.items():
        if id_ not in before:
            reasons[id_] = "新增的条目"
        elif changed := _changed(before[id_], item, old, new):
            reasons[id_] = "；".join(changed)
    reasons |= {id_: "删去的条目" for id_ in before if id_ not in after}
    return reasons


def _changed(one: Item, other: Item, old: Scheme, new: Scheme) -> list[str]:
    said, now = words.item_in_words(one, old), words.item_in_words(other, new)
    found = [f"{said} → {now}"] if said != now else []
    before = {rule.id: words.rule_in_words(rule, old) for rule in one.rules}
    after = {rule.id: words.rule_in_words(rule, new) for rule in other.rules}
    for id_ in dict.fromkeys((*before, *after)):
        was, is_ = before.get(id_, "（无）"), after.get(id_, "（删去）")
        if was != is_:
            found.append(f"{was} → {is_}")
    return found
