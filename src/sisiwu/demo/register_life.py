"""What moves in the register of the demonstration: transfers in every state, six admissions, terms that end.

Everything is done through the rooms' own actions, dated back from the day of the demonstration. All
persons are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sisiwu.demo.cast import BRANCH, CITY, COMMITTEE, NEIGHBOUR
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.values.dates import after_months
from sisiwu.register.admissions import actions as admissions
from sisiwu.register.admissions.steps import steps
from sisiwu.register.members.actions import enter
from sisiwu.register.members.models import Member, Status
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions import actions as positions
from sisiwu.register.transfers import actions as transfers

CITY_BRANCH = "成都市公安局机关第一党支部"
OUTSIDE = "中共四川省委政法委员会机关委员会"

COURSE = (
    (1, 0), (2, 15), (3, 60), (4, 70), (5, 75), (6, 200), (6, 370), (7, 430), (8, 440), (9, 445), (10, 470), (11, 480),
    (12, 490), (13, 500), (14, 505), (15, 515), (16, 530), (17, 560), (18, 570), (19, 575), (20, 600), (21, 690),
    (21, 850), (22, 865), (23, 885), (24, 900), (25, 910),
)  # fmt: skip
"""The steps of an admission that keeps all its periods, in days after the application (invented)."""


WHO = {3: "党员推荐，支委会研究，王强主持", 5: "陈涛、李娜", 9: "王强、陈涛", 10: "政治审查组", 11: "省直机关党校"}
"""Who did what, where it is not the secretary or the committee."""


@dataclass(frozen=True)
class Candidate:
    """Somebody on the way: applied so many days ago, got as far as a step, the course as it was then."""

    name: str
    branch: str
    days_ago: int
    until: int


CANDIDATES = (
    Candidate("程浩", BRANCH, 20, 1),
    Candidate("宋婷", BRANCH, 45, 1),
    Candidate("蒋鹏", BRANCH, 300, 5),
    Candidate("魏岚", NEIGHBOUR, 470, 6),
    Candidate("石磊", NEIGHBOUR, 520, 12),
    Candidate("丁锐", NEIGHBOUR, 890, 22),
)
"""A talk that is due, a talk that is overdue, a review overdue, an object to be named, one waiting for the superior,
one whose probation is over."""


def live(organizations: dict[str, Organization], today: date) -> None:
    """All of it, and the reminders of the day."""
    staff = User.objects.get(username="hejing")
    _terms(organizations, today)
    _transfers(organizations, today, staff)
    for number, one in enumerate(CANDIDATES, start=1):
        _candidate(one, f"M9{number:04d}", organizations[one.branch], today, staff)
    for room in (positions, transfers, admissions):
        room.remind(today)


def _terms(organizations: dict[str, Organization], today: date) -> None:
    """The committee's term ends in three months; the city's is over since twenty days."""
    for name, days in ((COMMITTEE, 90), (CITY, -20)):
        if name in organizations:
            due = today + timedelta(days=days)
            positions.elect(organizations[name], on=after_months(due, -60), by=None)


def _transfers(organizations: dict[str, Organization], today: date, staff: User) -> None:
    branch, neighbour, city = (organizations[name] for name in (BRANCH, NEIGHBOUR, CITY_BRANCH))
    secretary = User.objects.get(username="wangqiang")

    def person(number: int, name: str, home: Organization) -> Member:
        joined_on = date(today.year - 6, number, 1)
        return enter(
            code=f"M8{number:04d}", name=name, branch=home, since=home.founded_on, by=None, status=Status.FULL,
            joined_on=joined_on,
        )  # fmt: skip

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    transfers.issue(person(1, "高翔", neighbour), to=branch, issued_on=ago(5), dues_until=_month(ago(5)), by=staff)
    transfers.issue(person(2, "唐静", neighbour), to=city, issued_on=ago(80), valid_days=60, by=staff)
    received = transfers.issue(
        person(3, "罗勇", city), to=neighbour, issued_on=ago(70), dues_until=_month(ago(70)), by=staff
    )
    transfers.receive(received, on=ago(58), by=staff)
    refused = transfers.issue(person(4, "韩冰", neighbour), to=branch, issued_on=ago(30), by=staff)
    transfers.refuse(refused, why="介绍信上没有写党费交到哪个月", by=secretary)
    transfers.issue(
        person(5, "邓涛", neighbour), outside=OUTSIDE, issued_on=ago(12), dues_until=_month(ago(12)), by=staff
    )
    taken = transfers.issue(person(6, "彭欣", neighbour), to=city, issued_on=ago(40), by=staff)
    transfers.withdraw(taken, why="调动取消", by=staff)
    transfers.expect(
        name="曾强", code="M80007", status=Status.FULL, joined_on=date(today.year - 9, 7, 1), to=branch, outside=OUTSIDE,
        number="川政法转〔0187〕", issued_on=ago(8), why="转业安置", dues_until=_month(ago(8)), by=staff,
    )  # fmt: skip


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _candidate(one: Candidate, code: str, branch: Organization, today: date, staff: User) -> None:
    start = today - timedelta(days=one.days_ago)
    way = admissions.apply(branch=branch, name=one.name, code=code, on=start, who="王强", by=staff)
    for number, days in COURSE[1:]:
        on = start + timedelta(days=days)
        if number > one.until or on > today:
            return
        who = WHO.get(number, "厅机关党委" if steps()[number].is_superior else "王强")
        admissions.do(way, number, on=on, who=who, days=3 if number == 11 else None, by=staff)
