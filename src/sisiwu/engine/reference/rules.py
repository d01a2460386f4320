"""One rule for one subject: whether it applies, what its form is worth, its own bounds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sisiwu.engine.records import Member
from sisiwu.engine.reference import counts, given, metrics
from sisiwu.engine.reference.picking import Subject, World
from sisiwu.engine.reference.sums import sum_of_facts
from sisiwu.engine.results import Line, RuleScore
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Metric
from sisiwu.engine.scheme.model import Item, ResponsibilityList, Rule
from sisiwu.engine.values import half_up, points_text, score_text

type Place = tuple[ResponsibilityList, Item, Rule]
"""A rule with the item and the list in which it stands."""


@dataclass
class Rules:
    """The rules of one world; ``member_totals`` are the totals of the assessed members by branch."""

    world: World
    member_totals: dict[int, list[int]]
    everybody: list[Subject] = field(init=False)
    _values: dict[tuple[str, Metric, tuple[str, ...]], dict[tuple[object, ...], list[int]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        self.everybody = self.world.subjects()

    def score(self, place: Place, subject: Subject) -> RuleScore:
        """The rule's worth between its bounds (K26); nothing where it does not apply or is barred (K46)."""
        rule = place[2]
        found = self._barred(place, subject) or self._form(place, subject)
        bounded = clamped(found.score_centi, rule.lowest, rule.highest)
        return replace(found, score_centi=bounded, cut_centi=found.cut_centi + bounded - found.score_centi)

    def _barred(self, place: Place, subject: Subject) -> RuleScore | None:
        rule = place[2]
        if not self.applies(place, subject):
            return RuleScore(rule.id, 0, arithmetic="不适用于本主体", applies=False)
        facts = self.world.picked(rule.unless, subject) if rule.unless else []
        if not facts:
            return None
        because = tuple(Line(fact, 0, "有此情形，本条不计分") for fact in facts)
        return RuleScore(rule.id, 0, arithmetic="有不予计分的情形，本条不计", applies=False, uncounted=because)

    def applies(self, place: Place, subject: Subject) -> bool:
        """Whether rule, item and list apply to a subject."""
        return all(self.world.applies(level.who, subject) for level in place)

    def _form(self, place: Place, subject: Subject) -> RuleScore:
        world, form, name = self.world, place[2].form, place[2].id

        def peers(metric: Metric, columns: tuple[str, ...]) -> list[int]:
            return self._peer_values(place, metric, columns, subject)

        match form:
            case forms.PerEvent() | forms.Discretionary() | forms.Deadline():
                return sum_of_facts(world, place[2], form, subject)
            case forms.Given():
                return given.given(world, name, form, subject)
            case forms.SelfAndVerified():
                return given.self_and_verified(world, name, form, subject)
            case forms.PerMissing():
                return counts.per_missing(world, name, form, subject)
            case forms.FlatIf():
                return counts.flat_if(world, name, form, subject)
            case forms.CountTable():
                return counts.count_table(world, name, form, subject)
            case forms.ZeroEventBonus():
                return counts.zero_event_bonus(world, name, form, subject)
            case forms.Streak():
                return counts.streak(world, name, form, subject)
            case forms.Rating():
                return given.rating(world, name, form, subject)
            case forms.Votes():
                return given.votes(world, name, form, subject)
            case forms.Band():
                return metrics.band(world, name, form, subject)
            case forms.Step():
                return metrics.step(world, name, form, subject, peers)
            case forms.Ratio():
                return metrics.ratio(world, name, form, subject, peers)
            case forms.RankPoints():
                return metrics.rank(world, name, form, subject, peers)
            case forms.VsPeerAverage():
                return metrics.versus(world, name, form, subject, peers)
            case forms.MemberAverage():
                return self._member_average(name, form, subject)

    def _member_average(self, rule: str, form: forms.MemberAverage, subject: Subject) -> RuleScore:
        totals = self.member_totals.get(subject.number, [])
        if not totals or form.out_of <= 0:
            return RuleScore(rule, 0, arithmetic="没有参加考核的党员，0 分")
        summed, count = sum(totals), len(totals)
        score = clamped(half_up(form.full * summed, count * form.out_of), 0, form.full)
        said = (
            f"{count} 名党员共 {score_text(summed)} 分，"
            f"{score_text(summed)} ÷ {count} ÷ {points_text(form.out_of)} × {points_text(form.full)}"
        )
        return RuleScore(rule, score, arithmetic=counts.equals(said, score))

    def _peer_values(self, place: Place, metric: Metric, columns: tuple[str, ...], subject: Subject) -> list[int]:
        """The metric of every peer that has one, the subject included."""
        key = (place[2].id, metric, columns)
        if key not in self._values:
            groups: dict[tuple[object, ...], list[int]] = {}
            for other in self.everybody:
                if not self.applies(place, other):
                    continue
                value = metrics.measure(self.world, metric, other)
                if value is not None:
                    groups.setdefault(self.peer_key(columns, other), []).append(value)
            self._values[key] = groups
        return self._values[key].get(self.peer_key(columns, subject), [])

    def peer_key(self, columns: tuple[str, ...], subject: Subject) -> tuple[object, ...]:
        """What divides the subjects into groups; kind, region and parent of a person are the branch's."""
        values: dict[str, object] = {}
        organization = subject
        if isinstance(subject, Member):
            values = {"branch": subject.branch, "status": subject.status}
            found = self.world.organizations.get(subject.branch)
            if found is None:
                return tuple(values.get(column) for column in columns)
            organization = found
        if not isinstance(organization, Member):
            values |= {"kind": organization.kind, "region": organization.region, "parent": organization.parent}
        return tuple(values.get(column) for column in columns)


def clamped(value: int, low: int | None, high: int | None) -> int:
    """At most ``high``, then at least ``low``; None bounds nothing."""
    if high is not None:
        value = min(value, high)
    if low is not None:
        value = max(value, low)
    return value
