"""Sums of facts: each fact's worth, step by step, as the meaning page orders them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from sisiwu.engine.records import Fact
from sisiwu.engine.reference.picking import Subject, World
from sisiwu.engine.results import Line, RuleScore
from sisiwu.engine.scheme.forms import Deadline, Discretionary, Factor, PerEvent
from sisiwu.engine.scheme.model import Item, ResponsibilityList, Rule
from sisiwu.engine.values import Share, half_up, points_text

type SumForm = PerEvent | Discretionary | Deadline


@dataclass(frozen=True)
class Candidate:
    """A picked fact with its base worth."""

    rule: Rule
    fact: Fact
    worth: Fraction


def table_of(form: SumForm) -> tuple[str, ...]:
    return tuple(code for code, _ in form.points.by_position) if isinstance(form, PerEvent) else ()


def candidates(world: World, rule: Rule, form: SumForm, subject: Subject) -> list[Candidate]:
    """The picked facts of a rule with their base worths, in order."""
    found = []
    for fact in world.picked(form.pick, subject, table_of(form)):
        worth = _base(world, form, fact, subject)
        if worth is not None:
            found.append(Candidate(rule, fact, worth))
    return found


def _base(world: World, form: SumForm, fact: Fact, subject: Subject) -> Fraction | None:
    match form:
        case Discretionary():
            low, high = sorted((abs(form.low), abs(form.high)))
            sign = -1 if min(form.low, form.high) < 0 else 1
            return Fraction(sign * min(max(fact.quantity, low), high))
        case Deadline():
            if fact.due is None or (late := fact.day - fact.due - form.within_days) <= 0:
                return None
            return Fraction((form.points.value or 0) * (late if form.per_day else 1))
        case PerEvent():
            value = _value(world, form, fact, subject)
            if value is None:
                return None
            return Fraction(value * fact.quantity, 100) if form.per_quantity else Fraction(value)


def _value(world: World, form: PerEvent, fact: Fact, subject: Subject) -> int | None:
    points = form.points
    if points.by_position:
        through_person = form.pick.of == "colleagues"
        organization = world.members[fact.subject].branch if through_person else fact.subject
        held = world.held(subject.number, fact.day, organization)
        return next((value for code, value in points.by_position if code in held), None)
    if points.by_level:
        levels = [level for level, _ in points.by_level]
        if fact.level not in levels:
            return None
        place = levels.index(fact.level)
        values = [value for _, value in points.by_level]
        return sum(values[: place + 1]) if points.stacking else values[place]
    return points.value or 0


def winners(world: World, group: str, subject: Subject) -> set[tuple[str, int]]:
    """Rule and fact number of every fact that counts once its matter stands against the others (K07)."""
    by_matter: dict[str, list[tuple[Fraction, int, int, int, str]]] = defaultdict(list)
    kept: set[tuple[str, int]] = set()
    for place, (list_, item, rule) in enumerate(entries(world)):
        form = rule.form
        if not isinstance(form, PerEvent | Discretionary | Deadline) or form.modifiers.once_group != group:
            continue
        if not all(world.applies(who, subject) for who in (list_.who, item.who, rule.who)):
            continue
        for candidate in candidates(world, rule, form, subject):
            fact = candidate.fact
            if fact.matter is None:
                kept.add((rule.id, fact.number))
            else:
                by_matter[fact.matter].append((-abs(candidate.worth), place, fact.day, fact.number, rule.id))
    kept |= {(best[4], best[3]) for best in (min(rows) for rows in by_matter.values())}
    return kept


def entries(world: World) -> list[tuple[ResponsibilityList, Item, Rule]]:
    return [(list_, item, rule) for list_ in world.scheme.lists for item in list_.items for rule in item.rules]


def sum_of_facts(world: World, rule: Rule, form: SumForm, subject: Subject) -> RuleScore:
    """The rule's sum with every fact's points and what was left out."""
    chosen, uncounted = _chosen(world, rule, form, subject)
    lines: list[Line] = []
    before: int | None = None
    for number, candidate in enumerate(chosen, 1):
        points, note = _points(world, form, candidate, number, before)
        lines.append(Line(candidate.fact, points, note))
        before = candidate.fact.day
    summed = sum(line.points_centi for line in lines)
    score, said = _capped(world, form, lines)
    return RuleScore(rule.id, score, tuple(lines), said, cut_centi=score - summed, uncounted=tuple(uncounted))


def _chosen(world: World, rule: Rule, form: SumForm, subject: Subject) -> tuple[list[Candidate], list[Line]]:
    """The facts that count (K07, K61, K23), and those that do not with the reason."""
    modifiers = form.modifiers
    found = candidates(world, rule, form, subject)
    uncounted = _on_time(world, form, subject)
    if modifiers.once_group:
        kept = winners(world, modifiers.once_group, subject)
        lost = [one for one in found if (rule.id, one.fact.number) not in kept]
        uncounted += [Line(one.fact, 0, "同一事项就高，已在别处计分") for one in lost]
        found = [one for one in found if (rule.id, one.fact.number) in kept]
    basic, found = found[: modifiers.beyond], found[modifiers.beyond :]
    uncounted += [Line(one.fact, 0, f"在基本任务 {modifiers.beyond} {_unit(world, one.fact)}之内") for one in basic]
    chosen = found[modifiers.every - 1 :: modifiers.every]
    numbers = {one.fact.number for one in chosen}
    rest = [one for one in found if one.fact.number not in numbers]
    uncounted += [Line(one.fact, 0, f"每满 {modifiers.every} {_unit(world, one.fact)}计一次") for one in rest]
    return chosen, uncounted


def _unit(world: World, fact: Fact) -> str:
    kind = world.scheme.catalogue.kind(fact.kind)
    return kind.unit if kind else "次"


def _on_time(world: World, form: SumForm, subject: Subject) -> list[Line]:
    """Facts of a deadline rule that were not late (K24)."""
    if not isinstance(form, Deadline):
        return []
    facts = [fact for fact in world.picked(form.pick, subject) if _base(world, form, fact, subject) is None]
    return [Line(fact, 0, "没有规定期限" if fact.due is None else "未超过期限") for fact in facts]


def _points(world: World, form: SumForm, candidate: Candidate, number: int, before: int | None) -> tuple[int, str]:
    """The points of the i-th remaining fact, and what changed them, in the order of the meaning page."""
    modifiers, fact = form.modifiers, candidate.fact
    worth, notes = candidate.worth, [] if modifiers.nth else _base_notes(form, fact)
    if modifiers.nth:
        worth = Fraction(modifiers.nth[min(number, len(modifiers.nth)) - 1])
        notes.append(f"第 {number} 次")
    for factor in modifiers.factors:
        if world.matches(fact, form.pick.kinds, factor.where):
            worth *= _fraction(factor.times)
            notes.append(f"{_because(world, fact, factor)}×{factor.times.text}")
    if modifiers.repeat and before is not None and fact.day - before <= modifiers.repeat.within_days:
        worth *= _fraction(modifiers.repeat.times)
        notes.append(f"{modifiers.repeat.within_days} 日内再次发生 ×{_times(_fraction(modifiers.repeat.times))}")
    if modifiers.escalate:
        growth = 1 + (number - 1) * _fraction(modifiers.escalate)
        worth *= growth
        if number > 1:
            notes.append(f"第 {number} 次 ×{_times(growth)}")
    if modifiers.split and fact.sharers > 1:
        worth /= fact.sharers
        notes.append(f"{fact.sharers} 人分享")
    return half_up(worth.numerator, worth.denominator), "，".join(notes)


def _base_notes(form: SumForm, fact: Fact) -> list[str]:
    """How a fact came to its base worth, where it is more than one value of a table."""
    match form:
        case Discretionary():
            given = Fraction(fact.quantity)
            low, high = sorted((abs(form.low), abs(form.high)))
            if low <= given <= high:
                return []
            return [f"决定 {points_text(fact.quantity)}，幅度 {points_text(low)}—{points_text(high)}"]
        case Deadline():
            late = fact.day - (fact.due or 0) - form.within_days
            return [f"超期 {late} 日"]
        case PerEvent():
            return [f"×{points_text(fact.quantity)}"] if form.per_quantity else []


def _because(world: World, fact: Fact, factor: Factor) -> str:
    """The marks for which a factor holds, as a word before it."""
    kind = world.scheme.catalogue.kind(fact.kind)
    titles = [kind.mark_title(mark) if kind else mark for mark in factor.where.marks]
    return "、".join(titles) + " " if titles else ""


def _fraction(share: Share) -> Fraction:
    return Fraction(share.numerator, share.denominator)


def _times(value: Fraction) -> str:
    """A multiplier: 2, 1.5 or 4/3."""
    hundredths = value * 100
    return points_text(hundredths.numerator) if hundredths.denominator == 1 else str(value)


def _capped(world: World, form: SumForm, lines: list[Line]) -> tuple[int, str]:
    """The sum after the caps of a day and of a month (K28), and what they did."""
    modifiers = form.modifiers
    rows = [(line.fact.day, line.points_centi) for line in lines]
    said: list[str] = []
    if modifiers.cap_day is not None:
        before = sum(points for _, points in rows)
        rows = _clamped_groups([(day, day, points) for day, points in rows], modifiers.cap_day)
        if sum(points for _, points in rows) != before:
            said.append(f"每日最多 {points_text(modifiers.cap_day)} 分")
    if modifiers.cap_month is not None:
        before = sum(points for _, points in rows)
        rows = _clamped_groups([(_month_of(world, day), day, points) for day, points in rows], modifiers.cap_month)
        if sum(points for _, points in rows) != before:
            said.append(f"每月最多 {points_text(modifiers.cap_month)} 分")
    return sum(points for _, points in rows), "，".join(said)


def _month_of(world: World, day: int) -> int:
    """Which part of one month of the period a day lies in."""
    parts = [days for days, _ in world.parts(1)]
    return next((place for place, days in enumerate(parts) if day < days.stop), len(parts) - 1)


def _clamped_groups(rows: list[tuple[int, int, int]], cap: int) -> list[tuple[int, int]]:
    """Sums by key, each between -cap and cap, with a day of the group."""
    sums: dict[int, int] = defaultdict(int)
    days: dict[int, int] = {}
    for key, day, points in rows:
        sums[key] += points
        days[key] = day
    return [(days[key], min(max(value, -cap), cap)) for key, value in sums.items()]
