"""From items to grades and consequences, for one track."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sisiwu.engine.plan.expressions import (
    NULL,
    ONE,
    TRUE,
    ZERO,
    Expr,
    Num,
    Window,
    add,
    clamp,
    col,
    conj,
    disj,
    div,
    half_up,
    iff,
    mul,
    op,
    when,
)
from sisiwu.engine.plan.rules import Worth
from sisiwu.engine.scheme.model import Condition, Grade, Item, ResponsibilityList, Scheme, Who
from sisiwu.engine.values import Share


def item_score(item: Item, worths: Sequence[Worth], applies: Expr, zeroed: Expr | None) -> Expr:
    """full + rules within bounds; 0 when a rule or a veto zeroes it; what is absent gives null or points."""
    score: Expr = clamp(add(Num(item.full), *(worth.points for worth in worths)), item.lowest, item.highest)
    zeroes = [worth.zero for worth in worths if worth.zero is not None]
    if zeroes:
        score = iff(disj(*zeroes), ZERO, score)
    if applies != TRUE:
        absent: Expr = NULL
        if item.absent == "nothing":
            absent = ZERO
        elif item.absent == "full":
            absent = Num(item.full or item.highest or 0)
        score = iff(applies, score, absent)
    return score if zeroed is None else iff(zeroed, ZERO, score)


def list_score(
    list_: ResponsibilityList, items: Sequence[tuple[Item, Expr]], applies: Expr, zeroed: Expr | None
) -> Expr:
    """base + items, weighed and bounded."""
    if any(item.absent == "rescale" for item, _ in items):
        summed = _rescaled(items)
    else:
        summed = add(*(score for _, score in items)) if items else ZERO
    raw = add(Num(list_.base), summed)
    if list_.mode == "hundred":
        raw = half_up(mul(op("greatest", add(raw, Num(10_000)), ZERO), Num(list_.weight)), Num(10_000))
    elif list_.mode == "direct":
        raw = op("greatest", add(raw, Num(list_.weight)), ZERO)
    score = iff(applies, clamp(raw, list_.lowest, list_.highest))
    return score if zeroed is None else iff(zeroed, ZERO, score)


def _rescaled(items: Sequence[tuple[Item, Expr]]) -> Expr:
    """Items that do not apply are left out, the others stand for the whole."""
    whole = sum(item.highest or 0 for item, _ in items)
    present, fulls = [], []
    for item, score in items:
        full = Num(item.highest or 0)
        if item.absent == "rescale" and not item.who.everyone:
            fulls.append(iff(op("isnull", score), ZERO, full))
            present.append(op("coalesce", score, ZERO))
        else:
            fulls.append(full)
            present.append(score)
    applicable = add(*fulls)
    scaled = mul(op("greatest", add(*present), ZERO), Num(whole))
    return iff(op(">", applicable, ZERO), half_up(scaled, op("greatest", applicable, ONE)))


def gated_lists(scheme: Scheme) -> tuple[tuple[str, Expr], ...]:
    """The lists that count only while the others are below a bound, out of their ungated columns u1 …."""
    plain = [i for i, list_ in enumerate(scheme.lists, 1) if list_.only_below is None]
    before = add(Num(scheme.base), *(col(f"l{i}") for i in plain))
    return tuple(
        (f"l{i}", iff(op("<", before, Num(list_.only_below)), col(f"u{i}")))
        for i, list_ in enumerate(scheme.lists, 1)
        if list_.only_below is not None
    )


def total_score(scheme: Scheme) -> Expr:
    """The lists' columns l1 … summed: bounds, and lists outside them."""
    inside: list[Expr] = [Num(scheme.base)]
    outside: list[Expr] = []
    for i, list_ in enumerate(scheme.lists, 1):
        (outside if list_.outside else inside).append(col(f"l{i}"))
    return add(clamp(add(*inside), scheme.lowest, scheme.highest), *outside)


@dataclass(frozen=True)
class Outcomes:
    """Conditions, vetoes and grades of one scheme over the columns of its track."""

    scheme: Scheme
    count: Callable[[Condition], Expr]
    """Whether the picked facts of a condition are there (TRUE without a pick)."""
    happened: Callable[[Condition, int], Expr]
    """Whether one of them lies in the period so many before."""
    applies: Callable[[Who], Expr]
    peer_column: Callable[[str], Expr]

    def holds(self, condition: Condition, grade: Expr | None = None) -> Expr:
        """A veto's or a consequence's condition over total, l1 …, and the grade's index."""
        parts: list[Expr] = []
        if condition.pick and not condition.streak:
            parts.append(self.count(condition))
        if condition.total_from is not None:
            parts.append(op(">=", col("total"), Num(condition.total_from)))
        if condition.total_below is not None:
            parts.append(op("<", col("total"), Num(condition.total_below)))
        if condition.list_id is not None and condition.list_below is not None:
            ids = [list_.id for list_ in self.scheme.lists]
            column = col(f"l{ids.index(condition.list_id) + 1}")
            parts.append(op("<", column, Num(condition.list_below)))
        if condition.grades and grade is not None:
            indexes = [i for i, known in enumerate(self.scheme.grading.grades) if known.name in condition.grades]
            parts.append(conj(op("not", op("isnull", grade)), op("in", grade, *(Num(i) for i in indexes or [-1]))))
        for steps in range(1, condition.streak or 1):
            parts.append(self.happened(condition, steps))
        return conj(*parts)

    # --- state: not graded, forced, direct, ceiling

    def graded(self) -> Expr:
        """1 for those who get a grade."""
        reasons: list[Expr] = []
        if self.scheme.not_graded is not None:
            reasons.append(self.applies(self.scheme.not_graded))
        if self.scheme.not_graded_when is not None:
            reasons.append(self.holds(self.scheme.not_graded_when))
        reasons.extend(self.holds(veto.when) for veto in self.scheme.vetoes if veto.effect == "not_graded")
        return iff(disj(*reasons), ZERO, ONE) if reasons else ONE

    def _index(self, name: str) -> int:
        return next(i for i, grade in enumerate(self.scheme.grading.grades) if grade.name == name)

    def forced(self) -> Expr:
        """Index of the worst grade that a veto forces, else null."""
        vetoes = sorted(
            ((self._index(veto.target), veto) for veto in self.scheme.vetoes if veto.effect == "grade"),
            key=lambda pair: -pair[0],
        )
        return when([(self.holds(veto.when), Num(index)) for index, veto in vetoes], NULL)

    def direct(self) -> tuple[Expr, Expr]:
        """Index of the best direct grade (else null) and the points that follow it (else null)."""
        grades = sorted(
            ((self._index(direct.grade), i, direct) for i, direct in enumerate(self.scheme.direct_grades)),
            key=lambda entry: entry[:2],
        )
        found, follow = [], []
        for index, _, direct in grades:
            condition = self.count(Condition(pick=direct.pick))
            lowest = self.scheme.grading.grades[index].lowest
            found.append((condition, Num(index)))
            follow.append((condition, Num(lowest) if direct.points_follow and lowest is not None else NULL))
        return when(found, NULL), when(follow, NULL)

    def ceiling(self) -> Expr:
        """Index of the best grade that vetoes leave open."""
        ceilings = [
            iff(self.holds(veto.when), Num(self._index(veto.target)))
            for veto in self.scheme.vetoes
            if veto.effect == "not_above"
        ]
        if not ceilings:
            return ZERO
        return ceilings[0] if len(ceilings) == 1 else op("greatest", *ceilings)

    # --- places and quotas

    def _peers(self) -> tuple[Expr, ...]:
        return tuple(self.peer_column(peer) for peer in self.scheme.grading.peers)

    @property
    def _high(self) -> bool:
        return self.scheme.grading.better == "high"

    def group_size(self) -> Window:
        """How many the shares are taken of."""
        grading = self.scheme.grading
        return Window("sum", col("is_graded") if grading.base == "assessed" else ONE, self._peers())

    def place_windows(self, index: int) -> tuple[Window, Window | None]:
        """Candidates for a grade that stand at or above oneself, and those equal to oneself."""
        ranked = conj(op("=", col("is_graded"), ONE), op("isnull", col("forced")))
        if self.scheme.grading.direct_in_quota:
            able = disj(
                conj(op("isnull", col("direct")), op("<=", col("ceiling"), Num(index))),
                op("<=", col("direct"), Num(index)),
            )
        else:
            able = conj(op("isnull", col("direct")), op("<=", col("ceiling"), Num(index)))
        candidate = iff(conj(ranked, able), ONE)
        at_or_above = Window("sum", candidate, self._peers(), ((col("total"), self._high),))
        if self.scheme.grading.ties == "none":
            return at_or_above, None
        return at_or_above, Window("sum", candidate, (*self._peers(), col("total")))

    def shown_place(self) -> Window:
        """Rank among the graded of the group, forced grades after all others."""
        order = (
            (op("-", ONE, col("is_graded")), False),
            (iff(op("isnull", col("forced")), ZERO, ONE), False),
            (col("total"), self._high),
        )
        return Window("rank", None, self._peers(), order)

    def quota(self, upto: int) -> Expr | None:
        """How many may have this grade or a better one; None without a quota."""
        grades = self.scheme.grading.grades
        if grades[upto].share is None and grades[upto].number is None:
            return None
        parts: list[Expr] = []
        for grade in grades[: upto + 1]:
            if grade.number is not None:
                parts.append(Num(grade.number))
            elif grade.share is not None:
                parts.append(_portion(grade.share, self.scheme.grading.rounding))
        return add(*parts)

    def band(self, grade: Grade, score: Expr | None = None) -> Expr:
        """Whether the points (or the grade's own list) reach the grade."""
        ids = [list_.id for list_ in self.scheme.lists]
        points = score or (col(f"l{ids.index(grade.list_id) + 1}") if grade.list_id else col("total"))
        if self._high:
            return TRUE if grade.lowest is None else op(">=", points, Num(grade.lowest))
        return TRUE if grade.below is None else op("<", points, Num(grade.below))

    def grade(self, place: Callable[[int], Expr]) -> Expr:
        """Index of the grade, null for those who get none."""
        grades = self.scheme.grading.grades
        whens: list[tuple[Expr, Expr]] = [
            (op("=", col("is_graded"), ZERO), NULL),
            (op("not", op("isnull", col("forced"))), col("forced")),
            (op("not", op("isnull", col("direct"))), col("direct")),
        ]
        for index, grade in enumerate(grades[:-1]):
            quota = self.quota(index)
            fits = TRUE if quota is None else op("<=", place(index), quota)
            open_ = op("<=", col("ceiling"), Num(index))
            whens.append((conj(open_, self.applies(grade.who), self.band(grade), fits), Num(index)))
        return when(whens, Num(len(grades) - 1))

    def band_grade(self) -> Expr:
        """The grade of a rolled-up organization: by bands of the total alone."""
        grades = self.scheme.grading.grades
        whens: list[tuple[Expr, Expr]] = []
        for index, grade in enumerate(grades):
            if grade.list_id:
                continue
            reached = self.band(grade, col("total"))
            if reached == TRUE:
                return when(whens, Num(index))
            whens.append((reached, Num(index)))
        return when(whens, Num(len(grades) - 1))

    def consequences(self) -> Expr:
        """Bit i is set when consequence i follows."""
        bits = [
            iff(self.holds(consequence.when, col("grade")), Num(1 << i))
            for i, consequence in enumerate(self.scheme.consequences)
        ]
        return add(*bits) if bits else ZERO


def _portion(share: Share, rounding: str) -> Expr:
    numerator = mul(Num(share.numerator), col("peers"))
    if rounding == "half_up":
        return half_up(numerator, Num(share.denominator))
    if rounding == "ceiling":
        numerator = add(numerator, Num(share.denominator - 1))
    return div(numerator, Num(share.denominator))


__all__ = ["Outcomes", "item_score", "list_score", "total_score"]
