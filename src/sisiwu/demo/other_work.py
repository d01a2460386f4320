"""A year of what a branch does besides meetings: classes, visits, services, articles, commendations (invented)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

from sisiwu.activities.articles.actions import enter as enter_article
from sisiwu.activities.articles.models import Article
from sisiwu.activities.commendations.actions import enter as enter_commendation
from sisiwu.activities.commendations.models import Commendation
from sisiwu.activities.entries.models import Activity
from sisiwu.activities.entries.submitting import How
from sisiwu.activities.service_hours.actions import enter as enter_service
from sisiwu.activities.service_hours.models import Service
from sisiwu.activities.trainings.actions import enter as enter_training
from sisiwu.activities.trainings.models import Mode, Training
from sisiwu.activities.visits.actions import enter as enter_visit
from sisiwu.activities.visits.models import Kind, Visit
from sisiwu.demo.period import begin
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import Entry
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization

CLASSES = ("十九大精神专题培训", "执法规范化培训", "警务技能集训", "支部工作条例学习班", "廉政教育")
COMMUNITIES = ("文庙社区", "青龙社区", "红光社区", "双桥社区", "锦江社区")
SERVICES = ("防诈骗宣传", "交通劝导", "政策咨询", "清洁家园", "走访独居老人")
VISITS = {
    Kind.RESEARCH: "听取基层意见", Kind.TALK: "宣讲党的十九大精神", Kind.POVERTY: "看望帮扶村", Kind.STUDY: "学习先进支部做法",
}  # fmt: skip
TITLES = ("从“纯党务”向“巧融合”转变", "警心党建暖人心", "堡垒提升工程见实效", "四严四考带队伍", "把支部建在专案组上")
MEDIA = (("四川日报", "provincial"), ("四川法制报", "provincial"), ("人民公安报", "national"))
HONOURS = (("党建工作先进", "committee", "厅机关党委"), ("先进基层党组织", "work_committee", "省直机关工委"))


class OtherWork:
    """Grows one branch at a time; gives each entry as it was submitted."""

    def __init__(self, seed: int, today: date) -> None:
        self.random, self.today = random.Random(f"{seed} other work"), today

    def of(self, branch: Organization, roll: list[Member], by: User | None) -> Iterator[Entry]:
        """The year of one branch up to today."""
        if not roll:
            return
        for _ in range(self.random.randint(1, 3)):
            hours = self.random.choice((400, 800, 1600, 2400))
            one = Training(title=self.random.choice(CLASSES), kind=self.random.choice(Mode.values), hours_centi=hours)
            yield from self._entered(one, branch, lambda a, h: enter_training(a, self._some(roll, 0.9), by=by, **h))
        for _ in range(self.random.randint(1, 3)):
            kind = self.random.choice(list(VISITS))
            visit = Visit(title=VISITS[kind], kind=kind, place=self.random.choice(COMMUNITIES))
            yield from self._entered(visit, branch, lambda a, h: enter_visit(a, self._some(roll, 0.3), by=by, **h))
        for _ in range(self.random.randint(1, 4)):
            service = Service(
                title=self.random.choice(SERVICES), place=self.random.choice(COMMUNITIES),
                hours_centi=self.random.choice((100, 150, 200, 300)),
            )  # fmt: skip
            yield from self._entered(service, branch, lambda a, h: enter_service(a, self._some(roll, 0.5), by=by, **h))
        if by is not None and self.random.random() < 0.5:
            medium, level = self.random.choice(MEDIA)
            article = Article(title=f"{self.random.choice(TITLES)}（{branch.name}）", medium=medium, level=level)
            yield from self._entered(article, branch, lambda a, h: enter_article(a, by=by, **h))
        if self.random.random() < 0.25:
            title, level, body = self.random.choice(HONOURS)
            honour = Commendation(title=title, level=level, granted_by=body)
            yield from self._entered(honour, branch, lambda a, h: enter_commendation(a, by=by, **h))

    def _some(self, roll: list[Member], share: float) -> list[Member]:
        return [one for one in roll if self.random.random() < share] or roll[:1]

    def _entered[A: Activity](self, one: A, branch: Organization, enter: Callable[[A, How], Entry]) -> Iterator[Entry]:
        first = max(begin(self.today).replace(day=8), branch.founded_on)
        days = (self.today - first).days
        if days < 1:
            return
        one.organization, one.on = branch, first + timedelta(days=self.random.randrange(days))
        yield enter(one, How(key=UUID(int=self.random.getrandbits(128)), is_late=False))
