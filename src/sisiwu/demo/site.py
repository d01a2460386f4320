"""The demonstration site, grown through the rooms' own actions: units, persons and a year of meetings.

79 grass-roots units of the department (seed) and the organ committees of 21 cities; everything is
invented and the same for the same seed and day.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sisiwu.activities.meetings.actions import enter as enter_meeting
from sisiwu.activities.meetings.models import Kind as Meetings
from sisiwu.activities.meetings.models import Meeting, Presence
from sisiwu.activities.spot_checks.actions import draw
from sisiwu.demo.assignments import assign
from sisiwu.demo.cast import BRANCH, CAST, COMMITTEE, TEMPORARY, Player
from sisiwu.demo.other_work import OtherWork
from sisiwu.demo.period import begin
from sisiwu.demo.register_life import live
from sisiwu.demo.year import GIVEN, SURNAMES, UNITS
from sisiwu.foundation.accounts.actions import grant, open_account
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Role
from sisiwu.foundation.documents.actions import sync
from sisiwu.foundation.feedback.actions import suggest
from sisiwu.ledger.actions import Entry, decide
from sisiwu.ledger.queries import stood
from sisiwu.register.detachments.actions import attach
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.actions import enter as enter_member
from sisiwu.register.members.actions import link
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.actions import found
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.organizations.regions import REGIONS
from sisiwu.register.positions.actions import appoint, elect

BUREAUS = (
    "刑侦总队", "治安总队", "交警总队", "经侦总队", "禁毒总队", "特警总队", "法制总队", "出入境管理局", "监所管理总队", "科技信息化总队",
    "警务保障部", "办公室", "政治部", "警务督察总队", "机场公安局", "森林警察总队", "警察学院", "离退休干部处", "食品药品侦查总队", "户政管理总队",
)  # fmt: skip
ORDINALS = ("第一", "第二", "第三", "第四")
MEMBERS, MEMBERS_ELSE = 8, 4
THEMES = {
    Meetings.PARTY_DAY: ("学习党章", "重温入党誓词", "走访帮扶村", "警示教育", "红色教育基地参观", "岗位练兵"),
    Meetings.BRANCH_COMMITTEE: ("研究本月工作", "研究发展对象", "研究主题党日安排"),
    Meetings.MEMBER_ASSEMBLY: ("季度工作通报", "讨论预备党员转正"),
    Meetings.PARTY_LECTURE: ("讲政治、讲规矩", "忠诚与担当", "从英模身上学什么"),
}
"""What a branch meets about (invented)."""
MONTHS = {
    Meetings.PARTY_DAY: range(1, 13),
    Meetings.BRANCH_COMMITTEE: range(1, 13),
    Meetings.MEMBER_ASSEMBLY: (3, 6, 9, 12),
    Meetings.PARTY_LECTURE: (2, 5, 8, 11),
}
"""When (支部工作条例: monthly and quarterly; rulebook.md, section 4)."""


class Grower:
    """Grows the site; ``say`` is told how far it is."""

    def __init__(
        self, today: date, seed: int = 445, units: int = UNITS, cities: int = 21, say: Callable[[str], object] = print
    ) -> None:
        self.random, self.today, self.units, self.cities, self.say = random.Random(seed), today, units, cities, say
        self.founded, self.other_work = date(today.year - 8, 1, 1), OtherWork(seed, today)
        self.people = 0
        self.by_name: dict[str, Organization] = {}

    @transaction.atomic
    def grow(self) -> None:
        """Everything, or nothing."""
        sync()
        self._tree()
        for one in list(self.by_name.values()):
            if one.kind == Kind.BRANCH:
                self._staff(one)
        self._cast()
        self._detach()
        self.say("  组织和党员已建好，正在录入一年的工作……")
        verifier = User.objects.get(username="hejing")
        for one in [one for one in self.by_name.values() if one.kind in (Kind.BRANCH, Kind.TEMPORARY_BRANCH)]:
            self._year(one, verifier)
        assign(self.by_name[COMMITTEE], self.by_name[BRANCH], self.today)
        self._check()
        live(self.by_name, self.today)

    def _found(self, name: str, kind: int, parent: Organization | None, **more: object) -> Organization:
        code = f"DZ{len(self.by_name) + 1:04d}"
        one = found(code=code, name=name, kind=kind, parent=parent, on=self.founded, by=None, **more)
        self.by_name[name] = one
        return one

    def _tree(self) -> None:
        root = self._found("省公安厅党委", Kind.PARTY_COMMITTEE, None)
        committee = self._found(COMMITTEE, Kind.ORGAN_COMMITTEE, root)
        for number in range(self.units):
            name = f"{BUREAUS[number // 4]}{ORDINALS[number % 4]}党支部"
            self._found(name, Kind.BRANCH, committee, is_grassroots=True, place=f"{BUREAUS[number // 4]}会议室")
        self._found(TEMPORARY, Kind.TEMPORARY_BRANCH, committee, region=510_000)
        for region, city in REGIONS[1 : self.cities + 1]:
            organ = self._found(f"{city}公安局机关党委", Kind.ORGAN_COMMITTEE, root, region=region)
            self._found(f"{city}公安局机关第一党支部", Kind.BRANCH, organ, region=region)

    def _person(self, branch: Organization, name: str = "") -> Member:
        self.people += 1
        given = "".join(self.random.choice(GIVEN) for _ in range(self.random.choice((1, 2, 2))))
        joined = self.founded - timedelta(days=self.random.randint(-2000, 9000))
        name = name or self.random.choice(SURNAMES) + given
        since = branch.founded_on
        return enter_member(
            code=f"M{self.people:05d}",
            name=name,
            branch=branch,
            since=since,
            by=None,
            joined_on=min(joined, self.today),
        )

    def _staff(self, branch: Organization) -> None:
        players = [one for one in CAST if one.is_member and one.at == branch.name]
        size = MEMBERS if branch.is_grassroots else MEMBERS_ELSE
        persons = [self._person(branch, one.name) for one in players]
        persons += [self._person(branch) for _ in range(size - len(players))]
        taken = {one.position for one in players if one.position}
        free = [
            person
            for person, one in zip(persons, [*players, *[None] * size], strict=False)
            if not (one and one.position)
        ]
        elected = self.today - timedelta(days=self.random.randint(200, 1080))
        for player, person in zip(players, persons, strict=False):
            if player.position:
                link(person, open_account(player.username, player.name), since=self.founded)
                appoint(person, player.position, since=elected, by=None)
        ordinary = [person for person in free if person.name not in {one.name for one in CAST}]
        for position, person in zip([n for n in (1, 2, 3, 4, 5) if n not in taken], ordinary, strict=False):
            appoint(person, position, since=elected, by=None)
        elect(branch, on=elected, by=None)

    def _detach(self) -> None:
        """The temporary branch: one member of each of the first branches, the first of them its secretary."""
        temporary = self.by_name[TEMPORARY]
        since = self.founded + (self.today - self.founded) * 9 // 10
        named = [Member.objects.get(name=one.name) for one in CAST if one.attached_to]
        others = Member.objects.filter(holdings__isnull=True, user__isnull=True).order_by("strokes")
        homes = [one for one in self.by_name.values() if one.is_grassroots][:4]
        chosen = [others.filter(branch=home)[0] for home in homes]
        for one in [*chosen, *named]:
            attach(one, temporary, since=since, by=None)
        appoint(chosen[0], 1, since=since, by=None, at=temporary)

    def _cast(self) -> None:
        for one in CAST:
            user = User.objects.filter(username=one.username).first() or open_account(one.username, one.name)
            member = Member.objects.filter(name=one.name, branch__name=one.at).first() if one.is_member else None
            if member and member.user is None:
                link(member, user, since=self.founded)
            grant(user, one.role, self._path(one), since=self.founded, source="cast")

    def _path(self, one: Player) -> str:
        if one.role in (Role.SYSTEM_OFFICER, Role.SECURITY_OFFICER, Role.AUDIT_OFFICER) or not one.at:
            return ""
        return self.by_name[one.at].path

    def _year(self, branch: Organization, verifier: User) -> None:
        """Meetings up to today; the last weeks of the cast's branch still wait for verification."""
        care = 1.0 if branch.name == BRANCH else self.random.uniform(0.75, 1.0)
        roll = list(roll_call(branch, self.today))
        secretary = User.objects.filter(member__branch=branch, grants__role=Role.SECRETARY).first()
        for kind, months in MONTHS.items():
            day_of_month = self.random.randint(5, 20)
            for on in self._days(months, day_of_month):
                if on > self.today or self.random.random() > care:
                    continue
                if branch.name == TEMPORARY and not roll_call(branch, on).exists():
                    continue
                self._meeting(branch, kind, on, roll, secretary, verifier)
        here = [one for one in roll if one.branch_id == branch.pk]
        for entry in self.other_work.of(branch, here, secretary):
            self._decided(entry, verifier)

    def _days(self, months: Iterable[int], day: int) -> list[date]:
        years = range(begin(self.today).year, self.today.year + 1)
        return [date(year, month, day) for year in years for month in months]

    def _check(self) -> None:
        """Three records of last month are looked at; somebody has said something."""
        last = self.today.replace(day=1) - timedelta(days=1)
        first, top = last.replace(day=1), self.by_name[COMMITTEE]
        staff = User.objects.get(username="zhengmin")
        if stood(top.path, first, last, timezone.now()).exists():
            draw(top, first, last, seed_on=self.today, phrase="瑞雪兆丰年", count=3, by=staff)
        asker = User.objects.filter(username="lina").first()
        if asker is not None:
            key = UUID(int=self.random.getrandbits(128))
            suggest(
                "software", "手机上名单能不能按姓氏笔画排。", key=key, by=asker, anonymous=False, page="/meetings/new/"
            )

    def _meeting(
        self, branch: Organization, kind: Meetings, on: date, roll: list[Member], secretary: User | None, verifier: User
    ) -> None:
        theme = self.random.choice(THEMES[kind])
        lecturer = roll[0] if kind == Meetings.PARTY_LECTURE else None
        meeting = Meeting(organization=branch, kind=kind, title=theme, on=on, place=branch.place, lecturer=lecturer)
        absences = (Presence.DUTY, Presence.SICK, Presence.PRIVATE, Presence.LATE, Presence.ABSENT)
        presences = {
            one.pk: self.random.choices(absences, (6, 2, 2, 1, 0.5))[0]
            if self.random.random() < 0.08
            else Presence.PRESENT
            for one in roll
        }
        entry = enter_meeting(
            meeting, presences, by=secretary, key=UUID(int=self.random.getrandbits(128)), is_late=False
        )
        self._decided(entry, verifier)

    def _decided(self, entry: Entry, verifier: User) -> None:
        branch, on = entry.organization, entry.occurred_on
        if branch.name == BRANCH and on > self.today - timedelta(days=21):
            return
        if branch.name.endswith("第二党支部") and on > self.today - timedelta(days=14):
            return
        decide(entry, accepted=True, by=verifier)
