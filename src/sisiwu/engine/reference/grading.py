"""From totals to grades, places and consequences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict

from sisiwu.engine.records import Organization
from sisiwu.engine.reference.lists import Lists
from sisiwu.engine.reference.picking import Subject, World
from sisiwu.engine.reference.standing import Standing, follows, standing_of
from sisiwu.engine.results import NOT_GRADED, Result
from sisiwu.engine.scheme.model import Grade
from sisiwu.engine.values import half_up, points_text, score_text


class Grader:
    """Grades all subjects of one world together."""

    def __init__(self, world: World, lists: Lists) -> None:
        self.world = world
        self.lists = lists
        self.scheme = world.scheme
        self.grading = world.scheme.grading
        self.grades = world.scheme.grading.grades
        self._totals: dict[tuple[int, int | None], list[int]] = {}
        self._forced: dict[int, tuple[list[int], list[int]]] = {}

    def results(self) -> list[Result]:
        """Everybody's result, then those of the organizations that roll up."""
        everybody = [standing_of(self.world, self.lists, subject) for subject in self.lists.rules.everybody]
        groups: dict[tuple[object, ...], list[Standing]] = defaultdict(list)
        for standing in everybody:
            groups[self._group(standing.subject)].append(standing)
        results = [self._result(standing, groups[self._group(standing.subject)]) for standing in everybody]
        return results + (self._rolled_up(results) if self.scheme.roll_up else [])

    def _group(self, subject: Subject) -> tuple[object, ...]:
        return self.lists.rules.peer_key(self.grading.peers, subject)

    # --- grades

    def _grade(self, standing: Standing, group: list[Standing]) -> tuple[str, tuple[str, ...]]:
        """The grade's name, and why it is not the one that the points alone would give."""
        if not standing.graded:
            return NOT_GRADED, ("不评定等级",)
        if not self.grades:
            return "", ()
        if standing.forced is not None:
            return self.grades[standing.forced].name, ()
        if standing.direct is not None:
            return self.grades[standing.direct].name, ()
        return self._ranked(standing, group)

    def _ranked(self, standing: Standing, group: list[Standing]) -> tuple[str, tuple[str, ...]]:
        """The first grade, from the best, that is open, whose band holds and whose quota has room."""
        notes: list[str] = []
        for index, grade in enumerate(self.grades):
            if not self._reached(grade, standing):
                continue
            if index < standing.ceiling:
                notes.append(f"分数达到“{grade.name}”，因一票否决不得评为该等级")
            elif not self.world.applies(grade.who, standing.subject):
                notes.append(f"分数达到“{grade.name}”，不具备该等级的条件")
            elif full := self._full(index, standing, group):
                notes.append(f"分数达到“{grade.name}”，{full}")
            else:
                return grade.name, tuple(notes)
        return self.grades[-1].name, tuple(notes)

    def _reached(self, grade: Grade, standing: Standing) -> bool:
        score = standing.list_score(grade.list_id) if grade.list_id else standing.total
        if self.grading.better == "high":
            return grade.lowest is None or score >= grade.lowest
        return grade.below is None or score < grade.below

    def _full(self, index: int, standing: Standing, group: list[Standing]) -> str:
        """Why the quota has no room (K39); empty when it has, or when there is none."""
        if self.grades[index].share is None and self.grades[index].number is None:
            return ""
        counted = len(group if self.grading.base == "all" else self._sorted(group, None))
        allowed = sum(self._quota(grade, counted) for grade in self.grades[: index + 1])
        candidates = self._sorted(group, index)
        above = self._ahead(candidates, standing.total)
        equal = bisect_right(candidates, standing.total) - bisect_left(candidates, standing.total)
        place = above + (equal if self.grading.ties == "none" else 1)
        if place <= allowed:
            return ""
        tie = f"（含并列 {equal} 个）" if self.grading.ties == "none" and equal > 1 else ""
        return f"名次 {place}{tie}，名额 {allowed} 个已满（同组 {counted} 个）"

    def _sorted(self, group: list[Standing], index: int | None) -> list[int]:
        """The totals of the candidates for a grade, or of all who are graded, ascending."""
        key = (id(group), index)
        if key not in self._totals:
            taken = (other for other in group if (other.graded if index is None else self._candidate(other, index)))
            self._totals[key] = sorted(other.total for other in taken)
        return self._totals[key]

    def _ahead(self, ascending: list[int], total: int) -> int:
        """How many totals are strictly better."""
        if self.grading.better == "high":
            return len(ascending) - bisect_right(ascending, total)
        return bisect_left(ascending, total)

    def _candidate(self, standing: Standing, index: int) -> bool:
        """Whether a subject competes for this grade."""
        if not standing.graded or standing.forced is not None:
            return False
        if standing.direct is not None:
            return self.grading.direct_in_quota and standing.direct <= index
        return standing.ceiling <= index

    def _quota(self, grade: Grade, counted: int) -> int:
        if grade.number is not None:
            return grade.number
        if grade.share is None:
            return 0
        numerator, denominator = grade.share.numerator * counted, grade.share.denominator
        match self.grading.rounding:
            case "half_up":
                return half_up(numerator, denominator)
            case "ceiling":
                return -(-numerator // denominator)
            case _:
                return numerator // denominator

    def _place(self, standing: Standing, group: list[Standing]) -> int | None:
        """The place that is shown: forced grades stand after all others."""
        if not standing.graded:
            return None

        unforced, forced = self._by_force(group)
        if standing.forced is None:
            return 1 + self._ahead(unforced, standing.total)
        return 1 + len(unforced) + self._ahead(forced, standing.total)

    def _by_force(self, group: list[Standing]) -> tuple[list[int], list[int]]:
        """The totals of the graded, ascending: those whose grade no veto forces, and the others."""
        key = id(group)
        if key not in self._forced:
            graded = [other for other in group if other.graded]
            self._forced[key] = (
                sorted(other.total for other in graded if other.forced is None),
                sorted(other.total for other in graded if other.forced is not None),
            )
        return self._forced[key]

    def _result(self, standing: Standing, group: list[Standing]) -> Result:
        grade, why = self._grade(standing, group)
        return Result(
            subject=standing.subject.number,
            total_centi=standing.total,
            grade=grade,
            place=self._place(standing, group),
            lists=standing.lists,
            consequences=follows(self.world, standing, grade),
            vetoes=standing.vetoes,
            direct=standing.direct_id,
            base_centi=self.scheme.base,
            cut_centi=standing.cut,
            notes=standing.notes + why,
        )

    # --- organizations above

    def _rolled_up(self, results: list[Result]) -> list[Result]:
        """Organizations that take the mean of the assessed ones beneath them: bands alone, no place."""
        kinds = self.world.rolled_kinds()
        beneath: dict[int, list[int]] = defaultdict(list)
        for result in results:
            for above in _ancestors(self.world.organizations, result.subject):
                if self.world.organizations[above].kind in kinds:
                    beneath[above].append(result.total_centi)
        return [self._mean(number, totals) for number, totals in sorted(beneath.items())]

    def _mean(self, number: int, totals: list[int]) -> Result:
        total = half_up(sum(totals), len(totals))
        standing = Standing(self.world.organizations[number], total, (), 0)
        reached = [grade.name for grade in self.grades if not grade.list_id and self._reached(grade, standing)]
        lowest = self.grades[-1].name if self.grades else ""
        said = f"下属 {len(totals)} 个党组织共 {points_text(sum(totals))} 分，平均 {score_text(total)}"
        return Result(number, total, reached[0] if reached else lowest, None, notes=(said,))


def _ancestors(organizations: dict[int, Organization], number: int) -> list[int]:
    """The organizations above one, nearest first."""
    found: list[int] = []
    parent = organizations[number].parent
    while parent is not None and parent in organizations and parent not in found:
        found.append(parent)
        parent = organizations[parent].parent
    return found
