"""Where a subject stands before it is graded: total, vetoes, direct grades; and what follows after."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sisiwu.engine.reference.lists import Lists
from sisiwu.engine.reference.picking import Subject, World
from sisiwu.engine.results import ListScore
from sisiwu.engine.scheme.model import Condition, DirectGrade, Veto
from sisiwu.engine.values import points_text


@dataclass(frozen=True)
class Standing:
    """One subject on the way to its grade; ``forced``, ``direct`` and ``ceiling`` are places of grades."""

    subject: Subject
    total: int
    lists: tuple[ListScore, ...]
    cut: int
    graded: bool = True
    forced: int | None = None
    direct: int | None = None
    direct_id: str = ""
    ceiling: int = 0
    vetoes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def list_score(self, id_: str) -> int:
        """What a list counts."""
        return next((score.score_centi for score in self.lists if score.list == id_), 0)


def standing_of(world: World, lists: Lists, subject: Subject) -> Standing:
    """Total, vetoes (K40) and direct grades (K41) of one subject."""
    total, cut, scores = lists.total(subject)
    plain = Standing(subject, total, scores, cut)
    vetoes = [veto for veto in world.scheme.vetoes if holds(world, veto.when, plain)]
    standing = replace(
        plain,
        graded=_graded(world, plain, vetoes),
        forced=max((_index(world, veto.target) for veto in vetoes if veto.effect == "grade"), default=None),
        ceiling=max((_index(world, veto.target) for veto in vetoes if veto.effect == "not_above"), default=0),
        vetoes=tuple(veto.id for veto in vetoes),
        notes=tuple(_veto_note(veto) for veto in vetoes),
    )
    return _with_direct(world, standing)


def _index(world: World, grade: str) -> int:
    return [known.name for known in world.scheme.grading.grades].index(grade)


def _veto_note(veto: Veto) -> str:
    effects = {
        "grade": f"直接定为“{veto.target}”",
        "not_above": f"不得高于“{veto.target}”",
        "zero_list": "有关清单计零分",
        "zero_item": "有关条目计零分",
        "not_graded": "不评定等级",
    }
    return f"一票否决“{veto.title or veto.id}”：{effects.get(veto.effect, veto.effect)}"


def _graded(world: World, standing: Standing, vetoes: list[Veto]) -> bool:
    """Whether a subject gets a grade at all (K55)."""
    scheme = world.scheme
    if scheme.not_graded is not None and world.applies(scheme.not_graded, standing.subject):
        return False
    if scheme.not_graded_when is not None and holds(world, scheme.not_graded_when, standing):
        return False
    return not any(veto.effect == "not_graded" for veto in vetoes)


def _with_direct(world: World, standing: Standing) -> Standing:
    """The best direct grade, for those who are graded and on whom no veto forces one."""
    if not standing.graded or standing.forced is not None:
        return standing
    found = [direct for direct in world.scheme.direct_grades if world.picked(direct.pick, standing.subject)]
    if not found:
        return standing
    best: DirectGrade = min(found, key=lambda direct: _index(world, direct.grade))
    index = _index(world, best.grade)
    notes = [*standing.notes, f"直接定级“{best.title or best.id}”：定为“{best.grade}”"]
    total, lowest = standing.total, world.scheme.grading.grades[index].lowest
    if best.points_follow and lowest is not None:
        total = lowest
        notes.append(f"得分随之取该等级的最低分 {points_text(lowest)}")
    cut = standing.cut + total - standing.total
    return replace(standing, total=total, cut=cut, direct=index, direct_id=best.id, notes=tuple(notes))


def holds(world: World, condition: Condition, standing: Standing, grade: str | None = None) -> bool:
    """Whether every stated part of a condition holds; ``grade`` is known for consequences only."""
    count = condition.pick is not None and condition.streak is None
    if count and condition.pick and len(world.picked(condition.pick, standing.subject)) < condition.at_least:
        return False
    if condition.total_from is not None and standing.total < condition.total_from:
        return False
    if condition.total_below is not None and standing.total >= condition.total_below:
        return False
    if not _list_below(condition, standing):
        return False
    if condition.grades and grade is not None and grade not in condition.grades:
        return False
    return _in_a_row(world, condition, standing.subject)


def _list_below(condition: Condition, standing: Standing) -> bool:
    """Whether the list that a condition looks at, if any, is below its bound."""
    if condition.list_id is None or condition.list_below is None:
        return True
    return standing.list_score(condition.list_id) < condition.list_below


def _in_a_row(world: World, condition: Condition, subject: Subject) -> bool:
    """Whether each of the earlier periods that are asked for had a picked fact (K42)."""
    for steps in range(1, condition.streak or 1):
        days = world.earlier_days(steps)
        if condition.pick is None or not world.picked_on(condition.pick, subject, days):
            return False
    return True


def follows(world: World, standing: Standing, grade: str) -> tuple[str, ...]:
    """The consequences whose condition holds, in the order of the scheme (K42, K60)."""
    consequences = world.scheme.consequences
    return tuple(one.id for one in consequences if holds(world, one.when, standing, grade))
