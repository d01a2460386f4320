"""Questions to a year's results: each looks at all subjects and may find something."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sisiwu.engine import reference
from sisiwu.engine.fairness.findings import Finding
from sisiwu.engine.records import Dataset, Fact, Member, Organization
from sisiwu.engine.results import Result
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.model import Item, Rule, Scheme
from sisiwu.engine.values import Period, day_number, points_text, score_text

FEW = 3
"""A group of fewer is no group."""
BIASED = Fraction(1, 4)
"""Square of the rank correlation with size (half) from which a total is said to depend on size."""
SAMPLED = 5


@dataclass(frozen=True)
class Year:
    """A scheme, a year's facts, and what came out."""

    scheme: Scheme
    data: Dataset
    period: Period
    as_of: date
    results: Mapping[int, Result]

    @property
    def subjects(self) -> dict[int, Organization | Member]:
        """Those who were assessed themselves."""
        everybody: tuple[Organization, ...] | tuple[Member, ...] = self.data.organizations
        if self.scheme.subject == "member":
            everybody = self.data.members
        return {one.number: one for one in everybody if one.number in self.results and self.results[one.number].lists}

    def points(self, item: Item) -> dict[int, int]:
        """The item of all to whom it applies."""
        found = {}
        for number in self.subjects:
            score = self.results[number].item(item.id)
            if score is not None and score.applies:
                found[number] = score.score_centi
        return found

    def groups(self) -> Iterator[tuple[str, set[int]]]:
        """Kinds, regions, sizes and marks with the subjects that have them."""
        found: dict[str, set[int]] = defaultdict(set)
        catalogue = self.scheme.catalogue
        for number, one in self.subjects.items():
            if isinstance(one, Organization):
                found[catalogue.organization_kinds.title(catalogue.organization_kinds.code_of(one.kind) or "")].add(
                    number
                )
                found[catalogue.regions.title(catalogue.regions.code_of(one.region) or "")].add(number)
                found["不满10人的" if one.size < 10 else "10至49人的" if one.size < 50 else "50人以上的"].add(number)
                marks = catalogue.organization_marks
            else:
                found[catalogue.statuses.title(one.status)].add(number)
                marks = catalogue.member_marks
            for mark in one.marks:
                found[marks.title(mark)].add(number)
        yield from ((name, who) for name, who in sorted(found.items()) if name and FEW <= len(who) < len(self.subjects))


def look(
    scheme: Scheme,
    data: Dataset,
    period: Period,
    as_of: date | None = None,
    results: Mapping[int, Result] | None = None,
) -> list[Finding]:
    """All findings, the serious ones first; ``results`` are evaluated when they are not given."""
    found = results if results is not None else reference.evaluate(scheme, data, period, as_of)
    year = Year(scheme, data, period, as_of or period.end, found)
    if not year.subjects:
        return []
    findings = [*_same(year), *_cannot_earn(year), *_size(year), *_caps(year), *_twice(year), *_decides(year)]
    findings += [*_ties(year), *_backwards(year)]
    return sorted(findings, key=lambda finding: not finding.serious)


def _same(year: Year) -> Iterator[Finding]:
    """Items that never differ, and items that hardly anybody has."""
    count = len(year.subjects)
    for item in year.scheme.items():
        points = year.points(item)
        if len(points) * 20 < count:
            yield Finding(
                "F02", f"《{item.title}》只适用于 {len(points)} 个（共 {count} 个）", "确认适用范围，或并入别的条目"
            )
        elif len(points) >= FEW and len(set(points.values())) == 1:
            only = points_text(next(iter(points.values())))
            yield Finding(
                "F01", f"《{item.title}》{len(points)} 个全是 {only} 分，分不出高低", "换成能反映差别的事实，或删去"
            )


def _cannot_earn(year: Year) -> Iterator[Finding]:
    """Items of which a whole group gets nothing while others earn."""
    for item in year.scheme.items():
        points = year.points(item)
        lowest = min(points.values(), default=0)
        others = {number for number, value in points.items() if value > max(lowest, 0)}
        for name, who in year.groups():
            mine = who & set(points)
            rest = set(points) - who
            if len(mine) < FEW or mine & others or not rest:
                continue
            if 2 * len(rest & others) >= len(rest):
                told = f"《{item.title}》“{name}”{len(mine)} 个全是 {points_text(lowest)} 分，其余 {len(rest)} 个中 {len(rest & others)} 个得了分"
                yield Finding("F03", told, "查一查他们有没有条件做到；没有的，写明不适用（absent）", serious=True)


def _size(year: Year) -> Iterator[Finding]:
    """Totals that follow the head count."""
    pairs = [
        (one.size, year.results[number].total_centi)
        for number, one in year.subjects.items()
        if isinstance(one, Organization)
    ]
    if len(pairs) < 10 or len({size for size, _ in pairs}) < 3:
        return
    squared, positive = rank_correlation(pairs)
    if squared >= BIASED:
        who = "人数多的" if positive else "人数少的"
        percent = int(squared * 100)
        told = f"{who}总分明显偏高：名次相关的平方为 {percent}%"
        yield Finding(
            "F04", told, "按人均计算（per_head）、按规模分档（by_size），或按规模分组排名（peers）", serious=True
        )


def rank_correlation(pairs: list[tuple[int, int]]) -> tuple[Fraction, bool]:
    """Square of Spearman's coefficient, and whether it is positive; ties share their mean rank."""
    first, second = _ranks([a for a, _ in pairs]), _ranks([b for _, b in pairs])
    n = len(pairs)
    mean_a, mean_b = Fraction(sum(first), n), Fraction(sum(second), n)
    together = sum(((a - mean_a) * (b - mean_b) for a, b in zip(first, second, strict=True)), Fraction(0))
    spread = sum(((a - mean_a) ** 2 for a in first), Fraction(0)) * sum(
        ((b - mean_b) ** 2 for b in second), Fraction(0)
    )
    return (together**2 / spread if spread else Fraction(0)), together > 0


def _ranks(values: list[int]) -> list[int]:
    """Twice the mean rank of each value."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, value in enumerate(sorted(values)):
        places[value].append(place)
    return [places[value][0] + places[value][-1] for value in values]


def _caps(year: Year) -> Iterator[Finding]:
    """Caps and floors that most run into."""
    count = len(year.subjects)
    for item in year.scheme.items():
        cut = [
            score.cut_centi
            for number in year.subjects
            if (score := year.results[number].item(item.id)) and score.cut_centi
        ]
        if 2 * len(cut) > count:
            told = f"《{item.title}》的封顶或保底对 {len(cut)} 个（共 {count} 个）起作用，合计改动 {score_text(sum(map(abs, cut)))} 分"
            yield Finding("F05", told, "多数都碰到的线分不出高低：调整每次的分值或这条线")


def _twice(year: Year) -> Iterator[Finding]:
    """Facts that earn or cost points in two items."""
    pairs: Counter[tuple[str, str]] = Counter()
    for number in year.subjects:
        rules: dict[int, set[str]] = defaultdict(set)
        for list_ in year.results[number].lists:
            for item in list_.items:
                for rule in item.rules:
                    for line in rule.lines:
                        if line.points_centi:
                            rules[line.fact.number].add(item.item)
        for items in rules.values():
            names = sorted(items)
            pairs.update((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
    titles = {item.id: item.title for item in year.scheme.items()}
    for (one, other), count in pairs.most_common():
        told = f"{count} 条事实在《{titles[one]}》和《{titles[other]}》里都计了分"
        yield Finding("F06", told, "不是有意的，用 where 分开，或用 once_group 就高一次", serious=True)


def _decides(year: Year) -> Iterator[Finding]:
    """An item from which more than half of the differences come."""
    totals = {number: year.results[number].total_centi for number in year.subjects}
    n = len(totals)
    spread = n * sum(total**2 for total in totals.values()) - sum(totals.values()) ** 2
    if n < FEW or spread <= 0:
        return
    for item in year.scheme.items():
        points = {
            number: (found.score_centi if (found := year.results[number].item(item.id)) else 0) for number in totals
        }
        together = n * sum(points[i] * totals[i] for i in totals) - sum(points.values()) * sum(totals.values())
        if 2 * together > spread:
            percent = 100 * together // spread
            yield Finding("F07", f"总分高低的 {percent}% 来自《{item.title}》一条", "看它是否值得这么大的分量")


def _ties(year: Year) -> Iterator[Finding]:
    """Quotas at which equals are told apart by nothing, or all fall."""
    fallen = [number for number in year.subjects if any("含并列" in note for note in year.results[number].notes)]
    if fallen:
        told = f"{len(fallen)} 个与别人同分，因并列超出名额而落到下一等级"
        yield Finding("F08", told, "写明并列怎么办（ties），或让总分拉得开")


# --- doing more of a good thing


def _backwards(year: Year) -> Iterator[Finding]:
    """Rewarded facts of which one more lowers a total."""
    if year.as_of < year.period.end:
        return
    sampled = sorted(year.subjects)[:: max(len(year.subjects) // SAMPLED, 1)][:SAMPLED]
    seen: set[str] = set()
    for number in sampled:
        alone = year.data.alone(number, year.scheme.subject)
        base = reference.evaluate(year.scheme, alone, year.period, year.as_of, only={number}).get(number)
        if base is None:
            continue
        for rule in year.scheme.rules():
            fact = rewarded(rule, year, number)
            if fact is None or rule.id in seen:
                continue
            more = reference.evaluate(
                year.scheme, alone.adding([fact], year.scheme.subject), year.period, year.as_of, only={number}
            )
            if more[number].total_centi < base.total_centi:
                seen.add(rule.id)
                lost = score_text(base.total_centi - more[number].total_centi)
                told = f"多做一件“{rule.title or rule.id}”反而少 {lost} 分"
                yield Finding("F09", told, "查这类事实是否还被别的扣分规则计了", serious=True)


def rewarded(rule: Rule, year: Year, subject: int) -> Fact | None:
    """One more fact of a rule that gives points for facts of one's own."""
    form = rule.form
    if not isinstance(form, forms.PerEvent) or form.pick.of != "self":
        return None
    kind = year.scheme.catalogue.kind(form.pick.kinds[0])
    worths = [form.points.value or 0, *(value for _, value in form.points.by_level)]
    if kind is None or max(worths) <= 0 or kind.subject != year.scheme.subject:
        return None
    levels = form.pick.where.levels or tuple(code for code, _ in form.points.by_level)
    level = levels[0] if levels else None
    marks = frozenset(form.pick.where.marks)
    day = day_number(year.period.end)
    return Fact(10**9, "试算", kind.code, subject, day, level, 100, marks=marks, recorded=day)
