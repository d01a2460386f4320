"""Forms that look at how often something happened."""

from __future__ import annotations

from collections.abc import Sequence

from sisiwu.engine.records import Fact, Organization
from sisiwu.engine.reference.picking import Subject, World
from sisiwu.engine.results import Line, RuleScore
from sisiwu.engine.scheme import forms
from sisiwu.engine.values import points_text, score_text


def lines_of(facts: Sequence[Fact]) -> tuple[Line, ...]:
    """Facts that were looked at; their points are in the arithmetic."""
    return tuple(Line(fact, 0) for fact in facts)


def equals(said: str, score: int) -> str:
    """An arithmetic sentence with its result."""
    return f"{said} = {score_text(score)}"


def worth(rule: str, facts: Sequence[Fact], value: int | str, said: str) -> RuleScore:
    """A value that may be ZERO (不得分)."""
    if isinstance(value, str):
        return RuleScore(rule, 0, lines_of(facts), f"{said}，本条目不得分", zeroes_item=True)
    return RuleScore(rule, value, lines_of(facts), f"{said}，{points_text(value)} 分")


# --- what is missing


def per_missing(world: World, rule: str, form: forms.PerMissing, subject: Subject) -> RuleScore:
    """Points for each occurrence short of what is required (K02), less in times of deployment (N13)."""
    facts = world.picked(form.pick, subject)
    required = _required(form, subject)
    away = world.picked(form.deployed, subject) if form.deployed else []
    if form.each_months is None:
        missing, said = _whole(world, required, facts, away)
    else:
        missing, said = _by_parts(world, form.each_months, required, facts, away)
    score = form.points * missing
    if missing:
        said = equals(f"{said}，{missing} × {points_text(form.points)}", score)
    return RuleScore(rule, score, lines_of([*facts, *away]), said)


def _required(form: forms.PerMissing, subject: Subject) -> int:
    if not form.by_size:
        return form.required
    size = subject.size if isinstance(subject, Organization) else 0
    return max(((low, count) for low, count in form.by_size if low <= size), default=(0, 0))[1]


def _reduced(required: int, away: Sequence[Fact], length: int) -> tuple[int, str]:
    """The requirement that remains after the days of deployment (N13)."""
    days = min(max(sum(fact.quantity for fact in away) // 100, 0), length)
    needed = required * (length - days) // length
    return needed, f"执行任务 {days} 天，应开展由 {required} 次减为 {needed} 次，" if days else ""


def _whole(world: World, required: int, facts: Sequence[Fact], away: Sequence[Fact]) -> tuple[int, str]:
    if not world.ended:
        return 0, f"应 {required} 次，已 {len(facts)} 次，期限未到，暂不计缺"
    needed, said = _reduced(required, away, world.period.days)
    missing = max(0, needed - len(facts))
    return missing, f"{said}应 {needed} 次，实 {len(facts)} 次，缺 {missing} 次"


def _by_parts(world: World, months: int, required: int, facts: Sequence[Fact], away: Sequence[Fact]) -> tuple[int, str]:
    """Part by part: surplus of one does not help another."""
    short: list[str] = []
    missing = ended = 0
    for number, (days, over) in enumerate(world.parts(months), 1):
        if not over:
            continue
        ended += 1
        needed, less = _reduced(required, [fact for fact in away if fact.day in days], len(days))
        lack = max(0, needed - sum(1 for fact in facts if fact.day in days))
        missing += lack
        if lack or less:
            short.append(f"第 {number} 段{less}缺 {lack} 次")
    said = f"每 {months} 个月应 {required} 次，已满 {ended} 段，缺 {missing} 次"
    return missing, said + (f"（{'；'.join(short)}）" if short else "")


# --- what is there


def flat_if(world: World, rule: str, form: forms.FlatIf, subject: Subject) -> RuleScore:
    """Points once, when something is there or, with ``absent``, when it is not (K03)."""
    facts = world.picked(form.pick, subject)
    if form.absent and not world.ended:
        return worth(rule, facts, 0, f"有 {len(facts)} 次，期限未到")
    if form.absent:
        return worth(rule, facts, 0 if facts else form.points, f"有 {len(facts)} 次" if facts else "一次也没有")
    enough = len(facts) >= form.at_least
    said = f"有 {len(facts)} 次，{'达到' if enough else '不足'} {form.at_least} 次"
    return worth(rule, facts, form.points if enough else 0, said)


def count_table(world: World, rule: str, form: forms.CountTable, subject: Subject) -> RuleScore:
    """Points by the number of facts: the last row reached (K16)."""
    facts = world.picked(form.pick, subject)
    value: int | str = 0
    for count, points in form.table:
        if count <= len(facts):
            value = points
    return worth(rule, facts, value, f"共 {len(facts)} 次")


def zero_event_bonus(world: World, rule: str, form: forms.ZeroEventBonus, subject: Subject) -> RuleScore:
    """Points for a time in which nothing of the sort happened (K51)."""
    facts = world.picked(form.pick, subject)
    if form.each_months is None:
        if not world.ended:
            return worth(rule, facts, 0, f"发生 {len(facts)} 次，考核期未满")
        return worth(rule, facts, 0 if facts else form.points, f"全期发生 {len(facts)} 次")
    over = [days for days, over in world.parts(form.each_months) if over]
    clean = sum(1 for days in over if not any(fact.day in days for fact in facts))
    said = f"已满 {len(over)} 段，其中 {clean} 段未发生，{clean} × {points_text(form.points)}"
    return RuleScore(rule, form.points * clean, lines_of(facts), equals(said, form.points * clean))


def streak(world: World, rule: str, form: forms.Streak, subject: Subject) -> RuleScore:
    """Points by how many consecutive earlier periods had such a result (K50)."""
    facts: list[Fact] = []
    length = 0
    for steps in range(1, len(form.table) + 1):
        found = world.picked_on(form.pick, subject, world.earlier_days(steps))
        if not found:
            break
        length += 1
        facts += found
    return worth(rule, facts, form.table[length - 1] if length else 0, f"此前连续 {length} 期")
