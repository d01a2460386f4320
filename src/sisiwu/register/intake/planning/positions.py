"""The sheet of positions: who takes which, who gives up which."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sisiwu.register.intake import texts
from sisiwu.register.intake.planning.known import Known
from sisiwu.register.intake.planning.members import Members
from sisiwu.register.intake.planning.organizations import Organizations, cell
from sisiwu.register.intake.planning.plan import Org, Person, Plan, Post
from sisiwu.register.intake.reading import Book, Row
from sisiwu.register.positions.models import SOLE, Position

type Key = tuple[Person, Org, int]


class Positions:
    def __init__(
        self, plan: Plan, known: Known, book: Book, organizations: Organizations, members: Members, today: date
    ) -> None:
        self.made, self.known, self.organizations, self.members, self.today = plan, known, organizations, members, today
        self.rows = book.rows["positions"]
        self.held: dict[Key, list[Post]] = defaultdict(list)

    def plan(self) -> None:
        """Fills the plan from the rows."""
        if not self.rows:
            return
        codes = [code for row in self.rows if (code := row.get("code"))]
        names = [name for row in self.rows if not row.get("code") and (name := row.get("name"))]
        # A column that is headed 党员 may hold numbers.
        self.known.load_people([*codes, *names], names)
        meant = [(row, self.organizations.refer(row, "organization")) for row in self.rows]
        people = {one for row in self.rows for one in self._people(row)}
        for post in self.known.posts(people, {one for _, one in meant if one}):
            self.held[post.person, post.organization, post.position].append(post)
        for row, organization in meant:
            self._row(row, organization)
        self._alone()

    def _people(self, row: Row) -> list[Person]:
        code, name = row.get("code"), row.get("name")
        return self.members.people(code, name) or ([] if code else self.members.people(name, ""))

    def _row(self, row: Row, organization: Org | None) -> None:
        made = self.made

        def on(text: str) -> date:
            return texts.day(text, self.today)

        position = cell(made, row, "position", texts.position)
        since, until = cell(made, row, "since", on), cell(made, row, "until", on)
        for column in ("organization", "position"):
            if not row.get(column):
                made.wrongly(row, column, "这一格不能空着", "补上；整行不要的，删去整行")
        person = self._person(row, organization)
        if organization is None or position is None or person is None or row.key in made.wrong:
            return
        if until and since and until <= since:
            made.wrongly(row, "until", f"应晚于任职日期 {since}", "核对两个日期")
            return
        posts = self.held[person, organization, position]
        post = next((one for one in posts if since == one.since), None)
        if post is None and (until is None or since is None or not posts or until > min(one.since for one in posts)):
            post = next((one for one in posts if not one.until and one.row is None), None)
        if post is None:
            self._new(row, person, organization, position, since, until)
        elif post.row is not None:
            made.wrongly(row, "position", f"与{post.row.place}重复", "删去其中一行")
        else:
            self._old(row, post, since, until)

    def _person(self, row: Row, organization: Org | None) -> Person | None:
        """The one who is meant; a name that several have is narrowed to the branch itself."""
        code, name = row.get("code"), row.get("name")
        found, column = self._people(row), "code" if code else "name"
        if not code and not name:
            self.made.wrongly(row, "code", "没有写是谁", "写上党员编号或姓名")
            return None
        if len(found) > 1:
            found = [one for one in found if one.final("branch") is organization] or found
        if len(found) > 1:
            codes = "、".join(f"{one.code}（{one.final('branch').final('name')}）" for one in found[:5])
            self.made.wrongly(row, column, f"有 {len(found)} 位叫这个姓名", f"写上党员编号：{codes}")
            return None
        if not found:
            if left := self.members.skipped.get(code or name):
                self.made.wrongly(row, column, f"{left.place}这一次不导入，这里写的人就没有了", "这一行也不导入")
            else:
                self.made.wrongly(
                    row, column, "表里和名册里都没有这名党员", "核对编号或姓名；确有此人的，先加进《党员》表"
                )
            return None
        one = found[0]
        if code and name and name not in (one.name, one.final("name")):
            hint = "核对编号和姓名，可能错了一行"
            self.made.wrongly(row, "name", f"编号 {code} 不是这个姓名", hint)
            return None
        return one

    def _new(self, row: Row, person: Person, at: Org, position: int, since: date | None, until: date | None) -> None:
        made = self.made
        if since is None:
            made.wrongly(row, "since", "新的任职要写任职日期", "写成 2018-11-26 的样子")
        elif since < at.founded_on and not at.is_wrong:
            made.wrongly(row, "since", f"早于党组织的成立日期 {at.founded_on}", "核对两个日期")
        if not self.known.reaches(at.anchor()):
            made.wrongly(row, "organization", "这个党组织不在您的管理范围内", "这一行不导入")
        elif at.dissolved_on and not until:
            made.wrongly(row, "organization", f"已于 {at.dissolved_on} 撤销", "写上免职日期，或这一行不导入")
        if person.pk is not None and not self.known.reaches(person.branch.path):
            made.wrongly(row, "code" if row.get("code") else "name", "这名党员不在您的管理范围内", "请在网站上办理任职")
        elif person.left_on and not until:
            made.wrongly(row, "code", f"已于 {person.left_on} 转出或减少", "这一行不导入")
        if row.key in made.wrong or since is None:
            return
        post = Post(person, at, position, since, until, row=row)
        self.held[person, at, position].append(post)
        made.appoint.append(post)

    def _old(self, row: Row, post: Post, since: date | None, until: date | None) -> None:
        made, post.row = self.made, row
        if since and since != post.since:
            made.wrongly(
                row, "since", f"与名册里的任职日期 {post.since} 不同", "照名册写；另任一次的，先给原来那次写上免职日期"
            )
        elif until == post.until or (post.until and until is None):
            made.unchanged["positions"] += 1
        elif post.until:
            made.wrongly(row, "until", f"与名册里的免职日期 {post.until} 不同", "照名册写")
        elif until is not None and until <= post.since:
            made.wrongly(row, "until", f"应晚于任职日期 {post.since}", "核对两个日期")
        elif not self.known.reaches(post.organization.path):
            made.wrongly(row, "organization", "这个党组织不在您的管理范围内", "这一行不导入")
        else:
            post.relieve_on = until
            who = f"{post.person.name}（{post.organization.final('name')}{Position(post.position).label}）"
            made.differs(row, who, "免职日期", None, until)
            made.relieve.append(post)

    def _alone(self) -> None:
        """A position that one person holds is held by one after the import."""
        sole: dict[tuple[Org, int], list[Post]] = defaultdict(list)
        for (_, organization, position), posts in self.held.items():
            if position in SOLE:
                sole[organization, position] += [one for one in posts if not (one.until or one.relieve_on)]
        for (_, position), posts in sole.items():
            told = [one for one in posts if one.row is not None and one.pk is None]
            for one in told if len(posts) > 1 else ():
                assert one.row is not None  # noqa: S101 - chosen so
                other = next(post for post in posts if post is not one)
                where = other.row.place if other.row else f"名册，{other.since} 起"
                word = Position(position).label
                message = f"已有在任的{word} {other.person.final('name')}（{where}）"
                self.made.wrongly(one.row, "position", message, "给原来的写上免职日期，或改正其中一行")
        wrong = self.made.wrong
        self.made.appoint = [one for one in self.made.appoint if one.row is None or one.row.key not in wrong]
