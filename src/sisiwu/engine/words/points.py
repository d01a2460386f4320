"""Points in words, and the points that a rule uses.

Every number of points is said as a number before 分 with its verb (加, 扣, 增, 减, 满分, 封顶), and nothing
else is said so: the numbers can be read back out of the words and held against ``numbers_of``.
"""

from __future__ import annotations

from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.model import Rule
from sisiwu.engine.values import points_text


def worth(value: int | str) -> str:
    """“加2分”, “扣0.5分”, “不计分”; for ZERO “本条不得分”."""
    if isinstance(value, str):
        return "本条不得分"
    if value == 0:
        return "不计分"
    return f"扣{points_text(-value)}分" if value < 0 else f"加{points_text(value)}分"


def plain(value: int) -> str:
    """Points without a verb: “90分”, “-3分”."""
    return f"{points_text(value)}分"


def bounds_in_words(lowest: int | None, highest: int | None) -> list[str]:
    """“封顶5分”, “最多扣3分”."""
    parts = []
    if highest is not None:
        parts.append(f"封顶{plain(highest)}" if highest >= 0 else f"至少扣{plain(-highest)}")
    if lowest is not None:
        if lowest < 0:
            parts.append(f"最多扣{plain(-lowest)}")
        else:
            parts.append(f"最少得{plain(lowest)}" if lowest else "不计负分")
    return parts


def limit_in_words(when: str, limit: int, signs: set[bool]) -> str:
    """“每日最多扣1分”; for rules that add and deduct “每日最多加1分、最多扣1分”."""
    verbs = [verb for sign, verb in ((True, "加"), (False, "扣")) if sign in signs]
    return when + "、".join(f"最多{verb}{plain(limit)}" for verb in verbs or ["加"])


def signs_of(form: forms.Form) -> set[bool]:
    """Whether a form can add (True) and deduct (False)."""
    return {value > 0 for value in form_numbers(form) if value}


def numbers_of(rule: Rule) -> set[int]:
    """All points a rule uses, in hundredths, deductions negative; without zero."""
    numbers = set(form_numbers(rule.form))
    if modifiers := getattr(rule.form, "modifiers", None):
        for limit in (modifiers.cap_day, modifiers.cap_month):
            if limit is not None:
                numbers |= {limit if sign else -limit for sign in signs_of(rule.form) or {True}}
    numbers |= {bound for bound in (rule.lowest, rule.highest) if bound is not None}
    return numbers - {0}


def form_numbers(form: forms.Form) -> list[int]:
    """The points that stand in a form itself, without its caps."""
    match form:
        case forms.PerEvent():
            if form.modifiers.nth:
                return list(form.modifiers.nth)
            points = form.points
            if points.by_level or points.by_position:
                return [value for _, value in points.by_level + points.by_position]
            return [points.value or 0]
        case forms.Discretionary():
            return [form.low, form.high, *form.modifiers.nth]
        case forms.Deadline():
            return list(form.modifiers.nth) or [form.points.value or 0]
        case forms.FlatIf():
            return [form.points] if isinstance(form.points, int) else []
        case forms.CountTable():
            return [value for _, value in form.table if isinstance(value, int)]
        case forms.Band():
            return [value for _, value in form.bands if isinstance(value, int)]
        case forms.PerMissing() | forms.ZeroEventBonus() | forms.Step():
            return [form.points]
        case forms.Streak():
            return list(form.table)
        case forms.RankPoints():
            until = [form.until] if form.until is not None and form.then_each else []
            return [*form.table, form.then_each, *until]
        case forms.VsPeerAverage():
            return [form.above, form.below, form.equal]
        case forms.Given() | forms.Rating() | forms.MemberAverage():
            return [form.full, form.out_of]
        case forms.SelfAndVerified() | forms.Votes() | forms.Ratio():
            return [form.full]
