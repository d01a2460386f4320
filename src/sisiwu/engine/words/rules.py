"""Every form of rule in words, from its numbers alone."""

from __future__ import annotations

from dataclasses import replace

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Baseline, Metric, Modifiers, Pick
from sisiwu.engine.values import points_text
from sisiwu.engine.words.picks import (
    kinds_of,
    level_title,
    metric_in_words,
    pick_in_words,
    unit_of,
    where_in_words,
)

PARTS = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}
TAKES = {"latest": "以最近一次为准", "sum": "合计", "mean": "取平均", "best": "取最高"}


def worth(value: int | str) -> str:
    """“加 2 分”, “扣 0.5 分”, “不得分”."""
    if isinstance(value, str):
        return "本条目不得分"
    return f"扣 {points_text(-value)} 分" if value < 0 else f"加 {points_text(value)} 分"


def form_in_words(form: forms.Form, catalogue: Catalogue) -> str:
    """The form as a clause of a sentence, without its cap."""
    match form:
        case forms.PerEvent():
            return _per_event(form, catalogue) + _modifiers(form.modifiers, form.pick, catalogue)
        case forms.Discretionary():
            low, high = sorted((abs(form.low), abs(form.high)))
            verb = "扣" if min(form.low, form.high) < 0 else "加"
            text = f"{pick_in_words(form.pick, catalogue)}，每{unit_of(form.pick, catalogue)}酌情{verb} {points_text(low)} 至 {points_text(high)} 分"
            return text + _modifiers(form.modifiers, form.pick, catalogue)
        case forms.Deadline():
            limit = f"超过 {form.within_days} 日" if form.within_days else "逾期"
            each = "每日" if form.per_day else f"每{unit_of(form.pick, catalogue)}"
            text = f"{pick_in_words(form.pick, catalogue)}{limit}的，{each}{worth(form.points.value or 0)}"
            return text + _modifiers(form.modifiers, form.pick, catalogue)
        case forms.Given():
            text = f"{pick_in_words(form.pick, catalogue)}，满分 {points_text(form.full)} 分，{TAKES[form.take]}"
            return text if form.out_of == form.full else f"{text}，由 {points_text(form.out_of)} 分折算"
        case forms.SelfAndVerified():
            return (
                f"{pick_in_words(form.pick, catalogue)}，自评与核定并列，以核定为准，最多 {points_text(form.full)} 分"
            )
        case forms.PerMissing():
            return _per_missing(form, catalogue)
        case forms.FlatIf():
            if form.absent:
                return f"没有{pick_in_words(form.pick, catalogue)}的，{worth(form.points)}"
            times = f"达到 {form.at_least} {unit_of(form.pick, catalogue)}的" if form.at_least > 1 else "有此情形的"
            return f"{pick_in_words(form.pick, catalogue)}，{times}，{worth(form.points)}"
        case forms.CountTable():
            rows = "，".join(f"{count} {unit_of(form.pick, catalogue)}{worth(value)}" for count, value in form.table)
            return f"{pick_in_words(form.pick, catalogue)}：{rows}"
        case forms.ZeroEventBonus():
            when = PARTS.get(form.each_months or 0, f"每 {form.each_months} 个月") if form.each_months else "全期"
            return f"{when}没有{pick_in_words(form.pick, catalogue)}的，{worth(form.points)}"
        case forms.Streak():
            rows = "，".join(f"{length} 期{worth(value)}" for length, value in enumerate(form.table, 1))
            return f"此前连续各期有{pick_in_words(form.pick, catalogue)}的：{rows}"
        case forms.Rating():
            kinds = kinds_of(form.pick, catalogue)
            shares = "，".join(f"{level_title(level, kinds)}占 {weight.text}" for level, weight in form.weights)
            absent = "缺一方时其余按比例折算" if form.missing == "rescale" else "缺一方按零分计"
            return (
                f"{pick_in_words(form.pick, catalogue)}加权平均，满分 {points_text(form.full)} 分：{shares}；{absent}"
            )
        case forms.Votes():
            kinds = kinds_of(form.pick, catalogue)
            values = "，".join(f"{level_title(level, kinds)} {points_text(value)}" for level, value in form.values)
            return f"{pick_in_words(form.pick, catalogue)}折算，满分 {points_text(form.full)} 分：{values}；其他票不计"
        case forms.MemberAverage():
            return f"党员积分平均分由 {points_text(form.out_of)} 分折算，满分 {points_text(form.full)} 分"
        case _:
            return _compared(form, catalogue)


def _per_event(form: forms.PerEvent, catalogue: Catalogue) -> str:
    points, pick = form.points, form.pick
    if points.by_level and set(pick.where.levels) == {level for level, _ in points.by_level}:
        pick = replace(pick, where=replace(pick.where, levels=()))
    what, unit = pick_in_words(pick, catalogue), unit_of(pick, catalogue)
    each = f"按数量每{unit}" if form.per_quantity else f"每{unit}"
    if form.modifiers.nth:
        rows = "，".join(f"第 {place} 次{worth(value)}" for place, value in enumerate(form.modifiers.nth, 1))
        return f"{what}：{rows}，以后各次相同"
    if points.by_level:
        kinds = kinds_of(form.pick, catalogue)
        rows = "，".join(f"{level_title(level, kinds)}{each}{worth(value)}" for level, value in points.by_level)
        return f"{what}：{rows}" + ("（逐级累加）" if points.stacking else "")
    if points.by_position:
        rows = "，".join(f"{catalogue.positions.title(code)}{worth(value)}" for code, value in points.by_position)
        return f"{what}，{each}：{rows}"
    return f"{what}，{each}{worth(points.value or 0)}"


def _modifiers(modifiers: Modifiers, pick: Pick, catalogue: Catalogue) -> str:
    parts = []
    if modifiers.once_group:
        parts.append("同一事项就高、只计一次")
    if modifiers.beyond:
        parts.append(f"完成基本任务 {modifiers.beyond} 项之后才计")
    if modifiers.every > 1:
        parts.append(f"每满 {modifiers.every} 次计一次")
    kinds = kinds_of(pick, catalogue)
    for factor in modifiers.factors:
        parts.append(f"{where_in_words(factor.where, kinds, catalogue)}的按 {factor.times.text} 计")
    if modifiers.repeat:
        parts.append(f"{modifiers.repeat.within_days} 日内再次发生的按 {modifiers.repeat.times.text} 计")
    if modifiers.escalate:
        parts.append(f"从第 2 次起每次递增 {modifiers.escalate.text}")
    if modifiers.split:
        parts.append("多人共同的平均分配")
    if modifiers.cap_day is not None:
        parts.append(f"每日最多 {points_text(modifiers.cap_day)} 分")
    if modifiers.cap_month is not None:
        parts.append(f"每月最多 {points_text(modifiers.cap_month)} 分")
    return "".join(f"，{part}" for part in parts)


def _per_missing(form: forms.PerMissing, catalogue: Catalogue) -> str:
    unit = unit_of(form.pick, catalogue)
    when = PARTS.get(form.each_months, f"每 {form.each_months} 个月") if form.each_months else "全期"
    if form.by_size:
        asked = "，".join(f"{f'{size} 人以上 ' if size else ''}{count} {unit}" for size, count in form.by_size)
    else:
        asked = f"{form.required} {unit}"
    text = f"{pick_in_words(form.pick, catalogue)}{when}应有 {asked}，每缺 1 {unit}{worth(form.points)}"
    return text + ("，执行任务的天数相应扣除" if form.deployed else "")


def _compared(form: forms.Form, catalogue: Catalogue) -> str:
    match form:
        case forms.Band():
            rows = "，".join(f"{_number(form.metric, low)} 以上{worth(value)}" for low, value in form.bands)
            return f"{metric_in_words(form.metric, catalogue)}：{rows}"
        case forms.Step():
            side = "低于" if form.direction == "below" else "高于"
            began = "（不足的按一档计）" if form.began else ""
            base = _baseline(form.baseline, form.metric, catalogue)
            return f"{metric_in_words(form.metric, catalogue)}{side}{base}的，每{side[0]} {_number(form.metric, form.step)}{worth(form.points)}{began}"
        case forms.Ratio():
            whole = "同组最高" if form.out_of is None else _number(form.metric, form.out_of)
            return f"{metric_in_words(form.metric, catalogue)}按与{whole}之比计分，满分 {points_text(form.full)} 分"
        case forms.RankPoints():
            order = "从低到高" if form.lowest else "从高到低"
            rows = "，".join(f"第 {place} 名{worth(value)}" for place, value in enumerate(form.table, 1))
            then = f"，以后每名再{worth(form.then_each)}" if form.then_each else "，以后各名相同"
            until = f"，到 {points_text(form.until)} 分为止" if form.until is not None and form.then_each else ""
            return f"{metric_in_words(form.metric, catalogue)}同组{order}：{rows}{then}{until}"
        case forms.VsPeerAverage():
            equal = f"，相等的{worth(form.equal)}" if form.equal else ""
            return f"{metric_in_words(form.metric, catalogue)}高于同组平均的{worth(form.above)}，低于的{worth(form.below)}{equal}"
        case _:
            raise TypeError(form)


def _number(metric: Metric, value: int) -> str:
    return points_text(value) + ("%" if metric.of in ("ratio", "share") else "")


def _baseline(baseline: Baseline, metric: Metric, catalogue: Catalogue) -> str:
    if baseline.number is not None:
        text = _number(metric, baseline.number)
    elif baseline.metric is not None:
        text = metric_in_words(baseline.metric, catalogue)
    else:
        text = "同组平均"
    return text + (f"的 {baseline.grow.text}" if baseline.grow else "")
