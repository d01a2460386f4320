"""What follows from a score, in words: grades, quotas, vetoes, direct grades, consequences."""

from __future__ import annotations

from sisiwu.engine.scheme.model import Condition, Consequence, DirectGrade, Grade, Scheme, Veto
from sisiwu.engine.values import points_text
from sisiwu.engine.words.picks import peers_in_words, pick_in_words, unit_of
from sisiwu.engine.words.points import plain
from sisiwu.engine.words.rules import PERIODS
from sisiwu.engine.words.structure import who_in_words

ROUNDING = {"floor": "名额尾数舍去", "half_up": "名额四舍五入", "ceiling": "名额有尾数的进一"}
TIES = {"none": "同分超出名额的都不评上", "all": "同分的都评上"}
BASE = {"assessed": "名额以参加评定的为基数", "all": "名额以全部考核对象为基数"}


def list_title(id_: str | None, scheme: Scheme) -> str:
    """The title of a list given by its id."""
    return next((list_.title for list_ in scheme.lists if list_.id == id_), id_ or "")


def grade_in_words(grade: Grade, scheme: Scheme) -> str:
    """Who gets a grade: “90分以上，不超过25%，只评成立满12个月的”."""
    parts = []
    span = _span(grade.lowest, grade.below, grade.highest)
    if span:
        parts.append(f"{list_title(grade.list_id, scheme) if grade.list_id else ''}{span}")
    if grade.share is not None:
        parts.append(f"不超过{grade.share.text}")
    if grade.number is not None:
        parts.append(f"不超过{grade.number}个")
    if not grade.who.everyone:
        parts.append(f"只评{who_in_words(grade.who, scheme)}")
    return "，".join(parts) or "其余"


def quota_in_words(scheme: Scheme) -> str:
    """How quotas are counted; empty when no grade has one."""
    grading = scheme.grading
    if not any(grade.share is not None or grade.number is not None for grade in grading.grades):
        return ""
    direct = "直接定级的占用名额" if grading.direct_in_quota else "直接定级的不占名额"
    parts = [f"{peers_in_words(grading.peers)}排名", BASE[grading.base], ROUNDING[grading.rounding], TIES[grading.ties]]
    return "，".join(parts + ([direct] if scheme.direct_grades else []))


def grading_in_words(scheme: Scheme) -> str:
    """All grades and how their quotas are counted, as one sentence; empty without grades."""
    grading = scheme.grading
    if not grading.grades:
        return ""
    parts = [f"{grade.name}：{grade_in_words(grade, scheme)}" for grade in grading.grades]
    if grading.better == "low":
        parts.append("分数低的为优")
    if quota := quota_in_words(scheme):
        parts.append(quota)
    return "；".join(parts)


def condition_in_words(condition: Condition, scheme: Scheme) -> str:
    """What sets something off, to be followed by 的: “总分不足70分”, “评为差”."""
    parts = []
    if condition.pick is not None and condition.streak is None:
        what = pick_in_words(condition.pick, scheme.catalogue)
        unit = unit_of(condition.pick, scheme.catalogue)
        parts.append(f"{what}达到{condition.at_least}{unit}" if condition.at_least > 1 else f"有{what}")
    if total := _span(condition.total_from, condition.total_below):
        parts.append(f"总分{total}")
    if condition.list_id is not None and condition.list_below is not None:
        parts.append(f"{list_title(condition.list_id, scheme)}不足{plain(condition.list_below)}")
    if condition.grades:
        named = "、".join(condition.grades)
        if condition.streak is not None:
            earlier = pick_in_words(condition.pick, scheme.catalogue) if condition.pick else "往期结果"
            length = f"连续{condition.streak}{PERIODS[scheme.calendars[0].kind]}"
            parts.append(f"{length}评为{named}（往期看{earlier}）")
        else:
            parts.append(f"评为{named}")
    return "，且".join(parts)


def veto_in_words(veto: Veto, scheme: Scheme) -> str:
    """A veto as one sentence: “有重大责任事故（不可抗力的除外）的，最高评为一般”."""
    items = {item.id: item.title for item in scheme.items()}
    effects = {
        "grade": f"直接评为{veto.target}",
        "not_above": f"最高评为{veto.target}",
        "zero_list": f"“{list_title(veto.target, scheme)}”不得分",
        "zero_item": f"“{items.get(veto.target, veto.target)}”不得分",
        "not_graded": "不评定等级",
    }
    return f"{condition_in_words(veto.when, scheme)}的，{effects.get(veto.effect, veto.effect)}"


def direct_grade_in_words(direct: DirectGrade, scheme: Scheme) -> str:
    """A direct grade as one sentence."""
    text = f"有{pick_in_words(direct.pick, scheme.catalogue)}的，直接评为{direct.grade}"
    return text + ("，总分按该等级的最低分计" if direct.points_follow else "")


def consequence_in_words(consequence: Consequence, scheme: Scheme) -> str:
    """A consequence as one sentence: “评为好的，授予称号（2000元）”."""
    more = []
    if consequence.amount_fen is not None:
        more.append(f"{points_text(consequence.amount_fen)}元")
    if consequence.months is not None:
        more.append(f"{consequence.months}个月")
    text = f"{condition_in_words(consequence.when, scheme)}的，{consequence.title}"
    return text + (f"（{'，'.join(more)}）" if more else "")


def _span(low: int | None, below: int | None, to: int | None = None) -> str:
    parts = [f"{plain(low)}以上"] if low is not None else []
    if to is not None:
        parts.append(f"{plain(to)}以下")
    if below is not None:
        parts.append(f"不足{plain(below)}")
    return "、".join(parts)
