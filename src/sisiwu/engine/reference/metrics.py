"""Forms that measure something and compare it: with a number, with the past, with the peers."""

from __future__ import annotations

from collections.abc import Callable

from sisiwu.engine.records import Fact, Organization
from sisiwu.engine.reference.counts import equals, lines_of, worth
from sisiwu.engine.reference.given import within
from sisiwu.engine.reference.picking import Subject, World
from sisiwu.engine.results import RuleScore
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Metric
from sisiwu.engine.values import half_up, points_text

type Peers = Callable[[Metric, tuple[str, ...]], list[int]]
"""The metric of every peer that has one, the subject included, by the columns that divide the peers."""


def measure(world: World, metric: Metric, subject: Subject) -> int | None:
    """The metric in hundredths, None without a value."""
    value = _measured(world, metric, subject)
    if metric.per_head is None or value is None:
        return value
    size = subject.size if isinstance(subject, Organization) else 0
    return half_up(value * metric.per_head, size) if size > 0 else None


def _measured(world: World, metric: Metric, subject: Subject) -> int | None:
    facts = world.picked(metric.pick, subject)
    match metric.of:
        case "count":
            return 100 * len(facts)
        case "quantity":
            return sum(fact.quantity for fact in facts)
        case "latest":
            return facts[-1].quantity if facts else None
        case "ratio":
            base = sum(fact.base for fact in facts)
            return half_up(10_000 * sum(fact.quantity for fact in facts), base) if base > 0 else None
        case _:
            among = len(world.picked(metric.among or metric.pick, subject))
            return half_up(10_000 * len(facts), among) if among else None


def said_of(metric: Metric, value: int | None) -> str:
    """A metric's value in words."""
    if value is None:
        return "指标无数据"
    unit = "%" if metric.of in ("ratio", "share") else ""
    head = f"（每 {metric.per_head} 人）" if metric.per_head is not None else ""
    return f"指标{head} {points_text(value)}{unit}"


def _looked_at(world: World, metric: Metric, subject: Subject) -> list[Fact]:
    return world.picked(metric.pick, subject)


def band(world: World, rule: str, form: forms.Band, subject: Subject) -> RuleScore:
    """Points of the highest bound reached (K09)."""
    value = measure(world, form.metric, subject)
    points: int | str = 0
    for low, given in form.bands:
        if value is not None and low <= value:
            points = given
    return worth(rule, _looked_at(world, form.metric, subject), points, said_of(form.metric, value))


def step(world: World, rule: str, form: forms.Step, subject: Subject, peers: Peers) -> RuleScore:
    """Points for each step away from a baseline (K10, K11)."""
    value = measure(world, form.metric, subject)
    baseline = _baseline(world, form, subject, peers)
    facts = _looked_at(world, form.metric, subject)
    said = said_of(form.metric, value)
    if value is None or baseline is None:
        return RuleScore(rule, 0, lines_of(facts), f"{said}，基准{'无数据' if baseline is None else ''}，不计分")
    distance = max(baseline - value if form.direction == "below" else value - baseline, 0)
    steps = -(-distance // form.step) if form.began else distance // form.step
    word = "低" if form.direction == "below" else "高"
    said = f"{said}，基准 {points_text(baseline)}，{word} {points_text(distance)}，每 {points_text(form.step)} 一档"
    score = form.points * steps
    said = f"{said}{'（不足一档按一档）' if form.began else ''}，{steps} 档 × {points_text(form.points)}"
    return RuleScore(rule, score, lines_of(facts), equals(said, score))


def _baseline(world: World, form: forms.Step, subject: Subject, peers: Peers) -> int | None:
    """A number, another metric of the subject, or the mean of the peers; perhaps grown."""
    baseline = form.baseline
    value: int | None
    if baseline.number is not None:
        value = baseline.number
    elif baseline.metric is not None:
        value = measure(world, baseline.metric, subject)
    else:
        value = mean(peers(form.metric, baseline.peers or ()))
    if baseline.grow is not None and value is not None:
        value = half_up(value * baseline.grow.numerator, baseline.grow.denominator)
    return value


def mean(values: list[int]) -> int | None:
    """Mean to the hundredth, half up; None of nothing."""
    return half_up(sum(values), len(values)) if values else None


def ratio(world: World, rule: str, form: forms.Ratio, subject: Subject, peers: Peers) -> RuleScore:
    """full x metric / out_of, or / the best of the peers (K12)."""
    value = measure(world, form.metric, subject)
    facts = lines_of(_looked_at(world, form.metric, subject))
    whole, name = form.out_of, ""
    if whole is None:
        whole, name = max(peers(form.metric, form.peers), default=0), "同组最高 "
    said = said_of(form.metric, value)
    if value is None or value <= 0 or whole <= 0:
        return RuleScore(rule, 0, facts, f"{said}，0 分")
    score = within(half_up(form.full * value, whole), form.full)
    said = f"{said}，{points_text(value)} ÷ {name}{points_text(whole)} × {points_text(form.full)}"
    return RuleScore(rule, score, facts, f"{equals(said, score)}（满分 {points_text(form.full)}）")


def rank(world: World, rule: str, form: forms.RankPoints, subject: Subject, peers: Peers) -> RuleScore:
    """Points by rank among the peers (K13, K14)."""
    value = measure(world, form.metric, subject)
    facts = _looked_at(world, form.metric, subject)
    said = said_of(form.metric, value)
    if value is None or not form.table:
        return RuleScore(rule, 0, lines_of(facts), f"{said}，不排名")
    others = peers(form.metric, form.peers)
    place = 1 + sum(1 for other in others if (other < value if form.lowest else other > value))
    return worth(rule, facts, _at_place(form, place), f"{said}，同组 {len(others)} 个中第 {place}")


def _at_place(form: forms.RankPoints, place: int) -> int:
    if place <= len(form.table):
        return form.table[place - 1]
    further = form.table[-1] + form.then_each * (place - len(form.table))
    if form.until is not None and form.then_each < 0:
        return max(further, form.until)
    if form.until is not None and form.then_each > 0:
        return min(further, form.until)
    return further


def versus(world: World, rule: str, form: forms.VsPeerAverage, subject: Subject, peers: Peers) -> RuleScore:
    """Points above, at or below the mean of the peers (K15)."""
    value = measure(world, form.metric, subject)
    facts = _looked_at(world, form.metric, subject)
    said = said_of(form.metric, value)
    average = mean(peers(form.metric, form.peers))
    if value is None or average is None:
        return RuleScore(rule, 0, lines_of(facts), f"{said}，不计分")
    points, word = form.equal, "等于"
    if value != average:
        points, word = (form.above, "高于") if value > average else (form.below, "低于")
    return worth(rule, facts, points, f"{said}，{word}同组平均 {points_text(average)}")
