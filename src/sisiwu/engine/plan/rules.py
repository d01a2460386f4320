"""From a rule to an integer expression over a subject's measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import lcm

from sisiwu.engine.plan.chains import Chains
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
    member_of,
    mul,
    op,
    sub,
    when,
)
from sisiwu.engine.plan.measures import Measures
from sisiwu.engine.plan.picks import Picker, codes, row_points, where_marks, where_quantity
from sisiwu.engine.plan.tallies import countable, tally
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Baseline, Form, Metric, Pick
from sisiwu.engine.scheme.model import Rule

BASELINES = 10_000
"""Chains of a baseline are numbered apart from those of its rule."""


@dataclass(frozen=True)
class Worth:
    """A rule's points, and when it zeroes its item (TRUE never stands here: None means never)."""

    points: Expr
    zero: Expr | None = None


@dataclass
class Peers:
    """Values of the peers: columns made by windows over all subjects, in two layers.

    ``metrics`` are columns of one subject; ``windows`` look across the subjects at them.
    """

    metrics: dict[Expr, str] = field(default_factory=dict)
    windows: dict[Window, str] = field(default_factory=dict)

    def metric(self, value: Expr) -> Expr:
        return col(self.metrics.setdefault(value, f"x{len(self.metrics) + 1}"))

    def window(self, window: Window) -> Expr:
        return col(self.windows.setdefault(window, f"w{len(self.windows) + 1}"))


@dataclass(frozen=True)
class RulePlanner:
    """Plans the rules of one track."""

    picker: Picker
    measures: Measures
    chains: Chains
    peers: Peers
    peer_column: Callable[[str], Expr]
    member_average: Callable[[forms.MemberAverage], Expr]

    def plan(self, number: int, rule: Rule, applies: Expr) -> Worth:
        """The worth of a rule for a subject (``applies``: rule, item and list apply to it)."""
        worth = self._form(number, rule, applies)
        points = worth.points
        conditions = [applies] if applies != TRUE else []
        if rule.unless:
            conditions.append(op("=", self.measures.count(rule.unless), ZERO))
        zero = worth.zero
        if conditions:
            holds = conj(*conditions)
            points = iff(holds, points)
            zero = None if zero is None else conj(holds, zero)
        return Worth(clamp(points, rule.lowest, rule.highest), zero)

    def _form(self, number: int, rule: Rule, applies: Expr) -> Worth:
        form: Form = rule.form
        match form:
            case forms.PerEvent() | forms.Discretionary() | forms.Deadline():
                if isinstance(form, forms.PerEvent) and countable(form, rolling=self.picker.times.calendar.rolling):
                    return Worth(tally(self.measures, form))
                if self.chains.needed(form):
                    return Worth(self.chains.sum(number, form))
                rows, points = self.picker.rows(form), row_points(self.picker, form)
                return Worth(self.measures.sum(form.pick, rows, points, note=f"{rule.id}（{rule.clause}）"))
            case forms.Given():
                return Worth(self._given(number, form))
            case forms.SelfAndVerified():
                verified = self.chains.latest(number, form.pick, (form.verified_level,))
                return Worth(clamp(op("coalesce", verified, ZERO), 0, form.full))
            case forms.PerMissing():
                return Worth(self._per_missing(form))
            case forms.FlatIf():
                return self._flat(form)
            case forms.CountTable():
                count = self.measures.count(form.pick)
                counted = [(op(">=", count, Num(low)), value) for low, value in reversed(form.table)]
                return _table(counted)
            case forms.ZeroEventBonus():
                return Worth(self._zero_event(form))
            case forms.Streak():
                return Worth(self._streak(form))
            case forms.Rating():
                return Worth(self._rating(form))
            case forms.Votes():
                return Worth(self._votes(form))
            case forms.Band():
                metric = self.metric(number, form.metric)
                reached = [(op(">=", metric, Num(low)), value) for low, value in reversed(form.bands)]
                return _table(reached)
            case forms.Step():
                return Worth(self._step(number, form, applies))
            case forms.Ratio():
                return Worth(self._ratio(number, form, applies))
            case forms.RankPoints():
                return Worth(self._rank(number, form, applies))
            case forms.VsPeerAverage():
                return Worth(self._versus(number, form, applies))
            case forms.MemberAverage():
                return Worth(self.member_average(form))

    # --- counts

    def _per_missing(self, form: forms.PerMissing) -> Expr:
        def required(size: Expr) -> Expr:
            if not form.by_size:
                return Num(form.required)
            rows = [(op(">=", size, Num(low)), Num(count)) for low, count in reversed(form.by_size)]
            return when(rows, ZERO)

        if form.each_months:
            parts = self.measures.parts(form.each_months, form.pick)
            return mul(Num(form.points), parts.missing(form, required))
        if not self.picker.times.ended:
            return ZERO
        needed = required(col("size"))
        if form.deployed:
            length = Num(self.picker.times.period.days)
            away = self.measures.sum(form.deployed, self.picker.condition(form.deployed), col("qty"))
            needed = div(mul(needed, sub(length, op("least", div(away, Num(100)), length))), length)
        missing = op("greatest", sub(needed, self.measures.count(form.pick)), ZERO)
        return mul(Num(form.points), missing)

    def _flat(self, form: forms.FlatIf) -> Worth:
        count = self.measures.count(form.pick)
        if form.absent:
            if not self.picker.times.ended:
                return Worth(ZERO)
            holds = op("=", count, ZERO)
        else:
            holds = op(">=", count, Num(form.at_least))
        return _table([(holds, form.points)])

    def _zero_event(self, form: forms.ZeroEventBonus) -> Expr:
        if form.each_months:
            parts = self.measures.parts(form.each_months, form.pick)
            return mul(Num(form.points), parts.empty(form.pick))
        if not self.picker.times.ended:
            return ZERO
        return iff(op("=", self.measures.count(form.pick), ZERO), Num(form.points))

    def happened_in(self, pick: Pick, steps: int) -> Expr:
        """Whether a picked fact lies in the period so many before this one."""
        first, last = self.picker.times.earlier(steps)
        rows = conj(_without_window(self.picker, pick), op("between", col("day"), Num(first), Num(last)))
        return op(">", self.measures.count(pick, rows), ZERO)

    def _streak(self, form: forms.Streak) -> Expr:
        whens = []
        for steps in range(1, len(form.table) + 1):
            broken = op("not", self.happened_in(form.pick, steps))
            whens.append((broken, Num(form.table[steps - 2] if steps > 1 else 0)))
        return when(whens, Num(form.table[-1]))

    # --- scores given by people

    def _given(self, number: int, form: forms.Given) -> Expr:
        rows = self.picker.condition(form.pick)
        quantity: Expr
        if form.take == "latest":
            quantity = op("coalesce", self.chains.latest(number, form.pick), ZERO)
        elif form.take == "sum":
            quantity = self.measures.sum(form.pick, rows, col("qty"))
        elif form.take == "best":
            quantity = op("coalesce", self.measures.sum(form.pick, rows, col("qty"), "max"), ZERO)
        else:
            summed = self.measures.sum(form.pick, rows, col("qty"))
            count = self.measures.count(form.pick)
            quantity = iff(op(">", count, ZERO), half_up(summed, op("greatest", count, ONE)))
        return clamp(half_up(mul(Num(form.full), quantity), Num(form.out_of)), 0, form.full)

    def _rating(self, form: forms.Rating) -> Expr:
        common = lcm(*(weight.denominator for _, weight in form.weights))
        weighted: list[Expr] = []
        weights: list[Expr] = []
        for level, share in form.weights:
            rows = self.picker.condition(form.pick, (level,))
            count = self.measures.count(form.pick, rows)
            summed = self.measures.sum(form.pick, rows, col("qty"))
            weight = Num(share.numerator * (common // share.denominator))
            present = op(">", count, ZERO)
            mean = half_up(summed, op("greatest", count, ONE))
            weighted.append(iff(present, mul(weight, mean)))
            weights.append(iff(present, weight) if form.missing == "rescale" else weight)
        whole = add(*weights)
        numerator = mul(Num(form.full), add(*weighted))
        score = half_up(numerator, mul(Num(form.out_of), op("greatest", whole, ONE)))
        return clamp(score, 0, form.full)

    def _votes(self, form: forms.Votes) -> Expr:
        values, votes = [], []
        for level, value in form.values:
            count = self.measures.sum(form.pick, self.picker.condition(form.pick, (level,)), col("qty"))
            values.append(mul(Num(value), count))
            votes.append(count)
        cast = add(*votes)
        score = half_up(mul(Num(form.full), add(*values)), mul(Num(10_000), op("greatest", cast, ONE)))
        return iff(op(">", cast, ZERO), clamp(score, 0, form.full))

    # --- measures compared

    def metric(self, number: int, metric: Metric) -> Expr:
        """The metric of a subject in hundredths; null without a value."""
        rows = self.picker.condition(metric.pick)
        value: Expr
        match metric.of:
            case "count":
                value = mul(Num(100), self.measures.count(metric.pick))
            case "quantity":
                value = self.measures.sum(metric.pick, rows, col("qty"))
            case "latest":
                value = self.chains.latest(number, metric.pick)
            case "ratio":
                base = self.measures.sum(metric.pick, rows, col("base"))
                summed = self.measures.sum(metric.pick, rows, col("qty"))
                value = _quotient(mul(Num(10_000), summed), base)
            case _:
                among = self.measures.count(metric.among or metric.pick)
                value = _quotient(mul(Num(10_000), self.measures.count(metric.pick)), among)
        if metric.per_head is not None:
            value = _quotient(mul(value, Num(metric.per_head)), col("size"))
        return value

    def _metric_column(self, number: int, metric: Metric, applies: Expr) -> Expr:
        """The metric as a column of the subject, null for subjects that are no peers."""
        return self.peers.metric(iff(applies, self.metric(number, metric), NULL))

    def _over(
        self, name: str, value: Expr | None, peers: tuple[str, ...], order: tuple[tuple[Expr, bool], ...] = ()
    ) -> Expr:
        return self.peers.window(Window(name, value, tuple(self.peer_column(peer) for peer in peers), order))

    def _mean(self, column: Expr, peers: tuple[str, ...]) -> Expr:
        count = self._over("count", column, peers)
        summed = self._over("sum", column, peers)
        return iff(op(">", count, ZERO), half_up(summed, op("greatest", count, ONE)), NULL)

    def _baseline(self, number: int, baseline: Baseline, column: Expr) -> Expr:
        if baseline.number is not None:
            value: Expr = Num(baseline.number)
        elif baseline.metric is not None:
            value = self.metric(BASELINES + number, baseline.metric)
        else:
            value = self._mean(column, baseline.peers or ())
        if baseline.grow:
            value = half_up(mul(value, Num(baseline.grow.numerator)), Num(baseline.grow.denominator))
        return value

    def _step(self, number: int, form: forms.Step, applies: Expr) -> Expr:
        plain = form.baseline.peers is None
        column = self.metric(number, form.metric) if plain else self._metric_column(number, form.metric, applies)
        baseline = self._baseline(number, form.baseline, column)
        distance = sub(baseline, column) if form.direction == "below" else sub(column, baseline)
        reached = iff(op(">", distance, ZERO), distance)
        steps = div(add(reached, Num(form.step - 1)) if form.began else reached, Num(form.step))
        return mul(Num(form.points), steps)

    def _ratio(self, number: int, form: forms.Ratio, applies: Expr) -> Expr:
        if form.out_of is not None:
            metric = self.metric(number, form.metric)
            score = half_up(mul(Num(form.full), metric), Num(form.out_of))
            return iff(op(">", metric, ZERO), clamp(score, 0, form.full))
        column = self._metric_column(number, form.metric, applies)
        best = self._over("max", column, form.peers)
        score = half_up(mul(Num(form.full), column), op("greatest", best, ONE))
        return iff(conj(op(">", column, ZERO), op(">", best, ZERO)), clamp(score, 0, form.full))

    def _rank(self, number: int, form: forms.RankPoints, applies: Expr) -> Expr:
        column = self._metric_column(number, form.metric, applies)
        missing = iff(op("isnull", column), ONE)
        order = ((missing, False), (column, not form.lowest))
        rank = self._over("rank", None, form.peers, order)
        whens = [(op("=", rank, Num(i)), Num(value)) for i, value in enumerate(form.table, 1)]
        further = add(Num(form.table[-1]), mul(Num(form.then_each), sub(rank, Num(len(form.table)))))
        if form.until is not None and form.then_each < 0:
            further = op("greatest", further, Num(form.until))
        elif form.until is not None and form.then_each > 0:
            further = op("least", further, Num(form.until))
        return iff(op("not", op("isnull", column)), when(whens, further))

    def _versus(self, number: int, form: forms.VsPeerAverage, applies: Expr) -> Expr:
        column = self._metric_column(number, form.metric, applies)
        mean = self._mean(column, form.peers)
        return when(
            [
                (op("isnull", column), ZERO),
                (op(">", column, mean), Num(form.above)),
                (op("<", column, mean), Num(form.below)),
            ],
            Num(form.equal),
        )


def _quotient(numerator: Expr, denominator: Expr) -> Expr:
    """Rounded quotient, null when the denominator is 0."""
    return iff(op(">", denominator, ZERO), half_up(numerator, op("greatest", denominator, ONE)), NULL)


def _without_window(picker: Picker, pick: Pick) -> Expr:
    return conj(
        member_of(col("code"), codes(pick, picker.catalogue)),
        where_marks(pick.where, pick.kinds, picker.catalogue),
        where_quantity(pick.where),
    )


def _table(rows: list[tuple[Expr, int | str]]) -> Worth:
    """The first row whose condition holds; rows that say ZERO zero the item."""
    points = when([(condition, Num(value if isinstance(value, int) else 0)) for condition, value in rows], ZERO)
    zeroes: list[Expr] = []
    for place, (condition, value) in enumerate(rows):
        if value == forms.ZERO:
            earlier = [op("not", other) for other, _ in rows[:place]]
            zeroes.append(conj(condition, *earlier))
    return Worth(points, disj(*zeroes) if zeroes else None)
