"""Picks and forms, drawn; and the small dictionary of facts that they are about."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from tests.engine import build

from sisiwu.engine.catalogue import Catalogue, FactKind
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Factor, Form, Metric, Modifiers, Pick, Points, Repeat, Where
from sisiwu.engine.values import Calendar, Share

LEVELS = (("low", "低"), ("middle", "中"), ("high", "高"))
MARKS = (("main", "主要"), ("excused", "免责"))

ORGANIZATION_KINDS = (
    FactKind("o.a", 11, "甲类", "organization", levels=LEVELS, marks=MARKS, quantity="数", base="基", due="限"),
    FactKind("o.b", 12, "乙类", "organization", levels=LEVELS[1:], marks=MARKS[::-1], quantity="数", base="基"),
    FactKind("o.c", 13, "丙类", "organization", quantity="天数"),
)
MEMBER_KINDS = (
    FactKind("m.a", 21, "丁类", "member", levels=LEVELS, marks=MARKS, quantity="数", base="基", due="限"),
    FactKind("m.b", 22, "戊类", "member", levels=LEVELS[:2], marks=MARKS[:1], quantity="数"),
)


def _catalogue() -> Catalogue:
    common = build.catalogue()
    return Catalogue(
        ORGANIZATION_KINDS + MEMBER_KINDS,
        common.organization_kinds,
        common.regions,
        common.statuses,
        common.positions,
        common.organization_marks,
        common.member_marks,
    )


CATALOGUE = _catalogue()
DEPLOYED = Pick(("o.c",))


class Take:
    """Draws choices; the first is the simplest, to which a failing example shrinks."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def one[T](self, *choices: T) -> T:
        return choices[self.draw(st.integers(0, len(choices) - 1))]

    def rarely(self) -> bool:
        return self.draw(st.integers(0, 4)) == 4

    def maybe(self) -> bool:
        return self.draw(st.integers(0, 1)) == 1

    def subset(self, *choices: str) -> frozenset[str]:
        return frozenset(choice for choice in choices if self.draw(st.integers(0, 2)) == 2)

    def some(self, *choices: str) -> list[str]:
        """At least one of them."""
        chosen = [choice for choice in choices if not self.maybe()]
        return chosen or [choices[0]]


class FormMaker:
    """Draws the forms of one scheme."""

    def __init__(self, take: Take, subject: str, calendar: Calendar, has_members: bool) -> None:
        self.take = take
        self.organization = subject == "organization"
        self.calendar = calendar
        self.makers: list[Callable[[], Form]] = [
            self._per_event,
            self._per_event,
            self._by_level,
            self._discretionary,
            self._deadline,
            self._given,
            self._self_and_verified,
            self._per_missing,
            self._flat_if,
            self._count_table,
            self._zero_event,
            self._streak,
            self._rating,
            self._votes,
            self._band,
            self._step,
            self._ratio,
            self._rank,
            self._versus,
        ]
        if not self.organization:
            self.makers += [self._liable, self._liable]
        if has_members:
            self.makers += [self._member_average] * 4

    def form(self) -> Form:
        return self.take.one(*self.makers)()

    # --- picks

    def pick(self, kind: str = "", of: str = "", levels: tuple[str, ...] | None = None, validity: bool = True) -> Pick:
        """Facts of the subject itself, or of an organization's members; ``kind`` restricts to one."""
        take = self.take
        of = of or (take.one("self", "self", "members") if self.organization else "self")
        of_persons = not self.organization or of == "members"
        if of == "organization":
            of_persons = False
        codes = [one.code for one in (MEMBER_KINDS if of_persons else ORGANIZATION_KINDS)]
        kinds = (kind,) if kind else tuple(dict.fromkeys([take.one(*codes), take.one(*codes)]))
        months, by_level = None, ()
        if validity and take.rarely():
            months, by_level = take.one((6, ()), (18, ()), (None, (("middle", 18), ("high", 1))))
        return Pick(kinds, self._where(kinds, of_persons and of != "colleagues", levels), of, months, by_level)

    def _where(self, kinds: tuple[str, ...], persons: bool, levels: tuple[str, ...] | None = None) -> Where:
        take = self.take
        known = _levels(kinds)
        if levels is None:
            levels = tuple(take.some(*known)) if known and take.rarely() else ()
        return Where(
            levels=levels,
            marks=("main",) if _known(kinds, "main") and take.rarely() else (),
            without=("excused",) if _known(kinds, "excused") and take.rarely() else (),
            quantity_from=take.one(50, 100) if take.rarely() else None,
            quantity_below=take.one(100, 8000) if take.rarely() else None,
            positions=("secretary",) if persons and take.rarely() else (),
        )

    def peers(self) -> tuple[str, ...]:
        columns = ("kind", "region", "parent") if self.organization else ("branch", "status", "region")
        return tuple(self.take.some(*columns)) if self.take.maybe() else ()

    def _levelled(self) -> str:
        """A kind of the subject's own with three levels."""
        return "o.a" if self.organization else "m.a"

    # --- sums of facts

    def _value(self) -> int:
        return self.take.one(-100, 100, -50, 33, -125, 7)

    def _modifiers(self, pick: Pick) -> Modifiers:
        take = self.take
        if not take.maybe():
            return Modifiers()
        plain = pick.of == "self" and not self.organization
        months = not self.calendar.rolling and pick.valid_months is None and not pick.valid_months_by_level
        factors = tuple(
            Factor(take.one(Share(2, 1), Share(1, 3), Share(70, 100), Share(0, 100)), self._where(pick.kinds, plain))
            for _ in range(take.one(0, 0, 1, 2))
        )
        return Modifiers(
            once_group=take.one(None, None, "g", "h"),
            beyond=take.one(0, 0, 0, 1, 2),
            every=take.one(1, 1, 1, 2, 3),
            nth=take.one((), (), (-100, -200), (50, -33, 7)),
            factors=factors,
            repeat=take.one(None, None, Repeat(Share(2, 1), 30), Repeat(Share(3, 2), 0)),
            escalate=take.one(None, None, Share(50, 100), Share(1, 3)),
            split=take.maybe(),
            cap_day=take.one(None, None, None, 150),
            cap_month=take.one(None, None, 150) if months else None,
        )

    def _per_event(self) -> Form:
        pick = self.pick()
        return forms.PerEvent(pick, Points(self._value()), self.take.maybe(), self._modifiers(pick))

    def _by_level(self) -> Form:
        take = self.take
        pick = self.pick(levels=())
        known = _levels(pick.kinds)
        if not known:
            return forms.PerEvent(pick, Points(self._value()))
        table = tuple((level, take.one(100, 200, 450, -100)) for level in take.some(*known))
        where = Where(tuple(level for level, _ in table), pick.where.marks, pick.where.without)
        pick = Pick(pick.kinds, where, pick.of, pick.valid_months, pick.valid_months_by_level)
        sign = take.one(1, -1)
        points = Points(by_level=tuple((level, sign * abs(value)) for level, value in table), stacking=take.maybe())
        return forms.PerEvent(pick, points, take.maybe(), self._modifiers(pick))

    def _liable(self) -> Form:
        take = self.take
        pick = self.pick(of=take.one("organization", "colleagues"))
        table = take.one(
            (("secretary", -200), ("committee_member", -100)),
            (("committee_member", -50),),
            (("committee_member", 100), ("secretary", -33)),
        )
        return forms.PerEvent(pick, Points(by_position=table), take.maybe(), self._modifiers(pick))

    def _discretionary(self) -> Form:
        pick = self.pick()
        low, high = self.take.one((-300, -50), (50, 300), (-50, -300))
        return forms.Discretionary(pick, low, high, self._modifiers(pick))

    def _deadline(self) -> Form:
        take = self.take
        pick = self.pick()
        points = Points(self._value())
        return forms.Deadline(pick, points, take.one(0, 2), take.maybe(), self._modifiers(pick))

    # --- given by people

    def _given(self) -> Form:
        take = self.take
        return forms.Given(
            self.pick(), take.one(1000, 333), take.one(10_000, 1000), take.one("latest", "sum", "mean", "best")
        )

    def _self_and_verified(self) -> Form:
        pick = self.pick(self._levelled(), "self", levels=())
        return forms.SelfAndVerified(pick, "low", self.take.one("high", "middle"), self.take.one(1000, 120))

    def _rating(self) -> Form:
        take = self.take
        weights = take.one(
            (("low", Share(60, 100)), ("high", Share(40, 100))),
            (("middle", Share(1, 3)), ("high", Share(1, 7))),
            (("low", Share(1, 1)),),
        )
        missing = take.one("rescale", "zero")
        return forms.Rating(
            self.pick(self._levelled(), "self", levels=()), 2000, weights, missing, take.one(10_000, 500)
        )

    def _votes(self) -> Form:
        values = self.take.one((("low", 10_000), ("middle", 7000)), (("high", 10_000), ("low", 3333), ("middle", 0)))
        return forms.Votes(self.pick(self._levelled(), "self", levels=()), self.take.one(1000, 2000), values)

    # --- counts

    def _months(self) -> int | None:
        return self.take.one(None, 1, 3)

    def _per_missing(self) -> Form:
        take = self.take
        pick = self.pick()
        by_size = take.one((), (), ((0, 1), (3, 2), (7, 4)), ((1, 3),)) if self.organization else ()
        deployed = DEPLOYED if self.organization and pick.of == "self" and take.maybe() else None
        return forms.PerMissing(pick, take.one(1, 2, 5, 0), self._value(), by_size, self._months(), deployed)

    def _worth(self) -> int | str:
        return self.take.one(-100, 100, 250, forms.ZERO)

    def _flat_if(self) -> Form:
        return forms.FlatIf(self.pick(), self._worth(), self.take.one(1, 2), self.take.maybe())

    def _count_table(self) -> Form:
        counts = self.take.one((1, 3), (0, 2), (1, 2, 4))
        return forms.CountTable(self.pick(), tuple((count, self._worth()) for count in counts))

    def _zero_event(self) -> Form:
        return forms.ZeroEventBonus(self.pick(), self._value(), self._months())

    def _streak(self) -> Form:
        return forms.Streak(self.pick(), self.take.one((100,), (100, 300), (50, -50, 200)))

    # --- measures

    def _metric(self) -> Metric:
        take = self.take
        of = take.one("count", "quantity", "latest", "ratio", "share")
        pick = self.pick()
        among = (
            Pick(tuple(take.some("o.a", "o.b") if self.organization else take.some("m.a", "m.b")))
            if of == "share"
            else None
        )
        return Metric(of, pick, among, take.one(None, None, 10) if self.organization else None)

    def _band(self) -> Form:
        lows = self.take.one((100, 200), (0, 5000, 10_000), (100,))
        return forms.Band(self._metric(), tuple((low, self._worth()) for low in lows))

    def _step(self) -> Form:
        take = self.take
        grow = take.one(None, None, Share(3, 2), Share(90, 100))
        baseline = take.one(
            lambda: forms.Baseline(number=take.one(300, 8000)),
            lambda: forms.Baseline(metric=self._metric(), grow=grow),
            lambda: forms.Baseline(peers=self.peers(), grow=grow),
        )()
        direction, began = take.one("below", "above"), take.maybe()
        return forms.Step(self._metric(), baseline, direction, take.one(100, 33, 500), self._value(), began)

    def _ratio(self) -> Form:
        best = self.take.maybe()
        return forms.Ratio(
            self._metric(), self.take.one(1000, 333), None if best else 300, self.peers() if best else ()
        )

    def _rank(self) -> Form:
        take = self.take
        then, until = take.one((0, None), (-50, 0), (-50, None), (25, 700))
        table = take.one((600, 400), (500,), (100, 200, 300))
        return forms.RankPoints(self._metric(), table, then, until, take.maybe(), self.peers())

    def _versus(self) -> Form:
        return forms.VsPeerAverage(self._metric(), 50, -100, self.take.one(0, 10), self.peers())

    def _member_average(self) -> Form:
        return forms.MemberAverage(2000, self.take.one(10_000, 500))


def _levels(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The levels that some of the kinds have."""
    found = [code for kind in ORGANIZATION_KINDS + MEMBER_KINDS if kind.code in kinds for code, _ in kind.levels]
    return tuple(dict.fromkeys(found))


def _known(kinds: tuple[str, ...], mark: str) -> bool:
    return any(mark in dict(kind.marks) for kind in ORGANIZATION_KINDS + MEMBER_KINDS if kind.code in kinds)
