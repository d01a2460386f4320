"""Every form of rule in words, from its numbers alone."""

from __future__ import annotations

from dataclasses import replace

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Modifiers, Pick
from sisiwu.engine.words.compared import compared_in_words
from sisiwu.engine.words.picks import (
    kinds_of,
    level_title,
    pick_in_words,
    quantity_title,
    quantity_unit,
    unit_of,
    where_in_words,
)
from sisiwu.engine.words.points import limit_in_words, plain, signs_of, worth

PARTS = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}
WHOLE = {"year": "全年", "half_year": "半年内", "quarter": "全季度", "month": "全月"}
PERIODS = {"year": "年", "half_year": "个半年", "quarter": "个季度", "month": "个月"}
TAKES = {"latest": "以最近一次为准", "sum": "各次合计", "mean": "取各次平均", "best": "取最高一次"}


def form_in_words(form: forms.Form, catalogue: Catalogue, period: str = "year") -> str:
    """The form as a clause of a sentence, without its cap; ``period`` is the kind of the calendar."""
    match form:
        case forms.PerEvent():
            return _per_event(form, catalogue) + modifiers_in_words(form, form.modifiers, form.pick, catalogue)
        case forms.Discretionary():
            return _discretionary(form, catalogue) + modifiers_in_words(form, form.modifiers, form.pick, catalogue)
        case forms.Deadline():
            return _deadline(form, catalogue) + modifiers_in_words(form, form.modifiers, form.pick, catalogue)
        case forms.PerMissing():
            return _per_missing(form, catalogue, period)
        case forms.FlatIf():
            return _flat_if(form, catalogue)
        case forms.CountTable():
            unit = unit_of(form.pick, catalogue)
            rows = zip(form.table, [*(count for count, _ in form.table[1:]), None], strict=True)
            told = "，".join(f"{_span(count, following, unit)}{worth(value)}" for (count, value), following in rows)
            return f"{pick_in_words(form.pick, catalogue)}：{told}"
        case forms.ZeroEventBonus():
            when = _parts(form.each_months) if form.each_months else WHOLE[period]
            return f"{when}没有{pick_in_words(form.pick, catalogue)}的{worth(form.points)}"
        case forms.Streak():
            last = len(form.table)
            rows_ = "，".join(
                f"连续{length}{PERIODS[period]}{'以上' if length == last else ''}{worth(value)}"
                for length, value in enumerate(form.table, 1)
            )
            return f"此前各期连续有{pick_in_words(form.pick, catalogue)}的：{rows_}"
        case _:
            return _assessed(form, catalogue)


def _assessed(form: forms.Form, catalogue: Catalogue) -> str:
    match form:
        case forms.Given():
            text = f"{pick_in_words(form.pick, catalogue)}得分，满分{plain(form.full)}，{TAKES[form.take]}"
            return text if form.out_of == form.full else f"{text}，由{plain(form.out_of)}制折算"
        case forms.SelfAndVerified():
            kinds = kinds_of(form.pick, catalogue)
            own, verified = level_title(form.self_level, kinds), level_title(form.verified_level, kinds)
            text = pick_in_words(form.pick, catalogue)
            return f"{text}得分，满分{plain(form.full)}，{own}与{verified}并列，以{verified}为准"
        case forms.Rating():
            kinds = kinds_of(form.pick, catalogue)
            shares = "、".join(f"{level_title(level, kinds)}{weight.text}" for level, weight in form.weights)
            absent = "缺一方的由其余各方按比例折算" if form.missing == "rescale" else "缺一方的该方按零分计"
            text = f"{pick_in_words(form.pick, catalogue)}按{shares}加权平均，满分{plain(form.full)}"
            return f"{text}，由{plain(form.out_of)}制折算，{absent}"
        case forms.Votes():
            kinds = kinds_of(form.pick, catalogue)
            values = "、".join(f"{level_title(level, kinds)}按{_percent(value)}" for level, value in form.values)
            return f"{pick_in_words(form.pick, catalogue)}折算得分，满分{plain(form.full)}：{values}，其他票不计"
        case forms.MemberAverage():
            return f"所属党员积分的平均分，满分{plain(form.full)}，由{plain(form.out_of)}制折算"
        case _:
            return compared_in_words(form, catalogue)


# --- counted facts


def _per_event(form: forms.PerEvent, catalogue: Catalogue) -> str:
    points, pick = form.points, form.pick
    kinds, unit = kinds_of(pick, catalogue), unit_of(pick, catalogue)
    if form.modifiers.nth:
        return f"{pick_in_words(pick, catalogue)}：{_nth(form.modifiers, unit)}"
    each = f"按{quantity_title(kinds)}计，每1{quantity_unit(kinds)}" if form.per_quantity else f"每{unit}"
    if points.by_level:
        if set(pick.where.levels) == {level for level, _ in points.by_level}:
            pick = replace(pick, where=replace(pick.where, levels=()))
        rows = "，".join(
            f"{level_title(level, kinds)}{'' if form.per_quantity else each}{worth(value)}"
            for level, value in points.by_level
        )
        what = pick_in_words(pick, catalogue) + (f"（{each}）" if form.per_quantity else "")
        return f"{what}：{rows}" + ("，到哪一级即逐级累加" if points.stacking else "")
    if points.by_position:
        rows = "，".join(f"{catalogue.positions.title(code)}{worth(value)}" for code, value in points.by_position)
        return f"{pick_in_words(pick, catalogue)}{each}：{rows}，一人兼任的按先列的职务"
    return f"{pick_in_words(pick, catalogue)}{each}{worth(points.value or 0)}"


def _discretionary(form: forms.Discretionary, catalogue: Catalogue) -> str:
    what, unit = pick_in_words(form.pick, catalogue), unit_of(form.pick, catalogue)
    low, high = sorted((abs(form.low), abs(form.high)))
    verb = "扣" if min(form.low, form.high) < 0 else "加"
    text = f"{what}每{unit}酌情{verb}{plain(low)}至{verb}{plain(high)}"
    return f"{text}，实际按{_nth(form.modifiers, unit)}" if form.modifiers.nth else text


def _deadline(form: forms.Deadline, catalogue: Catalogue) -> str:
    limit = f"超过时限{form.within_days}日以上的" if form.within_days else "超过时限的"
    what, unit = pick_in_words(form.pick, catalogue), unit_of(form.pick, catalogue)
    if form.modifiers.nth:
        return f"{what}{limit}：{_nth(form.modifiers, unit)}"
    return f"{what}{limit}{'每日' if form.per_day else f'每{unit}'}{worth(form.points.value or 0)}"


def _nth(modifiers: Modifiers, unit: str) -> str:
    last = len(modifiers.nth)
    return "，".join(
        f"第{place}{unit}{'起每' + unit if place == last else ''}{worth(value)}"
        for place, value in enumerate(modifiers.nth, 1)
    )


def modifiers_in_words(form: forms.Form, modifiers: Modifiers, pick: Pick, catalogue: Catalogue) -> str:
    """What happens between the facts and their sum, each part after a comma."""
    kinds, unit = kinds_of(pick, catalogue), unit_of(pick, catalogue)
    parts = []
    if group := modifiers.once_group:
        named = "" if group.startswith("rule:") else f"（各条“{group}”一并比较）"
        parts.append(f"同一事项就高{named}")
    if modifiers.beyond:
        parts.append(f"头{modifiers.beyond}{unit}不计")
    if modifiers.every > 1:
        parts.append(f"每满{modifiers.every}{unit}计1{unit}")
    for factor in modifiers.factors:
        condition = where_in_words(factor.where, kinds, catalogue)
        parts.append(f"{condition + '的' if condition else '一律'}按{factor.times.text}计")
    if modifiers.repeat:
        within = f"{modifiers.repeat.within_days}日内" if modifiers.repeat.within_days else "同一日"
        parts.append(f"{within}再次发生的按{modifiers.repeat.times.text}计")
    if modifiers.escalate:
        parts.append(f"从第2{unit}起每{unit}递增{modifiers.escalate.text}")
    if modifiers.split:
        parts.append("多人（多家）共同的平均分享")
    for when, limit in (("每日", modifiers.cap_day), ("每月", modifiers.cap_month)):
        if limit is not None:
            parts.append(limit_in_words(when, limit, signs_of(form)))
    return "".join(f"，{part}" for part in parts)


# --- counted once


def _per_missing(form: forms.PerMissing, catalogue: Catalogue, period: str) -> str:
    unit = unit_of(form.pick, catalogue)
    when = _parts(form.each_months) if form.each_months else WHOLE[period]
    if form.by_size:
        asked = "，".join(f"{f'{size}人以上' if size else ''}{count}{unit}" for size, count in form.by_size)
    else:
        asked = f"{form.required}{unit}"
    text = f"每缺1{unit}{pick_in_words(form.pick, catalogue)}（{when}应{asked}）{worth(form.points)}"
    if form.deployed:
        text += f"，应完成数按没有{pick_in_words(form.deployed, catalogue)}的天数折减，尾数舍去"
    return text


def _flat_if(form: forms.FlatIf, catalogue: Catalogue) -> str:
    what = pick_in_words(form.pick, catalogue)
    if form.absent:
        return f"没有{what}的{worth(form.points)}"
    if form.at_least > 1:
        return f"{what}达到{form.at_least}{unit_of(form.pick, catalogue)}的{worth(form.points)}"
    return f"有{what}的{worth(form.points)}"


def _span(count: int, following: int | None, unit: str) -> str:
    if following is None:
        return f"{count}{unit}以上"
    return f"{count}{unit}" if following == count + 1 else f"{count}至{following - 1}{unit}"


def _parts(months: int) -> str:
    return PARTS.get(months, f"每{months}个月")


def _percent(value: int) -> str:
    return f"{plain(value).removesuffix('分')}%"
