"""Forms that take scores and votes which people gave."""

from __future__ import annotations

from fractions import Fraction

from sisiwu.engine.records import Fact
from sisiwu.engine.reference.counts import equals, lines_of
from sisiwu.engine.reference.picking import Subject, World
from sisiwu.engine.results import Line, RuleScore
from sisiwu.engine.scheme import forms
from sisiwu.engine.values import half_up, points_text, score_text


def within(score: int, full: int) -> int:
    """At least 0, at most full."""
    return max(min(score, full), 0)


def given(world: World, rule: str, form: forms.Given, subject: Subject) -> RuleScore:
    """A score that somebody, or another scheme, gave (K04, K56)."""
    facts = world.picked(form.pick, subject)
    if not facts or form.out_of <= 0:
        return RuleScore(rule, 0, (), "没有评分，0 分")
    quantity, how = _taken(form.take, [fact.quantity for fact in facts])
    score = within(half_up(form.full * quantity, form.out_of), form.full)
    said = f"{how} {score_text(quantity)}"
    if form.full != form.out_of:
        said = f"{said}，{score_text(quantity)} ÷ {points_text(form.out_of)} × {points_text(form.full)}"
    return RuleScore(rule, score, lines_of(facts), _bounded(said, score, form.full))


def _taken(take: str, quantities: list[int]) -> tuple[int, str]:
    match take:
        case "latest":
            return quantities[-1], "最近一次评分"
        case "sum":
            return sum(quantities), f"{len(quantities)} 次评分合计"
        case "best":
            return max(quantities), "最高一次评分"
        case _:
            return half_up(sum(quantities), len(quantities)), f"{len(quantities)} 次评分平均"


def _bounded(said: str, score: int, full: int) -> str:
    return f"{equals(said, score)}（满分 {points_text(full)}）"


def self_and_verified(world: World, rule: str, form: forms.SelfAndVerified, subject: Subject) -> RuleScore:
    """The verified score counts; the self score stands beside it (K36)."""
    facts = world.picked(form.pick, subject)
    own = _last(facts, form.self_level)
    verified = _last(facts, form.verified_level)
    aside = tuple(Line(fact, 0, "自评，只作参考") for fact in own)
    before = f"自评 {score_text(own[0].quantity)}，" if own else "没有自评，"
    if not verified:
        return RuleScore(rule, 0, (), f"{before}没有核定分，0 分", uncounted=aside)
    score = within(verified[0].quantity, form.full)
    said = _bounded(f"{before}核定 {score_text(verified[0].quantity)}", score, form.full)
    return RuleScore(rule, score, lines_of(verified), said, uncounted=aside)


def _last(facts: list[Fact], level: str) -> list[Fact]:
    return [fact for fact in facts if fact.level == level][-1:]


def rating(world: World, rule: str, form: forms.Rating, subject: Subject) -> RuleScore:
    """Weighted rater classes (K34): the mean of each class, then the weighted mean of the classes."""
    facts = world.picked(form.pick, subject)
    weighted, weights = Fraction(0), Fraction(0)
    said: list[str] = []
    for level, share in form.weights:
        quantities = [fact.quantity for fact in facts if fact.level == level]
        if not quantities and form.missing == "rescale":
            continue
        mean = half_up(sum(quantities), len(quantities)) if quantities else 0
        weighted += Fraction(share.numerator, share.denominator) * mean
        weights += Fraction(share.numerator, share.denominator)
        said.append(f"{world.level_title(form.pick, level)} {score_text(mean)} × {share.text}")
    counted = [fact for fact in facts if fact.level in dict(form.weights)]
    aside = tuple(Line(fact, 0, "不在评价主体之列") for fact in facts if fact not in counted)
    if not counted or not weights or form.out_of <= 0:
        return RuleScore(rule, 0, (), "没有评分，0 分", uncounted=aside)
    value = form.full * weighted / (form.out_of * weights)
    score = within(half_up(value.numerator, value.denominator), form.full)
    shares = "" if weights == 1 else f" ÷ {weights}"
    scale = "" if form.out_of == form.full else f" ÷ {points_text(form.out_of)} × {points_text(form.full)}"
    text = equals(f"（{' ＋ '.join(said)}）{shares}{scale}", score)
    return RuleScore(rule, score, lines_of(counted), text, uncounted=aside)


def votes(world: World, rule: str, form: forms.Votes, subject: Subject) -> RuleScore:
    """Votes to points (K35); options that are not listed are void."""
    values = dict(form.values)
    facts = world.picked(form.pick, subject)
    valid = [fact for fact in facts if fact.level in values]
    aside = tuple(Line(fact, 0, "不在选项之列，作废票") for fact in facts if fact not in valid)
    cast = sum(fact.quantity for fact in valid)
    if cast <= 0:
        return RuleScore(rule, 0, (), "没有有效票，0 分", uncounted=aside)
    said: list[str] = []
    summed = 0
    for level, value in form.values:
        number = sum(fact.quantity for fact in valid if fact.level == level)
        summed += value * number
        if number:
            said.append(f"{world.level_title(form.pick, level)} {points_text(number)} 票 × {points_text(value)}")
    score = within(half_up(form.full * summed, 10_000 * cast), form.full)
    text = f"（{' ＋ '.join(said)}）÷ {points_text(cast)} 票 ÷ 100 × {points_text(form.full)}"
    return RuleScore(rule, score, lines_of(valid), equals(text, score), uncounted=aside)
