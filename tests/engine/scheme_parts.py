"""The parts from which ``strategies`` draws schemes: picks, forms, items, grades."""

from __future__ import annotations

from collections.abc import Callable

from tests.engine.form_parts import CATALOGUE, MEMBER_KINDS, ORGANIZATION_KINDS, FormMaker, Take

from sisiwu.engine.scheme.model import (
    Condition,
    Consequence,
    DirectGrade,
    Grade,
    Grading,
    Item,
    ResponsibilityList,
    RollUp,
    Rule,
    Scheme,
    Veto,
    Who,
)
from sisiwu.engine.source import Place
from sisiwu.engine.values import Calendar, Share

__all__ = ["CATALOGUE", "MEMBER_KINDS", "ORGANIZATION_KINDS", "SchemeMaker", "Take"]

HERE = Place("drawn.yaml")
NAMES = ("好", "较好", "一般", "差")

CALENDARS = (
    Calendar("year"),
    Calendar("year", 11, 1),
    Calendar("year", 12, 26),
    Calendar("half_year"),
    Calendar("quarter"),
    Calendar("quarter", 10, 21),
    Calendar("month"),
    Calendar("month", 1, 26),
)


class SchemeMaker:
    """Draws one scheme."""

    def __init__(self, take: Take) -> None:
        self.take = take
        self.rules = 0
        self.items: list[Item] = []
        self.lists: list[ResponsibilityList] = []

    def scheme(self, subject: str = "", calendar: Calendar | None = None) -> Scheme:
        """Any scheme; an organizations' one may have a member scheme behind it."""
        take = self.take
        subject = subject or take.one("organization", "member")
        calendar = calendar or self._calendar(subject)
        members = None
        if subject == "organization" and take.rarely():
            members = SchemeMaker(take).scheme("member", calendar)
        self.forms = FormMaker(take, subject, calendar, members is not None)
        self.subject = subject
        self.lists = [self._list(number) for number in range(1, take.one(1, 1, 2, 3) + 1)]
        grades = self._grades()
        return Scheme(
            id="drawn",
            title="随机办法",
            version="1",
            subject=subject,
            calendars=(calendar,),
            catalogue=CATALOGUE,
            lists=tuple(self.lists),
            place=HERE,
            base=take.one(0, 0, 10_000),
            lowest=take.one(None, None, 0),
            highest=take.one(None, None, 10_000, 500),
            who=self._scheme_who(),
            not_graded=self._some() if grades and take.rarely() else None,
            not_graded_when=self._condition() if grades and take.rarely() else None,
            vetoes=self._many(self._veto),
            direct_grades=self._many(self._direct) if grades else (),
            grading=self._grading(grades),
            consequences=self._many(self._consequence),
            roll_up=RollUp(("organ_committee", "party_committee"))
            if subject == "organization" and take.rarely()
            else None,
            members=members,
        )

    def _calendar(self, subject: str) -> Calendar:
        if subject == "member" and self.take.rarely():
            return Calendar("year", rolling=True)
        return self.take.one(*CALENDARS)

    def _many[T](self, make: Callable[[int], T | None]) -> tuple[T, ...]:
        made = [make(number) for number in range(1, self.take.one(0, 0, 1, 2) + 1)]
        return tuple(one for one in made if one is not None)

    # --- who

    def _some(self) -> Who:
        """Some of the subjects."""
        take = self.take
        either: list[Who] = [Who(regions=("chengdu",)), Who(tenure_months=6), Who(kinds=("branch",))]
        if self.subject == "organization":
            either += [Who(size_from=3), Who(size_below=7), Who(marks=("window",)), Who(without=("window",))]
            either += [Who(size_from=1, size_below=3, regions=("chengdu", "zigong"))]
        else:
            either += [Who(statuses=("full",)), Who(positions=("secretary",)), Who(without_positions=("secretary",))]
            either += [Who(marks=("officer",)), Who(without=("officer",), statuses=("full", "probationary"))]
        return take.one(*either)

    def _who(self) -> Who:
        return self._some() if self.take.rarely() else Who()

    def _scheme_who(self) -> Who:
        return Who(kinds=("branch", "joint_branch")) if not self.take.maybe() else self._who()

    # --- lists, items, rules

    def _list(self, number: int) -> ResponsibilityList:
        take = self.take
        mode = take.one("sum", "sum", "hundred", "direct")
        return ResponsibilityList(
            id=f"l{number}",
            title=f"清单{number}",
            items=tuple(self._item() for _ in range(take.one(1, 2, 3))),
            place=HERE,
            mode=mode,
            base=take.one(0, 0, 500),
            weight=take.one(2000, 3333, 1000) if mode != "sum" else 0,
            lowest=take.one(None, None, 0, -300),
            highest=take.one(None, None, 1000, 2000),
            outside=take.rarely(),
            only_below=take.one(500, 1000, 10_000) if number > 1 and take.rarely() else None,
            who=self._who(),
        )

    def _item(self) -> Item:
        take = self.take
        full = take.one(0, 1000, 300)
        absent = take.one("nothing", "full", "peer_average", "rescale")
        item = Item(
            id=f"i{len(self.items) + 1}",
            title=f"条目{len(self.items) + 1}",
            rules=tuple(self._rule() for _ in range(take.one(1, 1, 2, 3))),
            place=HERE,
            full=full,
            lowest=0 if full else take.one(None, None, -400, 0),
            highest=full or (700 if absent == "rescale" else take.one(None, None, 700)),
            who=self._who(),
            absent=absent,
            peers=self.forms.peers() if absent == "peer_average" else (),
        )
        self.items.append(item)
        return item

    def _rule(self) -> Rule:
        take = self.take
        self.rules += 1
        return Rule(
            id=f"r{self.rules}",
            clause="",
            form=self.forms.form(),
            kind="drawn",
            place=HERE,
            who=self._who(),
            unless=self.forms.pick() if take.rarely() else None,
            lowest=take.one(None, None, None, -250),
            highest=take.one(None, None, None, 250),
        )

    # --- what follows

    def _condition(self) -> Condition:
        """Something that sets off a veto or a consequence; never empty."""
        take = self.take
        which = take.one("pick", "total", "list", "both")
        if which == "total":
            return Condition(total_below=take.one(500, 9000, 10_000))
        if which == "list":
            return Condition(list_id=take.one(*(list_.id for list_ in self.lists)), list_below=take.one(500, 1000, 0))
        at_least = take.one(1, 1, 2)
        if which == "both":
            return Condition(
                self.forms.pick(), at_least, total_from=take.one(0, 9000), total_below=take.one(9900, None)
            )
        return Condition(self.forms.pick(), at_least)

    def _veto(self, number: int) -> Veto:
        take = self.take
        effects = ["zero_list", "zero_item"] + (
            ["grade", "not_above", "not_graded", "grade", "not_above"] * bool(self.names)
        )
        effect = take.one(*effects)
        target = ""
        when = (
            self._condition()
            if effect not in ("zero_list", "zero_item")
            else Condition(self.forms.pick(), take.one(1, 2))
        )
        if effect == "zero_list":
            target = take.one(*(list_.id for list_ in self.lists))
        elif effect == "zero_item":
            target = take.one(*(item.id for item in self.items))
        elif effect != "not_graded":
            target = take.one(*self.names[1:])
        return Veto(f"v{number}", f"否决{number}", "", when, effect, target, HERE)

    def _direct(self, number: int) -> DirectGrade:
        take = self.take
        grade = take.one(*self.names)
        return DirectGrade(f"d{number}", f"直评{number}", "", self.forms.pick(), grade, take.maybe(), HERE)

    def _consequence(self, number: int) -> Consequence:
        take = self.take
        when = self._condition()
        if self.names and not take.maybe():
            grades = tuple(take.some(*self.names))
            when = Condition(grades=grades)
            if take.maybe():
                when = Condition(self.forms.pick(), grades=grades, streak=take.one(2, 3))
        return Consequence(f"c{number}", f"后果{number}", "", when, HERE)

    # --- grades

    @property
    def names(self) -> list[str]:
        return [grade.name for grade in self._drawn]

    def _grades(self) -> list[Grade]:
        """None, or two to four from best to worst; quotas stand together at the top."""
        take = self.take
        count = take.one(3, 2, 4, 0)
        self._better = take.one("high", "high", "low")
        quotas = take.one(0, 1, 2, count) if count else 0
        self._drawn = [self._grade(place, count, place < quotas) for place in range(count)]
        return self._drawn

    def _grade(self, place: int, count: int, limited: bool) -> Grade:
        take = self.take
        last = place == count - 1
        bounds = ((10_000, 9900), (9000, 500), (300, 0))[min(place, 2)]
        bound = None if last else take.one(None, *bounds)
        low = self._better == "low"
        numbers = (0, 300, 9000)
        share = take.one(Share(1, 3), Share(40, 100), Share(1, 2)) if limited and not take.maybe() else None
        return Grade(
            name=NAMES[place],
            place=HERE,
            lowest=None if low else bound,
            below=(None if last else take.one(None, numbers[min(place, 2)])) if low else None,
            share=share,
            number=take.one(1, 2, 0) if limited and share is None else None,
            list_id=take.one(*(list_.id for list_ in self.lists)) if bound is not None and take.rarely() else None,
            who=Who() if last else self._who(),
        )

    def _grading(self, grades: list[Grade]) -> Grading:
        take = self.take
        return Grading(
            grades=tuple(grades),
            peers=self.forms.peers(),
            rounding=take.one("floor", "half_up", "ceiling"),
            ties=take.one("none", "all"),
            base=take.one("assessed", "all"),
            direct_in_quota=take.maybe(),
            better=self._better,
        )
