"""C6xx: vetoes, direct grades and consequences: what sets them off, and what they aim at."""

from __future__ import annotations

from collections.abc import Iterator

from sisiwu.engine.checks import bounds
from sisiwu.engine.checks.draft import Draft, Part, error
from sisiwu.engine.scheme.model import Condition, Consequence, DirectGrade, Veto
from sisiwu.engine.source import Complaint
from sisiwu.engine.values import points_text

STREAK_MIN = 2
TARGETS = {"grade": "等级", "not_above": "等级", "zero_list": "清单", "zero_item": "条目"}


def check(draft: Draft) -> Iterator[Complaint]:
    """C601 an unknown target, C602 a zero that looks at points, C603 a condition that is no condition,

    C604 a grade before there are grades, C605 an unfit series, C606 never holds, C607 no points to follow.
    """
    for veto in draft.scheme.vetoes:
        yield from _veto(draft, veto)
    for direct in draft.scheme.direct_grades:
        yield from _direct(draft, direct)
    for owner, condition in draft.conditions():
        yield from _condition(owner, condition)
        yield from _reachable(draft, owner, condition)
    for consequence in draft.scheme.consequences:
        yield from _unknown(draft, consequence, "等级", consequence.when.grades)
        yield from _series(consequence)


def _unknown(draft: Draft, part: Part, what: str, names: tuple[str, ...]) -> Iterator[Complaint]:
    known = {
        "等级": [grade.name for grade in draft.scheme.grading.grades],
        "清单": [list_.id for list_ in draft.scheme.lists],
        "条目": [item.id for item in draft.scheme.items()],
    }[what]
    for name in names:
        if name not in known:
            hint = f"可写：{'、'.join(known)}" if known else f"先写出{what}"
            yield error("C601", part, f"没有“{name}”这个{what}", hint)


def _veto(draft: Draft, veto: Veto) -> Iterator[Complaint]:
    if veto.effect in TARGETS:
        yield from _unknown(draft, veto, TARGETS[veto.effect], (veto.target,))
    if veto.effect in ("zero_item", "zero_list"):
        by_points = veto.when.total_from, veto.when.total_below, veto.when.list_below
        if veto.when.pick is None or any(bound is not None for bound in by_points):
            message = "清单、条目计零分只能看有没有某种事实，不能看得分（得分还要由它算出）"
            yield error("C602", veto, message, "在 when 里只写 count；要看得分的改用 {not_above: …}")
    if veto.when.grades or veto.when.streak:
        message = "否决在定级以前判断，条件里不能写等级"
        yield error("C604", veto, message, "历年等级用 count: 历年等级评定结果；评定以后的处理写在 consequences")
    if veto.effect == "not_above" and [g.name for g in draft.scheme.grading.grades][:1] == [veto.target]:
        yield error("C606", veto, f"“{veto.target}”已是最好的等级，不得高于它没有作用", "写低一些的等级")


def _direct(draft: Draft, direct: DirectGrade) -> Iterator[Complaint]:
    yield from _unknown(draft, direct, "等级", (direct.grade,))
    grade = next((grade for grade in draft.scheme.grading.grades if grade.name == direct.grade), None)
    if direct.points_follow and grade is not None and grade.lowest is None:
        message = f"等级“{grade.name}”没有起点分，总分无从跟着定"
        yield error("C607", direct, message, f"给“{grade.name}”写上 from，或删去 points_follow")


def _condition(owner: Part, when: Condition) -> Iterator[Complaint]:
    stated = (when.pick, when.total_from, when.total_below, when.list_id, when.list_below)
    if all(part is None for part in stated) and not when.grades:
        yield error("C603", owner, "条件是空的，会用到所有人身上", "在 when 里写 count、total、list 或 grade")
    if (when.list_id is None) != (when.list_below is None):
        missing = "list: 清单代号" if when.list_id is None else "below: 分数"
        yield error("C603", owner, "看清单的得分要同时写 list 和 below", f"补上 {missing}")
    if when.total_from is not None and when.total_below is not None and when.total_from >= when.total_below:
        low, high = points_text(when.total_from), points_text(when.total_below)
        yield error("C606", owner, f"总分 {low} 分以上又不到 {high} 分，永远不会成立", "让 from 小于 below")
    if when.at_least < 1 or (when.pick is None and when.at_least != 1):
        yield error("C603", owner, "at_least 是至少几次，要和 count 同写，不小于 1", "补上 count，或删去 at_least")
    if isinstance(owner, Consequence):
        return
    if not isinstance(owner, Veto) and (when.grades or when.streak):
        yield error("C604", owner, "评不评等级在定级以前判断，条件里不能写等级", "用 count 写明事实")


def _series(consequence: Consequence) -> Iterator[Complaint]:
    when = consequence.when
    if when.streak is None:
        return
    if when.streak < STREAK_MIN:
        yield error("C605", consequence, f"in_a_row: {when.streak} 不是连续", f"写成 in_a_row: {STREAK_MIN} 或更多")
    if not when.grades or when.pick is None:
        missing = "grade（本期的等级）" if not when.grades else "count（历次结果，如 历年等级评定结果）"
        yield error("C605", consequence, f"连续几期的条件缺 {missing}", "同时写 count、grade、in_a_row")
    if when.at_least > 1:
        yield error("C605", consequence, "连续几期的条件不看 at_least", "删去 at_least，用 in_a_row 写几期")


def _reachable(draft: Draft, owner: Part, when: Condition) -> Iterator[Complaint]:
    scheme = draft.scheme
    can = bounds.of_total(scheme)
    if when.total_from is not None and can.highest is not None and when.total_from > can.highest:
        message = f"总分最多 {points_text(can.highest)} 分，永远到不了 {points_text(when.total_from)} 分"
        yield error("C606", owner, message, "核对 total 的 from")
    if when.total_below is not None and can.lowest is not None and when.total_below <= can.lowest:
        message = f"总分最少 {points_text(can.lowest)} 分，永远不会低于 {points_text(when.total_below)} 分"
        yield error("C606", owner, message, "核对 total 的 below")
    if when.list_id is None:
        return
    list_ = next((list_ for list_ in scheme.lists if list_.id == when.list_id), None)
    if list_ is None:
        yield from _unknown(draft, owner, "清单", (when.list_id,))
    elif when.list_below is not None:
        least = bounds.of_list(list_, scheme.calendars[0].kind).lowest
        if least is not None and when.list_below <= least:
            message = f"清单“{list_.title}”最少 {points_text(least)} 分，永远不会低于 {points_text(when.list_below)} 分"
            yield error("C606", owner, message, "核对 list 的 below")
