"""What is still missing to the next grade: the cheapest lawful things to do before the period ends (N2).

Nothing is guessed: every proposal is scored by the same rules with the facts it would add. What is
not in one's own hands (appraisals, decisions, press, leaders' comments) is never proposed, and what
others have to grant (commendations, titles) only after everything else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sisiwu.engine import reference
from sisiwu.engine.records import Dataset, Fact
from sisiwu.engine.results import Result
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Pick
from sisiwu.engine.scheme.model import Grade, Rule, Scheme
from sisiwu.engine.values import Period, day_date, day_number, points_text

OWN = "deed"
"""The nature of facts that one brings about oneself."""
GRANTED = 5
"""What has to be granted by others costs so many times as much."""
STEPS = 60
"""More actions than this nobody plans."""
AMOUNTS = (100, 200, 400, 800, 1600, 3200)
"""Quantities tried, in hundredths."""


@dataclass(frozen=True)
class Action:
    """One thing that can still be done: a fact of a kind, and what the rule says of it."""

    kind: str
    title: str
    level: str | None
    marks: frozenset[str]
    quantity_centi: int
    when: date
    until: date
    cost: int
    granted: bool = False

    def fact(self, subject: int, number: int) -> Fact:
        """The fact that it would become."""
        day = day_number(self.when)
        return Fact(10**9 + number, f"拟办{number}", self.kind, subject, day, self.level, self.quantity_centi,
                    matter=f"拟办{number}", marks=self.marks, recorded=day)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """An action of the plan, how often, and what it brings together with those before it."""

    action: Action
    times: int
    gain_centi: int


@dataclass(frozen=True)
class Advice:
    """Where one stands (as if nothing more were done), what to do, and where that leads."""

    now: Result
    target: str
    """The grade aimed at; empty when there is none better."""
    steps: tuple[Step, ...]
    total_centi: int
    grade: str
    """The grade that the plan reaches, evaluated with everybody."""
    obstacles: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether the plan reaches what it aims at."""
        return bool(self.target) and self.grade == self.target


def advise(scheme: Scheme, data: Dataset, period: Period, subject: int, as_of: date) -> Advice:
    """The plan for one subject on a day within the period.

    Raises ValueError when the day is not before the period's last, KeyError for a subject that is not assessed.
    """
    if not period.start <= as_of < period.end:
        raise ValueError(as_of)
    known = _known(data, day_number(as_of))
    everybody = reference.evaluate(scheme, known, period)
    now = everybody[subject]
    target = _next(scheme, now)
    if target is None:
        return Advice(now, "", (), now.total_centi, now.grade)
    alone = known.alone(subject, scheme.subject)
    actions = [action for rule in scheme.rules() for action in _actions(scheme, rule, period, as_of)]
    search = _Search(scheme, alone, period, subject, list(dict.fromkeys(actions)))
    needed = _needed(scheme, everybody, now, target)
    if _barred(scheme, now, target):
        return Advice(now, target.name, (), now.total_centi, now.grade, now.notes)
    plan = search.reach(needed)
    facts = [action.fact(subject, number) for number, action in enumerate(plan, 1)]
    after = reference.evaluate(scheme, known.adding(facts, scheme.subject), period)[subject]
    return Advice(now, target.name, search.steps(plan), after.total_centi, after.grade, _obstacles(now, after, target))


def _known(data: Dataset, day: int) -> Dataset:
    """What had been recorded and not reversed on the day."""

    def live(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return tuple(fact for fact in facts if fact.recorded <= day < fact.voided and fact.day <= day)

    return replace(data, organization_facts=live(data.organization_facts), member_facts=live(data.member_facts))


def _next(scheme: Scheme, now: Result) -> Grade | None:
    """The next better grade."""
    grades = scheme.grading.grades
    names = [grade.name for grade in grades]
    if now.grade not in names or names.index(now.grade) == 0:
        return None
    return grades[names.index(now.grade) - 1]


def _needed(scheme: Scheme, everybody: dict[int, Result], now: Result, target: Grade) -> int:
    """The total to aim at: the grade's mark, and more than whoever holds the last place of a quota."""
    high = scheme.grading.better == "high"
    if not high:
        return (target.below or 1) - 1
    needed = target.lowest or now.total_centi + 1
    if target.share is not None or target.number is not None:
        holders = [one.total_centi for one in everybody.values() if one.grade == target.name and one.place is not None]
        if holders and any("名额" in note for note in now.notes):
            needed = max(needed, min(holders) + 1)
    return needed


def _barred(scheme: Scheme, now: Result, target: Grade) -> bool:
    """Whether a veto that holds keeps the grade out of reach, whatever is done."""
    names = [grade.name for grade in scheme.grading.grades]
    aim = names.index(target.name)
    for veto in scheme.vetoes:
        if veto.id not in now.vetoes or veto.when.pick is None:
            continue
        if veto.effect == "grade" or (veto.effect == "not_above" and names.index(veto.target) > aim):
            return True
    return False


def _obstacles(now: Result, after: Result, target: Grade) -> tuple[str, ...]:
    if after.grade == target.name:
        return ()
    return after.notes or now.notes or ("余下的时间里能做的都做，分数仍然不够",)


# --- what can be done


def _actions(scheme: Scheme, rule: Rule, period: Period, as_of: date) -> Iterator[Action]:
    """What a rule would reward, or no longer miss, if it happened."""
    form = rule.form
    first = as_of + timedelta(1)
    if isinstance(form, forms.PerMissing):
        for start, end in _parts(period, form.each_months):
            if end >= first:
                yield from _facts(scheme, form.pick, (max(start, first), end), duty=True)
        return
    pick = getattr(form, "pick", None)
    if pick is None and (metric := getattr(form, "metric", None)) is not None:
        pick = metric.pick
    if not isinstance(pick, Pick) or isinstance(form, forms.ZeroEventBonus | forms.Streak):
        return
    levels = (
        tuple(code for code, value in form.points.by_level if value > 0) if isinstance(form, forms.PerEvent) else ()
    )
    yield from _facts(scheme, pick, (first, period.end), levels=levels, duty=isinstance(form, forms.FlatIf))


def _parts(period: Period, months: int | None) -> list[tuple[date, date]]:
    if not months:
        return [(period.start, period.end)]
    return [(part.start, part.end) for part in period.parts(months)]


def _facts(
    scheme: Scheme, pick: Pick, days: tuple[date, date], *, levels: tuple[str, ...] = (), duty: bool = False
) -> Iterator[Action]:
    if pick.of != "self" or pick.where.positions:
        return
    for code in pick.kinds:
        kind = scheme.catalogue.kind(code)
        if kind is None or kind.nature != OWN or kind.subject != scheme.subject:
            continue
        chosen: tuple[str | None, ...] = (
            levels or pick.where.levels or tuple(name for name, _ in kind.levels) or (None,)
        )
        amounts = AMOUNTS if kind.quantity else (100,)
        for place, level in enumerate(chosen):
            for amount in amounts:
                granted = bool(kind.levels) and not duty
                cost = (GRANTED ** (place + 1) if granted else 1 if duty else 2) * (
                    1 + amount // 800 if kind.quantity else 1
                )
                title = f"{kind.title}（{kind.level_title(level)}）" if level else kind.title
                marked = [kind.mark_title(mark) for mark in pick.where.marks]
                title += f"（{'、'.join(marked)}）" if marked else ""
                title += f" {points_text(amount)} {kind.unit}" if kind.quantity else ""
                yield Action(code, title, level, frozenset(pick.where.marks), amount, *days, cost, granted)


# --- the search


class _Search:
    """Adds the action with the most points for its cost until the aim is reached, then drops what was too much."""

    def __init__(self, scheme: Scheme, data: Dataset, period: Period, subject: int, actions: list[Action]) -> None:
        self.scheme = scheme
        self.data = data
        self.period = period
        self.subject = subject
        self.actions = actions
        self.sign = 1 if scheme.grading.better == "high" else -1
        self._totals: dict[tuple[Action, ...], int] = {}

    def total(self, plan: list[Action]) -> int:
        """The points with the facts of a plan; the subject is looked at alone."""
        key = tuple(sorted(plan, key=lambda action: (action.title, action.when)))
        if key not in self._totals:
            facts = [action.fact(self.subject, number) for number, action in enumerate(key, 1)]
            world = self.data.adding(facts, self.scheme.subject)
            result = reference.evaluate(self.scheme, world, self.period, only={self.subject})[self.subject]
            self._totals[key] = result.total_centi
        return self._totals[key]

    def reach(self, needed: int) -> list[Action]:
        """A plan that reaches the total, or the best there is."""
        plan = self._filled([], [action for action in self.actions if not action.granted], needed)
        if self.sign * (needed - self.total(plan)) > 0:
            plan = self._filled(plan, [action for action in self.actions if action.granted], needed)
        for action in sorted(plan, key=lambda one: -one.cost):
            without = [*plan]
            without.remove(action)
            if self.sign * (needed - self.total(without)) <= 0:
                plan = without
        return plan

    def _filled(self, plan: list[Action], useful: list[Action], needed: int) -> list[Action]:
        """The plan with more actions, until it reaches the total or none of them helps."""
        plan = [*plan]
        while len(plan) < STEPS and self.sign * (needed - self.total(plan)) > 0:
            base = self.total(plan)
            gains = [(self.sign * (self.total([*plan, action]) - base), action) for action in useful]
            useful = [action for gain, action in gains if gain > 0]
            if not useful:
                break
            missing = self.sign * (needed - base)
            _, best = max(gains, key=lambda pair: self._worth(pair, missing))
            plan.append(best)
            if best.granted:  # nobody plans to be commended twice alike
                useful.remove(best)
        return plan

    @staticmethod
    def _worth(pair: tuple[int, Action], missing: int) -> tuple[int, int]:
        """Points that are still needed, per cost; at equal worth the cheaper."""
        gain, action = pair
        return min(gain, missing) * 1000 // action.cost, -action.cost

    def steps(self, plan: list[Action]) -> tuple[Step, ...]:
        """The plan with equal actions together, and what each brings."""
        found: list[Step] = []
        done: list[Action] = []
        for action, times in Counter(sorted(plan, key=lambda one: (one.cost, one.title, one.when))).items():
            before = self.total(done)
            done += [action] * times
            found.append(Step(action, times, self.total(done) - before))
        return tuple(found)


def until_text(action: Action) -> str:
    """By when: “12月31日前”."""
    end = day_date(day_number(action.until))
    return f"{end.month}月{end.day}日前"
