"""C3xx: grades that leave a gap, overlap, or can never be given; quotas."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from sisiwu.engine.checks import bounds
from sisiwu.engine.checks.draft import Draft, error
from sisiwu.engine.scheme.model import Grade, Grading
from sisiwu.engine.source import Complaint
from sisiwu.engine.values import Share, points_text

ONE = 100
"""“75—89分” beside “90分以上”: whole points are written, one apart is no gap."""


def check(draft: Draft) -> Iterator[Complaint]:
    """C301 order, C302 a gap, C303 an overlap, C304 the last grade does not catch the rest, C305 a quota below a

    grade without one, C306 shares above 100%, C307 an unknown list, C308 a grade that nobody can get, C309 a
    bound on the wrong side.
    """
    grading = draft.scheme.grading
    if not grading.grades:
        return
    lists = {list_.id for list_ in draft.scheme.lists}
    for grade in grading.grades:
        if grade.list_id is not None and grade.list_id not in lists:
            message = f"等级“{grade.name}”要看的清单“{grade.list_id}”不存在"
            yield error("C307", grade, message, f"写清单的代号：{'、'.join(sorted(lists))}")
    high = grading.better == "high"
    for better, worse in pairwise(grading.grades):
        if better.list_id == worse.list_id:
            yield from _neighbours(better, worse) if high else _neighbours_low(better, worse)
    for grade in grading.grades:
        yield from _own(grade, high=high)
    yield from _last(draft, grading)
    yield from _quotas(grading)
    yield from _unreachable(draft, grading)


def _mark(value: int | None) -> str:
    return "" if value is None else points_text(value)


# --- bands


def _neighbours(better: Grade, worse: Grade) -> Iterator[Complaint]:
    """Where high is good: the worse grade ends where the better one begins."""
    begins = better.lowest
    if begins is not None and worse.lowest is not None and worse.lowest >= begins:
        message = f"“{worse.name}”从 {_mark(worse.lowest)} 分起，不低于比它好的“{better.name}”的 {_mark(begins)} 分"
        yield error("C301", worse, message, "等级从好到差排列，起点分依次降低")
        return
    yield from _ends(worse, better, begins, (worse.below, worse.highest))


def _neighbours_low(better: Grade, worse: Grade) -> Iterator[Complaint]:
    """Where low is good (points of misconduct): the worse grade begins where the better one ends."""
    if better.below is not None and worse.below is not None and worse.below <= better.below:
        message = (
            f"“{worse.name}”到 {_mark(worse.below)} 分止，不高于比它好的“{better.name}”的 {_mark(better.below)} 分"
        )
        yield error("C301", worse, message, "分低为好时等级从好到差排列，分数线依次升高")
    elif worse.lowest is not None:
        yield from _ends(better, worse, worse.lowest, (better.below, better.highest))


def _ends(lower: Grade, upper: Grade, begins: int | None, ends: tuple[int | None, int | None]) -> Iterator[Complaint]:
    """Whether the grade of lower scores ends where that of higher ones begins."""
    below, to = ends
    names = f"“{lower.name}”和“{upper.name}”之间"
    if below is not None and (begins is None or below != begins):
        if begins is None or below > begins:
            message = f"{names}重叠：{_mark(begins) or '不限'} 分到 {_mark(below)} 分两个等级都包含"
            yield error("C303", lower, message, f"让 below 等于“{upper.name}”的起点分")
        else:
            message = f"{names}有空档：{_mark(below)} 分到 {_mark(begins)} 分没有等级"
            yield error("C302", lower, message, f"让 below 等于“{upper.name}”的起点分")
    elif to is not None and begins is not None:
        if to >= begins:
            message = f"{names}重叠：{_mark(to)} 分两个等级都包含"
            yield error("C303", lower, message, f"让 to 小于“{upper.name}”的起点分 {_mark(begins)}")
        elif begins - to > ONE:
            message = f"{names}有空档：{_mark(to)} 分以上、不到 {_mark(begins)} 分没有等级"
            yield error("C302", lower, message, f"让 to 接上“{upper.name}”的起点分 {_mark(begins)}")


def _own(grade: Grade, *, high: bool) -> Iterator[Complaint]:
    ends = [end for end in (grade.below, grade.highest) if end is not None]
    if grade.lowest is not None and any(end < grade.lowest for end in ends):
        yield error(
            "C309", grade, f"等级“{grade.name}”的终点低于起点 {_mark(grade.lowest)} 分", "核对 from 和 below（to）"
        )
    if not high and grade.lowest is not None and grade.below is None and grade.highest is not None:
        message = f"分低为好时用 below 划线，等级“{grade.name}”只写了 to"
        yield error("C309", grade, message, f"写成 below: {_mark(grade.highest + ONE)}")


def _last(draft: Draft, grading: Grading) -> Iterator[Complaint]:
    last = grading.grades[-1]
    if last.number is not None or (last.share is not None and not _whole(grading)):
        message = f"最后一个等级“{last.name}”有名额，分不到等级的没有着落"
        yield error("C304", last, message, "删去最后一个等级的名额，或再写一个等级接住其余的")
    if last.list_id is not None or not last.who.everyone:
        message = f"最后一个等级“{last.name}”有条件，不合条件的没有等级"
        yield error("C304", last, message, "再写一个没有条件的等级接住其余的")
    can = bounds.of_total(draft.scheme)
    if grading.better == "high" and last.lowest is not None and (can.lowest is None or can.lowest < last.lowest):
        message = f"不到 {_mark(last.lowest)} 分的没有等级"
        yield error("C304", last, message, f"删去“{last.name}”的 from，或再写一个等级接住其余的")
    if grading.better == "low" and last.below is not None and (can.highest is None or can.highest >= last.below):
        message = f"{_mark(last.below)} 分以上的没有等级"
        yield error("C304", last, message, f"删去“{last.name}”的 below，或再写一个等级接住其余的")


# --- quotas


def _fraction(share: Share) -> Fraction:
    return Fraction(share.numerator, share.denominator)


def _whole(grading: Grading) -> bool:
    """Whether the shares of all grades make a whole, so that the last has only what is left."""
    return sum((_fraction(grade.share) for grade in grading.grades if grade.share), Fraction(0)) == 1


def _quotas(grading: Grading) -> Iterator[Complaint]:
    open_: Grade | None = None
    summed = Fraction(0)
    for grade in grading.grades:
        limited = grade.share is not None or grade.number is not None
        if limited and open_ is not None:
            message = f"“{grade.name}”有名额，比它好的“{open_.name}”没有名额"
            yield error("C305", grade, message, "名额按上等累计，从最好的等级起连续写")
        if not limited:
            open_ = open_ or grade
        if grade.share is not None:
            summed += _fraction(grade.share)
            if summed > 1:
                yield error("C306", grade, f"到“{grade.name}”为止名额合计超过 100%", "核对各等级的 share")
                return


# --- out of reach


def _unreachable(draft: Draft, grading: Grading) -> Iterator[Complaint]:
    """A mark beyond all scores, or nothing left by a better grade that takes everybody."""
    scheme = draft.scheme
    kind = scheme.calendars[0].kind
    named = {direct.grade for direct in scheme.direct_grades} | {veto.target for veto in scheme.vetoes}
    taken: Grade | None = None
    for grade in grading.grades:
        list_ = next((list_ for list_ in scheme.lists if list_.id == grade.list_id), None)
        can = bounds.of_list(list_, kind) if list_ else bounds.of_total(scheme)
        what = f"清单“{list_.title}”" if list_ else "总分"
        if taken is not None and grade.name not in named:
            message = f"“{grade.name}”谁也评不上：比它好的“{taken.name}”没有分数线，已经包含所有人"
            yield error("C308", grade, message, f"给“{taken.name}”写上分数线或名额，或删去“{grade.name}”")
        if grading.better == "high" and grade.lowest is not None:
            if can.highest is not None and grade.lowest > can.highest:
                message = f"“{grade.name}”要 {_mark(grade.lowest)} 分，{what}最多 {_mark(can.highest)} 分，谁也评不上"
                yield error("C308", grade, message, "核对分数线和满分")
        elif grading.better == "low" and grade.below is not None:
            if can.lowest is not None and grade.below <= can.lowest:
                message = f"“{grade.name}”要不到 {_mark(grade.below)} 分，{what}最少 {_mark(can.lowest)} 分，谁也评不上"
                yield error("C308", grade, message, "核对分数线和底分")
        elif _takes_all(grade):
            taken = taken or grade


def _takes_all(grade: Grade) -> bool:
    """No mark was found above; nobody is left out either."""
    return grade.share is None and grade.number is None and grade.who.everyone
