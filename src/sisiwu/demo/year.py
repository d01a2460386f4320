"""A sample year of the source's own system as plain records: invented units, persons and facts.

79 grass-roots units (厅机关79个基层一线单位, seed) and the organs of 21 cities; the same seed gives
the same year.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from sisiwu.engine.catalogue import Catalogue, FactKind
from sisiwu.engine.records import Dataset, Fact, Member, Organization, Position
from sisiwu.engine.values import day_number

UNITS = 79
MEMBERS = 18
"""Members of a branch."""

EACH_YEAR = {
    "支委会": 12,
    "党员大会": 4,
    "党小组会": 12,
    "党课": 4,
    "主题党日": 12,
    "组织生活会": 1,
    "民主评议党员": 1,
    "谈心谈话": 2,
    "项目立项": 1,
    "项目节点按期完成": 3,
}
"""What a branch that misses nothing does in a year."""


@dataclass
class _Grower:
    catalogue: Catalogue
    random: random.Random
    year: int
    organization_facts: list[Fact] = field(default_factory=list)
    member_facts: list[Fact] = field(default_factory=list)

    def kind(self, title: str) -> FactKind:
        kind = self.catalogue.kind(title)
        if kind is None:
            raise KeyError(title)
        return kind

    def fact(
        self, title: str, subject: int, month: int, level: str | None = None, quantity: int = 100, mark: str = ""
    ) -> None:
        kind = self.kind(title)
        facts = self.member_facts if kind.subject == "member" else self.organization_facts
        day = day_number(date(self.year, month, self.random.randint(1, 28)))
        number = len(self.organization_facts) + len(self.member_facts) + 1
        marks = frozenset({mark}) if mark else frozenset()
        facts.append(
            Fact(number, f"F{number:06d}", kind.code, subject, day, level, quantity, marks=marks, recorded=day)
        )

    def branch(self, number: int, care: float) -> None:
        """A branch's year; ``care`` is how likely it is to do what it owes."""
        for title, times in EACH_YEAR.items():
            for turn in range(times):
                if self.random.random() < care:
                    self.fact(title, number, 1 + turn * 12 // times)
        review = self.kind("履职评议")
        for mark, _ in review.marks:
            for level, _ in review.levels:
                score = int(10_000 * (0.7 + 0.28 * care)) - self.random.randint(0, 600)
                self.fact(review.title, number, 12, level, score, mark)
        for title in ("项目评审", "自查与考核"):
            for level, _ in self.kind(title).levels:
                self.fact(
                    title,
                    number,
                    12,
                    level,
                    100 * (self.random.randint(75, 99) if title == "项目评审" else self.random.randint(3, 5)),
                )
        for level, _ in self.kind("述职评议").levels:
            self.fact("述职评议", number, 12, level, 100 * self.random.randint(0, 30 if level == "good" else 5))
        if self.random.random() > care:
            self.fact("专题学习教育任务未完成", number, 9)
        for level, _ in self.kind("党建文章刊发").levels:
            if self.random.random() < care / 3:
                self.fact("党建文章刊发", number, self.random.randint(1, 12), level)
        if self.random.random() < care / 4:
            self.fact("党建工作通报表扬", number, 7, self.random.choice(["committee", "work_committee", "ministry"]))
        if self.random.random() < 0.02:
            self.fact("班子成员严重违纪违法", number, 6)

    def member(self, number: int, care: float) -> None:
        """A member's year: organization life, study, service, appraisal; conduct as an officer."""
        for month in range(1, 13):
            if self.random.random() < care:
                self.fact("参加组织生活", number, month)
        self.fact("集中培训学时", number, 5, quantity=100 * self.random.randint(16, 48))
        if self.random.random() < care / 2:
            self.fact("志愿服务时长", number, 8, quantity=100 * self.random.randint(2, 44))
        if self.random.random() > care:
            self.fact("无故缺席组织生活", number, 10)
        for _ in range(3):
            if self.random.random() < care / 2:
                self.fact("承诺践诺完成", number, self.random.randint(1, 12))
        for level, _ in self.kind("民主评议得分").levels:
            self.fact("民主评议得分", number, 12, level, 100 * self.random.randint(70, 88) + int(care * 1000))
        self._seldom(number, care)
        self._conduct(number, care)

    def _seldom(self, number: int, care: float) -> None:
        if self.random.random() < care / 12:
            self.fact("讲党课", number, 6, self.random.choice(["branch", "branch", "department"]))
        if self.random.random() < care / 10:
            self.fact("个人表彰", number, 7, self.random.choice(["commendation", "commendation", "third_merit"]))
        if self.random.random() < care / 10:
            self.fact("合理化建议被采纳", number, 4)
        if self.random.random() > care + 0.1:
            self.fact("未按时交纳党费", number, 3)

    def _conduct(self, number: int, care: float) -> None:
        for level, likely in (("slight", 0.5), ("minor", 0.25), ("ordinary", 0.08), ("serious", 0.02)):
            if self.random.random() < likely * (1.05 - care):
                mark = "" if level == "slight" else self.random.choice(["full_fault", "main_fault", "lesser_fault"])
                self.fact("日常违规行为", number, self.random.randint(1, 12), level, mark=mark)
        if self.random.random() < 0.05:
            self.fact("公益服务满一小时", number, 9)


POSTS = ("secretary", "deputy_secretary", "organization_member", "publicity_member", "discipline_member")
"""Who the first members of a branch are."""
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁马方任袁柳唐罗毕郝安常于傅齐康"
GIVEN = "安邦博昌诚川德东凡丰刚广海浩恒洪建江杰锦静军凯兰磊力丽林岭明楠宁鹏平琪强青秋荣瑞山石涛腾文希晓欣新星雪岩扬阳义毅英永勇宇玉远月云志中"


def _person(random_: random.Random) -> str:
    """An invented name."""
    given = "".join(random_.choice(GIVEN) for _ in range(random_.choice((1, 2, 2))))
    return random_.choice(SURNAMES) + given


def grow(catalogue: Catalogue, regions: list[int], seed: int = 445, year: int = 2018) -> Dataset:
    """The year: an organ committee with 79 branches, and one branch in each of the other regions."""
    grower = _Grower(catalogue, random.Random(seed), year)
    kinds = catalogue.organization_kinds
    founded = day_number(date(year - 12, 1, 1))
    marks = frozenset({"with_committee", "grassroots_unit"})
    committee = Organization(1, "ORG-0001", "厅机关党委", kinds.number("organ_committee"), None, 510_000, since=founded)
    organizations = [committee]
    members: list[Member] = []
    terms: list[Position] = []
    for place in range(UNITS + len(regions)):
        number = place + 2
        region = 510_000 if place < UNITS else regions[place - UNITS]
        name = f"第{place + 1}党支部" if place < UNITS else f"{_title(catalogue, region)}局机关党支部"
        branch = kinds.number("branch")
        organizations.append(
            Organization(number, f"ORG-{number:04d}", name, branch, 1, region, MEMBERS, marks, founded)
        )
        care = 0.72 + 0.28 * grower.random.random()
        grower.branch(number, care)
        for turn in range(MEMBERS):
            person = len(members) + 1
            post = frozenset({POSTS[turn]}) if turn < len(POSTS) else frozenset()
            name, since = _person(grower.random), founded + grower.random.randint(0, 3000)
            members.append(
                Member(person, f"M{person:05d}", name, number, posts=post, marks=frozenset({"officer"}), since=since)
            )
            terms += [Position(person, number, one, founded + 4000) for one in post]
            grower.member(person, min(1.0, care + 0.1))
    return Dataset(
        tuple(organizations), tuple(members), tuple(terms), tuple(grower.organization_facts), tuple(grower.member_facts)
    )


def _title(catalogue: Catalogue, region: int) -> str:
    return catalogue.regions.title(catalogue.regions.code_of(region) or "")
